import type { RegistryConfig } from '../model/registry-config.ts';
import { codeIdentity } from './code-identity.ts';
import type { ReleaseMaker } from './make-release.ts';
import { RECIPE, RECORD_VERSION } from './recipe.ts';
import type { ReleaseRecord } from './release-record.ts';

/** What building a pack's tree gave, and whether an earlier build found that out. */
export interface KnownRelease {
  readonly record: ReleaseRecord;
  readonly recorded: boolean;
}

/** Builds packs by their tree ids, each once, or takes what an earlier build recorded. */
export interface ReleaseRecords {
  of(tree: string): Promise<KnownRelease>;
  /** What an earlier build recorded; nothing is built. */
  recorded(tree: string): Promise<ReleaseRecord | undefined>;
  /** Builds a tree again, because the cache has lost what was made of it. */
  again(tree: string): Promise<KnownRelease>;
}

/** How many are kept in memory; the others are read from the cache when they are asked for again. */
const KEPT = 2048;

export function releaseRecords(maker: ReleaseMaker, config: RegistryConfig): ReleaseRecords {
  const known = new Map<string, Promise<KnownRelease>>();
  const remember = (tree: string, release: Promise<KnownRelease>): Promise<KnownRelease> => {
    known.delete(tree);
    known.set(tree, release);
    const [oldest] = known.keys();
    if (known.size > KEPT && oldest !== undefined) known.delete(oldest);
    return release;
  };
  return {
    async recorded(tree) {
      const record = await recordOf(maker, tree, config);
      if (record !== undefined && !known.has(tree)) void remember(tree, Promise.resolve({ record, recorded: true }));
      return record;
    },
    of: (tree) => known.get(tree) ?? remember(tree, recordedOrMade(maker, tree, config)),
    again: (tree) => remember(tree, made(maker, tree, config, true)),
  };
}

async function recordOf(
  { cache }: ReleaseMaker,
  tree: string,
  config: RegistryConfig,
): Promise<ReleaseRecord | undefined> {
  return (await cache.record('releases', recordKey(tree, config))) as ReleaseRecord | undefined;
}

async function recordedOrMade(maker: ReleaseMaker, tree: string, config: RegistryConfig): Promise<KnownRelease> {
  const record = await recordOf(maker, tree, config);
  return record === undefined ? made(maker, tree, config, false) : { record, recorded: true };
}

async function made(maker: ReleaseMaker, tree: string, config: RegistryConfig, fresh: boolean): Promise<KnownRelease> {
  // Parsers, validator and archiver are loaded only when there is something to read.
  const { makeRelease } = await import('./make-release.ts');
  const record = await makeRelease(maker, tree, fresh);
  if (!dependsOnClock(record)) await maker.cache.putRecord('releases', recordKey(tree, config), record);
  return { record, recorded: false };
}

/** Two directories with one tree id are one pack; the name of a directory plays no part. */
function recordKey(tree: string, { logoSizes }: RegistryConfig): string {
  return JSON.stringify(['release', codeIdentity(), RECIPE, RECORD_VERSION, logoSizes, tree]);
}

/** What a busy machine could not finish in time is tried again by the next build. */
function dependsOnClock({ findings }: ReleaseRecord): boolean {
  return findings.some(({ rule }) => rule === 'logo/too-slow');
}
