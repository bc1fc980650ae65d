import type { Registry } from '../model/registry.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { BuildPlan, PlannedWrite } from './plan.ts';
import type { PublishedRegistry } from './published-registry.ts';
import { releaseAt } from '../model/release-path.ts';
import { removedReleases } from './removed-releases.ts';
import type { Timings } from './timings.ts';

/** What a build did, in numbers. */
export interface BuildReport {
  /** Absolute path of the repository's root. */
  readonly repository: string;
  readonly commit: string;
  readonly dirty: boolean;
  /** Absolute path of the output directory. */
  readonly out: string;
  /** Pack directories that were found. */
  readonly directories: number;
  readonly packs: number;
  readonly releases: ReleaseCounts;
  /** What was published before and no longer is, as `name@version`. */
  readonly removedReleases: readonly string[];
  readonly files: FileCounts;
  /** Releases whose published content was replaced, as `name@version`. */
  readonly superseded: readonly string[];
  /** Releases that are published by an older recipe: logos and facts were made anew, archives stay. */
  readonly renewed: readonly string[];
  /** Pack directories with errors that the baseline knows: they are refused, and fail nothing. */
  readonly leftOut: readonly string[];
  /** Bytes of all files of the registry. */
  readonly bytes: number;
  readonly bytesWritten: number;
  readonly blobsRead: number;
  /** What was read of a published registry; absent where the build was told of none. */
  readonly previous?: PreviousReport;
  /** Milliseconds by step; steps that run side by side add up to more than the total. */
  readonly timings: Readonly<Record<string, number>>;
}

export interface PreviousReport {
  readonly location: string;
  readonly serial: number;
  readonly requests: number;
  /** Bytes that came. */
  readonly bytes: number;
}

export interface ReleaseCounts {
  readonly total: number;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  /** Releases that were published, or in the output directory, and that this registry has no more. */
  readonly removed: number;
  /** Pack directories with errors. */
  readonly refused: number;
}

export interface FileCounts {
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly removed: number;
}

export interface ReportFacts {
  readonly snapshot: Snapshot;
  readonly out: string;
  readonly directories: number;
  readonly refused: number;
  readonly leftOut: readonly string[];
  readonly registry: Registry | undefined;
  readonly plan: BuildPlan | undefined;
  readonly superseded: readonly string[];
  readonly renewed: readonly string[];
  readonly published: PublishedRegistry | undefined;
  readonly timings: Timings;
}

const NOTHING: BuildPlan = { out: '', write: [], keep: { files: 0, bytes: 0 }, remove: [], tags: [] };

export function reportOf(facts: ReportFacts): BuildReport {
  const { snapshot, out, directories, registry, plan = NOTHING, superseded, renewed, timings } = facts;
  const { write, keep, remove } = plan;
  const { published } = facts;
  const removed =
    published === undefined || registry === undefined ? removedReleases(plan) : droppedReleases(registry, published);
  const bytesWritten = write.reduce((sum, { entry }) => sum + entry.size, 0);
  return {
    repository: snapshot.repository.root,
    commit: snapshot.commit.oid,
    dirty: snapshot.dirty,
    out,
    directories,
    packs: registry?.packs.length ?? 0,
    releases: releaseCounts(facts, plan, removed),
    removedReleases: removed,
    superseded,
    renewed,
    leftOut: facts.leftOut,
    files: {
      added: write.filter(({ reason }) => reason === 'new').length,
      changed: write.filter(({ reason }) => reason === 'changed').length,
      unchanged: keep.files,
      removed: remove.length,
    },
    bytes: keep.bytes + bytesWritten,
    bytesWritten,
    blobsRead: snapshot.objects.blobsRead,
    ...(published !== undefined && { previous: previousReport(published) }),
    timings: timingsOf(timings),
  };
}

function previousReport({ source }: PublishedRegistry): PreviousReport {
  const { location, index, transferred } = source;
  return { location, serial: index.serial, requests: transferred.requests, bytes: transferred.bytes };
}

/** Counted against what is published, where the build was told of that; else against what was in the output. */
function releaseCounts(facts: ReportFacts, { write }: BuildPlan, removed: readonly string[]): ReleaseCounts {
  const { registry, refused, published, superseded } = facts;
  const total = (registry?.packs ?? []).reduce((sum, { sources }) => sum + sources.releases.length, 0);
  const artifacts = write.filter(({ entry: { path } }) => releaseAt(path) !== undefined);
  const written = (reason: PlannedWrite['reason']): number =>
    artifacts.filter((planned) => planned.reason === reason).length;
  const [added, changed] =
    published === undefined || registry === undefined
      ? [written('new'), written('changed')]
      : [total - publishedAmong(registry, published), superseded.length];
  return { total, added, changed, unchanged: total - added - changed, removed: removed.length, refused };
}

/** How many releases of a registry are published already. */
function publishedAmong({ packs }: Registry, { sources }: PublishedRegistry): number {
  return packs.reduce((sum, { name, sources: { releases } }) => {
    const known = new Set(sources.get(name)?.releases.map(({ version }) => version));
    return sum + releases.filter(({ version }) => known.has(version)).length;
  }, 0);
}

/** What is published and in the registry no more, as `name@version`. */
function droppedReleases({ packs }: Registry, { sources }: PublishedRegistry): string[] {
  const versions = new Map(
    packs.map((pack) => [pack.name, new Set(pack.sources.releases.map(({ version }) => version))]),
  );
  return [...sources].flatMap(([name, { releases }]) =>
    releases.flatMap(({ version }) => (versions.get(name)?.has(version) === true ? [] : [`${name}@${version}`])),
  );
}

/** Milliseconds with one decimal, the total last. */
function timingsOf(timings: Timings): Record<string, number> {
  const steps = [...timings.steps, ['total', timings.elapsed()] as const];
  return Object.fromEntries(steps.map(([step, ms]) => [step, Math.round(ms * 10) / 10]));
}
