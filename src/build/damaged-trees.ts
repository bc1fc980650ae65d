import { PackyardError } from '../errors.ts';
import type { Entry } from '../model/entry.ts';
import type { BuiltDirectory } from './assemble-registry.ts';
import { inParallel } from './in-parallel.ts';
import type { BuildPlan } from './plan.ts';
import { storedFiles } from './release-record.ts';

/**
 * The tree ids of packs of which the cache no longer holds what has to be written. Only what an earlier build stored is
 * read again; what this one made was hashed a moment ago.
 */
export async function damagedTrees(plan: BuildPlan, built: readonly BuiltDirectory[]): Promise<Set<string>> {
  const owners = new Map<string, string[]>();
  for (const { record, recorded, tree } of built) {
    if (!recorded) continue;
    for (const { sha256 } of storedFiles(record)) owners.set(sha256, [...(owners.get(sha256) ?? []), tree]);
  }
  const unsure = plan.write.filter(({ entry }) => owners.has(entry.sha256));
  const damaged = await inParallel(unsure, 8, async ({ entry }) =>
    (await isWhole(entry)) ? [] : (owners.get(entry.sha256) ?? []),
  );
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
