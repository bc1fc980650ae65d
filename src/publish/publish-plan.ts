import type { Entry } from '../model/entry.ts';
import type { Condition } from './store.ts';

/** What has to be done at a place so that its readers get a registry. */
export interface PublishPlan {
  /** Of the place, for messages. */
  readonly location: string;
  readonly index: PlannedIndex;
  /** What readers get until then; undefined where nothing is published yet. */
  readonly live: PlannedIndex | undefined;
  /** In the order in which they are put; of one role, any may come first. */
  readonly upload: readonly PlannedUpload[];
  /** Files that are there already. */
  readonly unchanged: FileCount;
  /** What becomes of `index.json`. */
  readonly pointer: 'new' | 'changed' | 'unchanged';
  /** What goes afterwards. */
  readonly remove: readonly PlannedRemoval[];
  /** Files that nothing refers to any more and that stay for now. */
  readonly waiting: FileCount;
  /** To be sent. */
  readonly bytes: number;
  /** About as many requests will be sent to the place, besides its listing. */
  readonly requests: number;
  readonly budget: SizeBudget;
}

export interface PlannedIndex {
  readonly serial: number;
  readonly sha256: string;
  readonly commit: string;
}

/**
 * When a file is put: what has one content for ever (`immutable`), and of that what takes the place of another content
 * (`superseding`); files for the host; copies under a path that stays; the copy of the index for going back; the index.
 */
export type UploadRole = 'immutable' | 'superseding' | 'host' | 'stable' | 'history' | 'index';

/** The order in which roles appear. */
export const UPLOAD_ROLES: readonly UploadRole[] = ['immutable', 'superseding', 'host', 'stable', 'history', 'index'];

export interface PlannedUpload {
  readonly entry: Entry;
  readonly role: UploadRole;
  readonly reason: 'new' | 'changed' | 'renewed';
  /** Absent where it does not matter what is there: the path is named after the bytes. */
  readonly condition?: Condition;
}

export interface PlannedRemoval {
  readonly path: string;
  readonly size: number;
}

export interface FileCount {
  readonly files: number;
  readonly bytes: number;
}

/** What the place will hold, and what it may. */
export interface SizeBudget {
  /** Bytes afterwards, before anything is removed. */
  readonly total: number;
  readonly limit?: number;
}

export function countOf(files: readonly { readonly size: number }[]): FileCount {
  return { files: files.length, bytes: files.reduce((sum, { size }) => sum + size, 0) };
}
