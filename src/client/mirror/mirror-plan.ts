import type { MirrorFile } from './mirror-file.ts';

/** What has to be done in a folder to make it a mirror. */
export interface MirrorPlan {
  /** Absolute path of the folder. */
  readonly destination: string;
  /** For messages: never holds credentials. */
  readonly source: string;
  readonly index: MirrorIndex;
  /** Absent for a mirror of everything. */
  readonly subset?: { readonly of: string };
  readonly packs: number;
  readonly releases: number;
  readonly write: readonly PlannedFile[];
  /** Files that are right as they are. */
  readonly keep: FileCount;
  /** Paths of the registry's own files that the mirror has no use for. */
  readonly stale: readonly string[];
  /** Whether these go. */
  readonly prune: boolean;
  /** Absent where no list of images is wanted. */
  readonly images?: { readonly path: string; readonly count: number };
}

export interface MirrorIndex {
  /** Of the mirror. */
  readonly sha256: string;
  readonly serial: number;
  readonly commit: string;
}

export interface PlannedFile {
  readonly file: MirrorFile;
  readonly reason: 'new' | 'changed';
}

export interface FileCount {
  readonly files: number;
  /** Of the files whose size is known. */
  readonly bytes: number;
}

export function countFiles(files: readonly MirrorFile[]): FileCount {
  return { files: files.length, bytes: files.reduce((sum, { size = 0 }) => sum + size, 0) };
}
