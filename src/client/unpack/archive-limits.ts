import { LIMITS } from '../../model/limits.ts';
import { BLOCK } from './tar-fields.ts';

/** Bounds on what an archive may hold. */
export interface ArchiveLimits {
  /** Files, and folders that it names. */
  readonly entries: number;
  /** Folders, also those that paths of files imply. */
  readonly folders: number;
  /** Folders in each other. */
  readonly levels: number;
  /** Bytes of one file. */
  readonly fileBytes: number;
  /** Bytes of all files. */
  readonly bytes: number;
  /** Bytes of the tar. */
  readonly tarBytes: number;
  /** How many times its size it may grow when it is expanded, once it has grown to `anyRatioBytes`. */
  readonly ratio: number;
  readonly anyRatioBytes: number;
}

/** Every pack that can be built has room, with a header and an extended one for each of its files. */
export const ARCHIVE_LIMITS: ArchiveLimits = {
  entries: LIMITS.packFiles.entries,
  folders: LIMITS.packFiles.entries,
  levels: LIMITS.packFiles.levels,
  fileBytes: LIMITS.fileBytes,
  bytes: LIMITS.packBytes,
  tarBytes: LIMITS.packBytes + LIMITS.packFiles.entries * 6 * BLOCK,
  ...LIMITS.expansion,
};
