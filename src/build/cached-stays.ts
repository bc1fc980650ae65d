import type { PackDirectory } from '../repo/pack-directories.ts';
import { walkPackStays, type PackStay, type PackStays } from '../repo/pack-stays.ts';
import type { Cache } from './cache.ts';
import type { Source } from './open-source.ts';

/** A hundred thousand stays are read at every build, so the record repeats no key and no directory. */
interface StoredStays {
  readonly tip: string;
  readonly at: string;
  readonly length: number;
  readonly directories: readonly string[];
  /** The tree ids of all stays, one behind the other. */
  readonly trees: string;
  /** Of each stay the number of its directory, its beginning, and its end; -1 where there is none. */
  readonly spans: readonly number[];
  readonly commits: readonly (readonly [position: number, commit: string, at: string])[];
}

/**
 * Every pack that the branch ever had, up to the snapshot's commit. What an earlier build of the same repository walked
 * is kept, and only the commits since then are walked; of a shallow repository nothing is kept, since fetching more
 * changes what is there to walk.
 */
export async function cachedStays(
  { snapshot, config }: Source,
  atTip: readonly PackDirectory[],
  cache: Cache,
): Promise<PackStays> {
  const { repository, commit } = snapshot;
  const deepest = config.packs.some((glob) => glob.includes('**'))
    ? atTip.reduce((most, { directory }) => Math.max(most, directory.split('/').length), 0)
    : 0;
  const options = { globs: config.packs, deepest };
  if (repository.shallow) return walkPackStays(repository, commit.oid, options);
  const key = JSON.stringify(['stays', 1, repository.gitDirectory, config.packs, deepest]);
  const known = restore(await cache.record('history', key));
  const stays = await walkPackStays(repository, commit.oid, options, known);
  if (stays !== known) await cache.putRecord('history', key, store(stays));
  return stays;
}

function store({ tip, at, length, stays, commits }: PackStays): StoredStays {
  const directories = new Map<string, number>();
  const spans = stays.flatMap(({ directory, from, until = -1 }) => {
    const index = directories.get(directory) ?? directories.size;
    directories.set(directory, index);
    return [index, from, until];
  });
  return {
    tip,
    at,
    length,
    directories: [...directories.keys()],
    trees: stays.map(({ tree }) => tree).join(''),
    spans,
    commits: [...commits].map(([position, landing]) => [position, landing.commit, landing.at]),
  };
}

function restore(record: unknown): PackStays | undefined {
  if (record === undefined) return undefined;
  const { tip, at, length, directories, trees, spans, commits } = record as StoredStays;
  const stays: PackStay[] = [];
  for (let index = 0; index < spans.length; index += 3) {
    const [directory = 0, from = 0, until = -1] = spans.slice(index, index + 3);
    const start = (index / 3) * tip.length;
    stays.push({
      directory: directories[directory] ?? '',
      tree: trees.slice(start, start + tip.length),
      from,
      ...(until !== -1 && { until }),
    });
  }
  return {
    tip,
    at,
    length,
    stays,
    commits: new Map(commits.map(([position, commit, on]) => [position, { commit, at: on }])),
  };
}
