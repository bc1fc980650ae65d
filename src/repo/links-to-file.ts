import { posix } from 'node:path';

import type { Snapshot } from './snapshot.ts';
import { entryAt } from './tree.ts';

/** More than any system takes for a path. */
const TARGET_BYTES = 4096;

/** Whether a symbolic link leads to a file of the same snapshot, in one step. */
export async function linksToFile({ trees, tree, objects }: Snapshot, link: string): Promise<boolean> {
  const entry = await entryAt(trees, tree, link);
  if (entry?.type !== 'symlink') return false;
  const target = (await objects.read(entry.oid, TARGET_BYTES)).data?.toString('utf8');
  if (target === undefined || posix.isAbsolute(target)) return false;
  const end = await entryAt(trees, tree, posix.join(posix.dirname(link), target));
  return end?.type === 'file' || end?.type === 'executable';
}
