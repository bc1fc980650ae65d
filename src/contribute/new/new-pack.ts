import { applyBump } from '../bump/bump.ts';
import { writeFiles } from '../write-files.ts';
import type { NewPackOptions, NewPackPlan } from './new-pack-options.ts';
import { planNewPack } from './plan-new-pack.ts';

/** Plans a new pack, as `planNewPack` does, and writes it: all of it, or nothing. Rejects also with `output-unwritable`. */
export async function newPack(options: NewPackOptions): Promise<NewPackPlan> {
  const plan = await planNewPack(options);
  options.signal?.throwIfAborted();
  writeNewPack(plan);
  return plan;
}

/** Writes what was planned. Throws `output-unwritable`. */
export function writeNewPack({ root, directory, files, bump }: NewPackPlan): void {
  if (bump !== undefined) {
    applyBump(bump);
    return;
  }
  writeFiles(
    root,
    files.map((change) => ({ ...change, path: directory === '' ? change.path : `${directory}/${change.path}` })),
  );
}
