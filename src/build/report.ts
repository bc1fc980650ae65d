import type { Registry } from '../model/registry.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import type { BuildPlan } from './plan.ts';
import { artifactPath } from './release-path.ts';
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
  /** Bytes of all files of the registry. */
  readonly bytes: number;
  readonly bytesWritten: number;
  readonly blobsRead: number;
  /** Milliseconds by step; steps that run side by side add up to more than the total. */
  readonly timings: Readonly<Record<string, number>>;
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
  readonly bytes: number;
  readonly timings: Timings;
}

export function reportOf({
  snapshot,
  out,
  directories,
  refused,
  registry,
  plan,
  bytes,
  timings,
}: ReportFacts): BuildReport {
  const write = plan?.write ?? [];
  const reasons = new Map(write.map(({ entry, reason }) => [entry.path, reason]));
  const releases = registry?.packs.flatMap((pack) => pack.releases) ?? [];
  const removed = plan === undefined ? [] : removedReleases(plan);
  const counts = { new: 0, changed: 0, same: 0 };
  for (const { facts } of releases) {
    counts[reasons.get(artifactPath(facts)) ?? 'same'] += 1;
  }
  return {
    repository: snapshot.repository.root,
    commit: snapshot.commit.oid,
    dirty: snapshot.dirty,
    out,
    directories,
    packs: registry?.packs.length ?? 0,
    releases: {
      total: releases.length,
      added: counts.new,
      changed: counts.changed,
      unchanged: counts.same,
      removed: removed.length,
      refused,
    },
    removedReleases: removed,
    files: {
      added: write.filter(({ reason }) => reason === 'new').length,
      changed: write.filter(({ reason }) => reason === 'changed').length,
      unchanged: plan?.keep.length ?? 0,
      removed: plan?.remove.length ?? 0,
    },
    bytes,
    bytesWritten: write.reduce((sum, { entry }) => sum + entry.size, 0),
    blobsRead: snapshot.objects.blobsRead,
    timings: timingsOf(timings),
  };
}

/** Milliseconds with one decimal, the total last. */
function timingsOf(timings: Timings): Record<string, number> {
  const steps = [...timings.steps, ['total', timings.elapsed()] as const];
  return Object.fromEntries(steps.map(([step, ms]) => [step, Math.round(ms * 10) / 10]));
}
