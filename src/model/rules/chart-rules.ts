import type { MissingArgs } from './args.ts';

/** What the findings of each rule of this group carry. */
export interface ChartRules {
  'chart/missing-file': MissingArgs;
  'chart/unreadable': { path: string; reason: string };
  'chart/too-large': { path: string; limit: number };
  'chart/no-metadata': { path: string };
  'chart/invalid-metadata': { path: string; missing: string[] };
  'chart/name-mismatch': { path: string; name: string; version: string };
  'chart/copy-differs': CopyDiffersArgs;
  'chart/unlisted': {
    path: string;
    name: string;
    /** The chart of the same name that is listed. */
    listed?: string;
  };
  'chart/duplicate-name': { path: string; name: string; first: string };
  'chart/version-differs': { version: string; name: string; chartVersion: string; appVersion?: string };
}

/** Some paths of many. */
export interface PathList {
  count: number;
  /** The first ones. */
  paths: string[];
}

export interface CopyDiffersArgs {
  path: string;
  /** Directory of the unpacked copy, from the pack's. */
  copy: string;
  /** Both versions, where they differ. */
  versions?: { packed: string; copy: string };
  /** Files that are in both, and differ. */
  changed: PathList;
  /** Files that only the unpacked copy has. */
  added: PathList;
  /** Files that only the packed chart has. */
  removed: PathList;
}
