import type { FileChange } from '../../check/fix/file-changes.ts';
import type { Finding } from '../../model/finding.ts';
import type { Decision } from '../draft-part.ts';

/** What to make the next version of. */
export interface BumpOptions {
  /** A folder of the repository. Default: the current one. */
  readonly repository?: string;
  /** A name (its newest version), `NAME@VERSION`, or the pack's directory. */
  readonly pack: string;
  /** Default: that of the new chart, or else the next free one. */
  readonly version?: string;
  /** New charts, each in place of the one of its name: `.tgz` files, directories, or URLs. */
  readonly charts?: readonly string[];
  /** Files that replace manifests of the same file name. */
  readonly manifests?: readonly string[];
  /** Another directory for the new version than the layout says. */
  readonly out?: string;
  /** What becomes of values that both changed differently. Default: `ours`, the author's. */
  readonly conflicts?: 'ours' | 'theirs';
  /** Folder of the cache, or false for none. Default: `defaultCacheDirectory()`. */
  readonly cache?: string | false;
  readonly signal?: AbortSignal;
}

/** A value that the author and the chart changed differently; texts as YAML on one line, absent where there is none. */
export interface ValueConflict {
  /** Keys joined by dots, from the root of `values.yaml`. */
  readonly path: string;
  /** In the new `values.yaml`, counted from 1. */
  readonly line: number;
  readonly base?: string;
  readonly ours?: string;
  readonly theirs?: string;
  readonly kept: 'ours' | 'theirs';
}

/** A value that the author set and the new chart does not have any more; it stays. */
export interface UnknownValue {
  /** Keys joined by dots, from the root of `values.yaml`. */
  readonly path: string;
  /** In the new `values.yaml`, counted from 1. */
  readonly line: number;
}

/** A chart that takes the place of another one. */
export interface SwappedChart {
  readonly before: { readonly name: string; readonly version?: string; readonly path: string };
  readonly after: { readonly name: string; readonly version: string; readonly path: string };
}

/** What a bump does, as data. */
export interface BumpPlan {
  readonly name: string;
  readonly version: string;
  readonly from: { readonly version: string; readonly directory: string };
  /** Absolute path of the work tree, as this system writes paths. */
  readonly root: string;
  /** Of the new version, from the root, with `/`; an absolute path where it lies outside. */
  readonly directory: string;
  /** Whether the new version takes the place of the old one. */
  readonly inPlace: boolean;
  /** With paths from the directory of the new version. */
  readonly changes: readonly FileChange[];
  readonly charts: readonly SwappedChart[];
  readonly conflicts: readonly ValueConflict[];
  readonly unknown: readonly UnknownValue[];
  /** What changes in `values.yaml`, as a unified diff; empty where nothing does. */
  readonly valuesDiff: string;
  /** What only a human can decide. */
  readonly decisions: readonly Decision[];
  /** Of the new version, less those that the old one had; files from the root of the repository. */
  readonly findings: readonly Finding[];
}
