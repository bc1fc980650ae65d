import { readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';

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
  // What is there goes last.
  const ordered = changes
    .map((change) => ({ ...change, path: front + change.path }))
    .toSorted((a, b) => rank(a) - rank(b));
  const kept = ordered.flatMap(({ path, kind, before }) =>
    before === undefined || kind === 'mode' ? [] : [{ path: join(base, path), data: contentOf(join(base, path)) }],
  );
  try {
    writeFiles(base, ordered);
  } catch (error) {
    for (const { path, data } of kept)
      if (data !== undefined && contentOf(path)?.equals(data) !== true) restore(path, data);
    throw error;
  }
}

function rank({ kind, before }: FileChange): number {
  if (kind === 'remove') return 2;
  return before === undefined ? 0 : 1;
}

function contentOf(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}

function restore(path: string, data: Buffer): void {
  try {
    writeFileSync(path, data);
  } catch {
    // The error that led here says what is wrong with the folder.
  }
}
