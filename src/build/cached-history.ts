import { globDepths } from '../repo/glob-depths.ts';
import { globBases, type PackDirectory } from '../repo/pack-directories.ts';
import { walkHistory, type History } from '../repo/history.ts';
import type { Landing } from '../repo/landings.ts';
import type { Cache } from './cache.ts';
import type { Source } from './open-source.ts';

interface StoredHistory {
  readonly tip: string;
  readonly length: number;
  readonly landings: readonly (readonly [tree: string, landing: Landing])[];
}

/**
 * The history up to the snapshot's commit. What an earlier build of the same repository walked is kept, and only the
 * commits since then are walked; of a shallow repository nothing is kept, since fetching more changes what is there to
 * walk. Only directories as deep as the globs name are looked at: were it as deep as the packs are, a new pack could
 * change when another one landed.
 */
export async function cachedHistory(
  { snapshot, config }: Source,
  directories: readonly PackDirectory[],
  cache: Cache,
): Promise<History> {
  const { repository, commit } = snapshot;
  const bases = globBases(config.packs);
  const deepest = directories.reduce((most, { directory }) => Math.max(most, directory.split('/').length), 0);
  const depths = globDepths(config.packs, deepest);
  const options = { bases, depths: new Set(depths) };
  if (repository.shallow) return walkHistory(repository, commit.oid, options);
  const key = JSON.stringify(['history', 2, repository.gitDirectory, bases, depths]);
  const known = restore(await cache.record('history', key));
  const history = await walkHistory(repository, commit.oid, options, known);
  if (history !== known) await cache.putRecord('history', key, store(history));
  return history;
}

function store({ tip, length, landings }: History): StoredHistory {
  return { tip, length, landings: [...landings] };
}

function restore(record: unknown): History | undefined {
  if (record === undefined) return undefined;
  const { tip, length, landings } = record as StoredHistory;
  return { tip, length, landings: new Map(landings) };
}
