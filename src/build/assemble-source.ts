import type { Finding } from '../model/finding.ts';
import type { Registry } from '../model/registry.ts';
import type { VersionState } from '../model/status.ts';
import type { PackStay } from '../repo/pack-stays.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import { assembleRegistry, type Assembled } from './assemble-registry.ts';
import type { BuildOptions } from './build-options.ts';
import type { Cache } from './cache.ts';
import type { ChangedSince } from './changed-since.ts';
import { loadStatuses, type Statuses } from './load-statuses.ts';
import type { Source } from './open-source.ts';
import { packStatuses } from './pack-statuses.ts';
import type { PublishedRegistry } from './published-registry.ts';
import type { ReadPacks } from './read-packs.ts';
import type { RegistryParts } from './registry-parts.ts';
import type { ReleaseRecords } from './release-records.ts';
import { refuseRollback, serialOf } from './serial.ts';
import type { PackStates } from './status-findings.ts';
import { checkSuperseded, type Supersedes } from './supersede.ts';
import { wantedPacks, type WantedParts } from './wanted-packs.ts';

export interface SourceParts {
  readonly source: Source;
  readonly cache: Cache;
  readonly published: PublishedRegistry | undefined;
  readonly packs: ReadPacks;
  readonly supersede: Supersedes;
}

export interface AssembledSource extends Assembled {
  /** Of releases that are published with other content; among the findings. */
  readonly refusals: readonly Finding[];
}

/** Puts together what a repository has and what is published of it, with everything that is wrong with that. */
export async function assembleSource(
  { source, cache, published, packs, supersede }: SourceParts,
  parts: RegistryParts,
  { rollback, base }: BuildOptions,
): Promise<AssembledSource> {
  const { snapshot, config } = source;
  const { commit, dirty } = snapshot;
  const { sound, refused, past, history, records } = packs;
  const index = published?.source.index;
  const location = published?.source.location ?? '';
  const serial = await serialOf(snapshot, history.length, index);
  if (rollback !== true) refuseRollback(serial, snapshot, index, location);
  const loaded = await loadStatuses(snapshot, cache);
  const since = base === undefined ? undefined : await changesSince(base, { source, cache, packs, supersede });
  const replaced = await replacedContents(since, records);
  const assembled = await assembleRegistry({
    cache,
    snapshot,
    config,
    source: { commit: commit.oid, committedAt: commit.committedAt, dirty },
    serial,
    wanted: wantedPacks({
      // What may not change stays as it was.
      sound: since === undefined ? sound : sound.map((each) => ({ ...each, ...since.refused.get(each.directory) })),
      past,
      landings: history.landings,
      published: published?.sources ?? new Map(),
      refused,
      keep: config.onRemove === 'keep',
      removedIn: removalsOf(packs, source),
    }),
    recordOf: ({ tree }) => records.of(tree),
    parts,
    statuses: packStatuses(loaded, published),
    published,
    supersede,
    replaced,
  });
  const superseded = [...assembled.superseded, ...(since?.superseded.keys() ?? [])];
  checkSuperseded(supersede, superseded);
  const refusals = published === undefined ? (since?.findings ?? []) : await refusalsOf(assembled, source, published);
  const about = loaded.statuses.size === 0 ? [] : await aboutStatuses(snapshot, loaded, assembled.registry);
  const findings = [...assembled.findings, ...loaded.findings, ...about, ...refusals];
  return { ...assembled, superseded, refusals, findings };
}

/** Hashes of what counts as published and is replaced on somebody's word, by `name@version`. */
async function replacedContents(
  since: ChangedSince | undefined,
  records: ReleaseRecords,
): Promise<Map<string, string>> {
  const replaced = new Map<string, string>();
  for (const [name, { tree }] of since?.superseded ?? []) {
    const { release } = (await records.of(tree)).record;
    if (release !== undefined) replaced.set(name, release.artifact.contentSha256);
  }
  return replaced;
}

/** History knows which commit took a pack away; a shallow clone may not, and then it is the one at hand. */
function removalsOf({ stays }: ReadPacks, { snapshot }: Source): WantedParts['removedIn'] {
  const { repository, commit } = snapshot;
  let last: ReadonlyMap<string, PackStay> | undefined;
  return ({ directory, tree }) => {
    last ??= new Map(stays.stays.map((stay) => [`${stay.tree} ${stay.directory}`, stay]));
    const stay = last.get(`${tree} ${directory}`);
    if (stay === undefined) return commit.oid;
    if (stay.until !== undefined) return stays.commits.get(stay.until)?.commit ?? commit.oid;
    return repository.shallow ? commit.oid : undefined;
  };
}

async function aboutStatuses(snapshot: Snapshot, { statuses }: Statuses, registry: Registry): Promise<Finding[]> {
  const { statusFindings } = await import('./status-findings.ts');
  return statusFindings(snapshot, statuses, statedPacks(registry));
}

/** Each pack with the states of its versions; they are put together only for packs that are asked about. */
function* statedPacks({ packs }: Registry): Generator<PackStates> {
  for (const { name, search } of packs) {
    yield {
      name,
      get versions() {
        return search.versions.map((version): VersionState => ({
          version,
          state: search.states?.[version] ?? 'active',
        }));
      },
    };
  }
}

async function changesSince(
  base: string,
  { source, cache, packs, supersede }: Omit<SourceParts, 'published'>,
): Promise<ChangedSince> {
  const [{ changedSince }, { earlierPacks }, { packLister }] = await Promise.all([
    import('./changed-since.ts'),
    import('./compare-packs.ts'),
    import('./listed-packs.ts'),
  ]);
  const versions = new Map<string, string[]>();
  for (const { identity } of packs.sound) {
    if (identity === undefined) continue;
    const known = versions.get(identity.name);
    if (known === undefined) versions.set(identity.name, [identity.version]);
    else known.push(identity.version);
  }
  return changedSince({
    snapshot: source.snapshot,
    list: packLister(source.snapshot),
    earlier: await earlierPacks(source, base, cache),
    now: packs.directories,
    versionsOf: (name) => versions.get(name) ?? [],
    supersedes: supersede,
  });
}

async function refusalsOf(
  { refused, registry }: Assembled,
  { snapshot }: Source,
  published: PublishedRegistry,
): Promise<Finding[]> {
  if (refused.length === 0) return [];
  const { refusedChanges } = await import('./refused-change.ts');
  const versions = new Map(
    registry.packs.map(({ name, sources }) => [name, sources.releases.map(({ version }) => version)]),
  );
  return refusedChanges(refused, ({ name, before: { artifact } }) => ({
    snapshot,
    published: published.source.location,
    taken: versions.get(name) ?? [],
    open: () => published.source.open(artifact.path, artifact),
  }));
}
