import type { RegistryConfig } from '../../model/registry-config.ts';
import type { PackDirectory } from '../../repo/pack-directories.ts';
import { fetchMissing } from '../../repo/fetch-missing.ts';
import type { Snapshot } from '../../repo/snapshot.ts';
import type { Cache } from '../cache.ts';
import { codeIdentity } from '../code-identity.ts';
import { madeRelease } from '../made-release.ts';
import { inParallel } from '../../model/in-parallel.ts';
import { RECIPE, RECORD_VERSION } from '../recipe.ts';
import type { ReleaseRecord } from '../release-record.ts';
import type { ReleaseRecords } from '../release-records.ts';
import type { Growth } from './registry-diff.ts';

/** A release that the registry will have, or will not have any more. */
export interface SizedRelease {
  readonly pack: PackDirectory;
  readonly record: ReleaseRecord;
}

/** What comes and goes; `similar` are releases whose logos are there already. */
export interface SizeChange {
  readonly added: readonly SizedRelease[];
  readonly removed: readonly SizedRelease[];
  readonly similar: readonly SizedRelease[];
}

export interface GrowthSource {
  readonly snapshot: Snapshot;
  readonly cache: Cache;
  readonly config: RegistryConfig;
  readonly records: ReleaseRecords;
}

/** How many packs are looked up where nobody set a limit, and built for one: beyond that, a limit is told only from the cache. */
const MOST = 2000;

/** How many packs are at work at once. */
const WIDTH = 16;

/** By how much the registry grows, and how large it is where that is known. */
export async function growthOf(
  source: GrowthSource,
  { added, removed, similar }: SizeChange,
  base: readonly PackDirectory[],
): Promise<Growth> {
  const limit = source.config.limits.site;
  const site = limit === undefined && base.length > MOST ? undefined : await siteOf(source, base);
  const logos = new Set(site?.logos ?? [...similar, ...removed].flatMap(logosOf).map(({ sha256 }) => sha256));
  const sum = (measure: (release: SizedRelease) => number): number => total(added, measure) - total(removed, measure);
  const parts = {
    archives: sum(archiveBytes),
    copies: sum(copyBytes),
    // Logos of what goes may be those of others.
    logos: newLogoBytes(added, logos),
    documents: sum((release) => documentBytes(source, release)),
  };
  const all = parts.archives + parts.copies + parts.logos + parts.documents;
  return {
    ...parts,
    total: all,
    ...(site !== undefined && { site: { before: site.bytes, after: site.bytes + all } }),
    ...(limit !== undefined && { limit }),
  };
}

interface Site {
  readonly bytes: number;
  /** Hashes. */
  readonly logos: readonly string[];
}

/** The size of all packs of the base; undefined where the cache does not know one that is not to be built. */
async function siteOf(source: GrowthSource, base: readonly PackDirectory[]): Promise<Site | undefined> {
  const { cache, config } = source;
  const identity = [codeIdentity(), RECIPE, RECORD_VERSION, config.logoSizes];
  const key = JSON.stringify(['site', 1, identity, base]);
  const known = (await cache.record('directories', key)) as Site | undefined;
  if (known !== undefined) return known;
  const found = await recordsOf(source, base);
  const logos = new Set<string>();
  let bytes = 0;
  for (const [index, pack] of base.entries()) {
    const record = found[index];
    if (record === undefined) return undefined;
    const release = { pack, record };
    bytes += archiveBytes(release) + copyBytes(release) + documentBytes(source, release);
    bytes += newLogoBytes([release], logos);
    for (const { sha256 } of logosOf(release)) logos.add(sha256);
  }
  const site = { bytes, logos: [...logos] };
  await cache.putRecord('directories', key, site);
  return site;
}

async function recordsOf(
  { snapshot, config, records }: GrowthSource,
  base: readonly PackDirectory[],
): Promise<(ReleaseRecord | undefined)[]> {
  const found = await inParallel(base, WIDTH, ({ tree }) => records.recorded(tree));
  if (config.limits.site === undefined || base.length > MOST) return found;
  const missing = base.filter((_, index) => found[index] === undefined).map(({ tree }) => tree);
  await fetchMissing(snapshot.repository, missing);
  return inParallel(base, WIDTH, async ({ tree }) => (await records.of(tree)).record);
}

function archiveBytes({ record: { release } }: SizedRelease): number {
  return release?.artifact.size ?? 0;
}

function copyBytes({ record: { release } }: SizedRelease): number {
  return total(Object.values(release?.files ?? {}), ({ size }) => size);
}

function logosOf({ record: { release } }: SizedRelease): NonNullable<ReleaseRecord['release']>['logos'] {
  return release?.logos ?? [];
}

/** Bytes of the logos that are not known yet, each once. */
function newLogoBytes(releases: readonly SizedRelease[], known: ReadonlySet<string>): number {
  const files = releases.flatMap(logosOf).filter(({ sha256 }) => !known.has(sha256));
  return total([...new Map(files.map((file) => [file.sha256, file])).values()], ({ size }) => size);
}

/** A pack's document stands under its hash and under a stable path. */
function documentBytes({ snapshot, cache }: GrowthSource, { pack, record: { release } }: SizedRelease): number {
  if (release === undefined) return 0;
  const { oid, committedAt } = snapshot.commit;
  const { directory, tree } = pack;
  const { document } = madeRelease(release, true, { directory, tree, commit: oid }, committedAt, { cache, snapshot });
  return 2 * Buffer.byteLength(`${JSON.stringify(document)},`);
}

function total<Item>(items: readonly Item[], measure: (item: Item) => number): number {
  return items.reduce((sum, item) => sum + measure(item), 0);
}
