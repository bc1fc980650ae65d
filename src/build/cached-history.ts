import { globBases } from '../repo/pack-directories.ts';
import { walkHistory, type History } from '../repo/history.ts';
import type { Landing } from '../repo/landings.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';

interface StoredHistory {
  readonly tip: string;
  readonly length: number;
  readonly landings: readonly (readonly [tree: string, landing: Landing])[];
}

/**
 * The history up to the snapshot's commit. What an earlier build of the same repository walked is kept, and only the
 * commits since then are walked.
 */
export async function cachedHistory(snapshot: Snapshot, globs: readonly string[], cache: Cache): Promise<History> {
  const { repository, commit } = snapshot;
  const bases = globBases(globs);
  const depths = new Set(globs.flatMap((glob) => depthsOf(glob)));
  const key = JSON.stringify(['history', 1, repository.gitDirectory, repository.shallow, bases, [...depths]]);
  const known = restore(await cache.record('history', key));
  const history = await walkHistory(repository, commit.oid, { bases, depths }, known);
  if (history !== known) await cache.putRecord('history', key, store(history));
  return history;
}

/** The depths at which a glob can match: its number of names, or any where it has `**`. */
function depthsOf(glob: string): number[] {
  const names = glob.replace(/\/$/u, '').split('/').length;
  return glob.includes('**') ? Array.from({ length: 10 }, (_, index) => names - 1 + index) : [names];
}

function store({ tip, length, landings }: History): StoredHistory {
  return { tip, length, landings: [...landings] };
}

function restore(record: unknown): History | undefined {
  if (record === undefined) return undefined;
  const { tip, length, landings } = record as StoredHistory;
  return { tip, length, landings: new Map(landings) };
}
