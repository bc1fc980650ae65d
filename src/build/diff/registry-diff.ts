import type { ReportedFinding } from '../../check/check-report.ts';
import type { Dependency } from '../../model/pack-manifest.ts';
import type { ReleaseStatus } from '../../model/status.ts';

/** What a change does to the registry, as plain data. */
export interface RegistryDiff {
  /** Where the change begins: the commit that both sides have in common, where there is one. */
  readonly base: DiffSide;
  readonly head: DiffSide;
  /** False when something is refused, or when the change takes the registry over its size limit. */
  readonly ok: boolean;
  /** By name, highest version first. */
  readonly releases: readonly ReleaseDiff[];
  /** By name, highest version first. */
  readonly statuses: readonly StatusChange[];
  /** New findings that are about none of `releases`. */
  readonly findings: readonly ReportedFinding[];
  readonly growth: Growth;
}

export interface DiffSide {
  /** Commit id. */
  readonly commit: string;
  /** True when the work tree, on top of that commit, holds something that the commit does not. */
  readonly dirty: boolean;
}

/** The first ones of a list, and how many others there are. */
export interface Part<Item> {
  readonly items: readonly Item[];
  readonly more: number;
}

/**
 * Why a release would not be published: its content changed under a version that was there before, new findings are
 * errors, errors that were there before still stand, or another directory is the same release.
 */
export type Refusal = 'changed' | 'errors' | 'known-errors' | 'duplicate';

export interface ReleaseDiff {
  /** `changed` is the same version with another content. */
  readonly change: 'added' | 'changed' | 'removed';
  readonly name: string;
  readonly version: string;
  /** From the root of the repository; of a removed release where it was. */
  readonly directory: string;
  /** Empty for a release that can be published. */
  readonly refusals: readonly Refusal[];
  /** Of a removed release: whether the registry keeps what it has published. */
  readonly kept?: boolean;
  /** Version of the release that this one is compared with; absent when it is compared with nothing. */
  readonly follows?: string;
  /** Bytes of the archive. Of a release that cannot be built, there is none. */
  readonly size?: { readonly before?: number; readonly after?: number };
  /** Absent where the files cannot be listed. */
  readonly files?: FilesDiff;
  readonly images?: ListDiff<string>;
  /** Absent where one of the two cannot be read. */
  readonly values?: Part<ValueChange>;
  readonly charts?: Part<ChartChange>;
  readonly dependencies?: Part<DependencyChange>;
  /** Those that neither this directory nor the release that it follows had. */
  readonly findings: readonly ReportedFinding[];
  /** How many findings were there before. */
  readonly known: number;
}

export interface FilesDiff {
  /** How many files the release has now. */
  readonly total: number;
  readonly added: Part<FileChange>;
  readonly removed: Part<FileChange>;
  readonly changed: Part<FileChange>;
}

/** A file of the release, by its path in the pack; sizes are in bytes. */
export interface FileChange {
  readonly path: string;
  readonly before?: number;
  readonly after?: number;
}

export interface ListDiff<Item> {
  /** How many there are now. */
  readonly total: number;
  readonly added: Part<Item>;
  readonly removed: Part<Item>;
}

/** One value of `values.yaml`; a side is absent where there is none. */
export interface ValueChange {
  /** Keys and indexes: `charts.demo.list[0]["a.b"]`. */
  readonly path: string;
  readonly before?: ShownValue;
  readonly after?: ShownValue;
}

/** A value as JSON in one line, cut where it is long; secrets in it are asterisks. */
export interface ShownValue {
  readonly text: string;
  /** True when the whole value is hidden, because it is or looks like a secret. */
  readonly hidden?: true;
}

/** A chart that is new, gone or has another version; by the name in its `Chart.yaml`, else by its path. */
export interface ChartChange {
  readonly name: string;
  readonly before?: ChartVersion;
  readonly after?: ChartVersion;
}

export interface ChartVersion {
  readonly version?: string;
  readonly appVersion?: string;
}

export interface DependencyChange {
  readonly packName: string;
  readonly before?: Dependency;
  readonly after?: Dependency;
}

/** A release whose status is another one; a side is absent where it is active. */
export interface StatusChange {
  readonly name: string;
  readonly version: string;
  readonly before?: ReleaseStatus;
  readonly after?: ReleaseStatus;
}

/** By how many bytes the registry grows; refused releases do not count. Negative where it shrinks. */
export interface Growth {
  readonly archives: number;
  /** `pack.json`, `values.yaml` and `README.md` beside the archives. */
  readonly copies: number;
  readonly logos: number;
  /** What the documents of packs say of the releases. */
  readonly documents: number;
  readonly total: number;
  /**
   * Bytes of all releases of the tree before and after; absent when the cache does not know each of them, because it
   * takes a build to find out.
   */
  readonly site?: { readonly before: number; readonly after: number };
  /** `limits.site` of `registry.yaml`. */
  readonly limit?: number;
}
