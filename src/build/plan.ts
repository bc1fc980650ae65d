import type { TagChange } from './tag-changes.ts';
import type { MadeEntry } from '../model/registry.ts';

/** What bringing an output directory to a registry's entries will do, as plain data. */
export interface BuildPlan {
  /** Absolute path of the output directory. */
  readonly out: string;
  /** In the order in which they appear: immutable files, documents, `index.json` last. */
  readonly write: readonly PlannedWrite[];
  /** What is already right and is not touched. */
  readonly keep: KeptFiles;
  /** Tags that go back to a lower version, or away. */
  readonly tags: readonly TagChange[];
  /** Paths of the registry's layout that no entry has any more, removed at the end. */
  readonly remove: readonly string[];
}

export interface KeptFiles {
  readonly files: number;
  readonly bytes: number;
}

export interface PlannedWrite {
  readonly entry: MadeEntry;
  readonly reason: 'new' | 'changed';
}
