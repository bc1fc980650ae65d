import type { PackDirectory } from '../repo/pack-directories.ts';
import { historyOfStays, type History, type PackStays } from '../repo/pack-stays.ts';
import { cachedStays } from './cached-stays.ts';
import type { Cache } from './cache.ts';
import { identitiesAmong, type Candidate, type Identities } from './candidates.ts';
import { claimedIdentities } from './claimed-identities.ts';
import { findPacks } from './find-packs.ts';
import { identify } from './identify.ts';
import { bothOf } from '../model/in-parallel.ts';
import { logoMaker } from './make-logo.ts';
import type { PastRelease } from './newest-valid.ts';
import type { Source } from './open-source.ts';
import type { OnProgress } from './progress.ts';
import { releaseRecords, type ReleaseRecords } from './release-records.ts';
import { soundPacks, type SoundPacks } from './sound-packs.ts';
import type { Timings } from './timings.ts';
import { turns } from './turns.ts';
import { releaseName } from './wanted-packs.ts';

/** What a repository has, at one moment. */
export interface ReadPacks extends SoundPacks {
  readonly directories: readonly PackDirectory[];
  /** Directories that cannot be published, and the releases in them that are known. */
  readonly refused: ReadonlySet<string>;
  readonly stays: PackStays;
  readonly history: History;
  /** Releases that only history has; none unless the configuration asks for them. */
  readonly past: readonly PastRelease[];
  readonly records: ReleaseRecords;
}

export interface ReadOptions {
  readonly source: Source;
  readonly cache: Cache;
  readonly timings: Timings;
  /** What is known of tree ids: they are not read. */
  readonly known: readonly Identities[];
  readonly onProgress: OnProgress | undefined;
}

/** Finds the packs and which releases they are, and walks the history meanwhile. */
export async function readPacks({ source, cache, timings, known, onProgress }: ReadOptions): Promise<ReadPacks> {
  const { snapshot, config } = source;
  const { packs: directories, skipped } = await timings.measure('find', () => findPacks(source, cache));
  const logos = logoMaker(cache, config.logoSizes);
  const records = releaseRecords({ snapshot, cache, logos, timings, large: turns() }, config);
  const [candidates, stays] = await bothOf(
    identify(snapshot.repository, directories, known, records, onProgress),
    timings.measure('history', () => cachedStays(source, directories, cache)),
  );
  const { findings, sound } = await soundPacks(source, candidates, skipped);
  const publishable = new Set(sound.map(({ directory }) => directory));
  const unsound = candidates.filter(({ directory }) => !publishable.has(directory));
  const refused = await refusedNames(unsound, source, cache);
  const identified = [...known, identitiesAmong(sound)];
  const parts = { source, cache, directories, sound, known: identified, stays, records };
  const { past, findings: about } =
    config.history === 'head'
      ? { past: [], findings: [] }
      : await timings.measure('history', async () => (await import('./past-releases.ts')).pastReleases(parts));
  return {
    findings: [...findings, ...about],
    sound,
    directories,
    refused,
    history: historyOfStays(stays),
    stays,
    past,
    records,
  };
}

/** Refused directories and releases: of one with errors, `pack.json` may still say what was published, wherever that lay. */
async function refusedNames(refused: readonly Candidate[], source: Source, cache: Cache): Promise<ReadonlySet<string>> {
  if (refused.length === 0) return new Set();
  const trees = new Set(refused.map(({ tree }) => tree));
  const claimed = await claimedIdentities(source, cache, trees, [identitiesAmong(refused)]);
  return new Set([...refused.map(({ directory }) => directory), ...[...claimed.values()].map(releaseName)]);
}
