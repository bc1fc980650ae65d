import type { Registry } from '../model/registry.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { BuildPlan } from './plan.ts';
import type { PublishedRegistry } from './published-registry.ts';
import { releaseAt } from './release-path.ts';
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
  /** Releases that the output directory had and that this registry has no more. */
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
  const removed = removedReleases(plan);
  const bytesWritten = write.reduce((sum, { entry }) => sum + entry.size, 0);
  return {
    repository: snapshot.repository.root,
    commit: snapshot.commit.oid,
    dirty: snapshot.dirty,
    out,
    directories,
    packs: registry?.packs.length ?? 0,
    releases: releaseCounts(facts, plan, removed.length),
    removedReleases: removed,
    superseded,
    renewed,
    files: {
      added: write.filter(({ reason }) => reason === 'new').length,
      changed: write.filter(({ reason }) => reason === 'changed').length,
      unchanged: keep.files,
      removed: remove.length,
    },
    bytes: keep.bytes + bytesWritten,
    bytesWritten,
    blobsRead: snapshot.objects.blobsRead,
    ...(facts.published !== undefined && { previous: previousReport(facts.published) }),
    timings: timingsOf(timings),
  };
}

function previousReport({ source }: PublishedRegistry): PreviousReport {
  const { location, index, transferred } = source;
  return { location, serial: index.serial, requests: transferred.requests, bytes: transferred.bytes };
}

function releaseCounts({ registry, refused }: ReportFacts, { write }: BuildPlan, removed: number): ReleaseCounts {
  const artifacts = write.filter(({ entry: { path } }) => releaseAt(path) !== undefined);
  const [added, changed] = (['new', 'changed'] as const).map(
    (reason) => artifacts.filter((planned) => planned.reason === reason).length,
  );
  const total = (registry?.packs ?? []).reduce((sum, { sources }) => sum + sources.releases.length, 0);
  return {
    total,
    added: added ?? 0,
    changed: changed ?? 0,
    unchanged: total - (added ?? 0) - (changed ?? 0),
    removed,
    refused,
  };
}

/** Milliseconds with one decimal, the total last. */
function timingsOf(timings: Timings): Record<string, number> {
  const steps = [...timings.steps, ['total', timings.elapsed()] as const];
  return Object.fromEntries(steps.map(([step, ms]) => [step, Math.round(ms * 10) / 10]));
}
