import { PackyardError } from '../errors.ts';
import type { Entry } from '../model/entry.ts';
import { inParallel } from '../model/in-parallel.ts';
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

async function isWhole(entry: Entry): Promise<boolean> {
  try {
    let size = 0;
    for await (const chunk of entry.open()) size += chunk.byteLength;
    return size === entry.size;
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'cache-corrupt') return false;
    throw error;
  }
}
