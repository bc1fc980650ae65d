import type { Entry } from '../model/entry.ts';

/** What bringing an output directory to a registry's entries will do, as plain data. */
export interface BuildPlan {
  /** Absolute path of the output directory. */
  readonly out: string;
  /** In the order in which they appear: immutable files, documents, `index.json` last. */
  readonly write: readonly PlannedWrite[];
  /** What is already right and is not touched. */
  readonly keep: readonly Entry[];
  /** Paths of the registry's layout that no entry has any more, removed at the end. */
  readonly remove: readonly string[];
}

export interface PlannedWrite {
  readonly entry: Entry;
  readonly reason: 'new' | 'changed';
}
