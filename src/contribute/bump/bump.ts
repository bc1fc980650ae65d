import { isAbsolute } from 'node:path';

import type { FileChange } from '../../check/fix/file-changes.ts';
import { writeFiles } from '../write-files.ts';
import type { BumpOptions, BumpPlan } from './bump-plan.ts';
import { planBump } from './plan-bump.ts';

/** Makes the next version of a pack in the work tree; commits nothing. Rejects as `planBump` does, and with `output-unwritable`. */
export async function bump(options: BumpOptions): Promise<BumpPlan> {
  const plan = await planBump(options);
  options.signal?.throwIfAborted();
  applyBump(plan);
  return plan;
}

/** Does what a plan says; when it cannot be done, everything is as it was before. Throws `output-unwritable`. */
export function applyBump({ root, directory, changes }: BumpPlan): void {
  const [base, front] = isAbsolute(directory) ? [directory, ''] : [root, `${directory}/`];
  const placed = changes.map((change) => ({ ...change, path: front + change.path }));
  // What is there goes last.
  writeFiles(
    base,
    placed.toSorted((a, b) => rank(a) - rank(b)),
  );
}

function rank({ kind, before }: FileChange): number {
  if (kind === 'remove') return 2;
  return before === undefined ? 0 : 1;
}
