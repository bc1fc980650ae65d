import { inParallel } from '../model/in-parallel.ts';
import { isWhole } from './is-whole.ts';
import type { BuildPlan } from './plan.ts';

/**
 * The tree ids of packs of which the cache no longer holds what has to be written. Only what an earlier build stored is
 * read again; what this one made was hashed a moment ago.
 */
export async function damagedTrees({ write }: BuildPlan): Promise<Set<string>> {
  const unsure = write.flatMap(({ entry }) => (entry.tree === undefined ? [] : [{ entry, tree: entry.tree }]));
  const damaged = await inParallel(unsure, 8, async ({ entry, tree }) => ((await isWhole(entry)) ? [] : [tree]));
  return new Set(damaged.flat());
}
