import { dirname, resolve } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { oneLine } from '../../check/one-line.ts';
import { compareFolder, type FolderDifference } from './compare-folder.ts';
import { readArchive, type ArchiveFile, type ReadArchiveOptions } from './read-archive.ts';
import { removeAbandoned, type StagingFolder } from './staging-folder.ts';
import { withStagedArchive } from './staged-archive.ts';
import { targetState } from './target-state.ts';
import { writingError } from './writing-error.ts';

export interface InstallPackOptions extends ReadArchiveOptions {
  /** Takes the place of a folder that holds something else. */
  readonly force?: boolean;
  /** A folder above the target from which on no link may lie on the way; unless told, only the target may be none. */
  readonly directory?: string;
}

export interface InstalledPack {
  /** What happened to the target. */
  readonly outcome: 'unchanged' | 'created' | 'replaced';
  readonly files: readonly ArchiveFile[];
}

/** How often another run may get in between before it is given up. */
const TRIES = 5;

/** What a place that is taken, or was emptied meanwhile, gives; the last two on Windows. */
const LOST = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM', 'EACCES']);

/**
 * Brings the archive of a release into a folder. Where that holds the same files already, nothing is written. Where it
 * holds anything else it is left alone, and this rejects with `local-changes`, unless `force` is set: then the new takes
 * its place when it is whole, and the old is put back should that fail. Rejects otherwise as `unpack` does.
 */
export async function installPack(
  archive: AsyncIterable<Uint8Array>,
  target: string,
  options: InstallPackOptions,
): Promise<InstalledPack> {
  const { force = false, directory, signal } = options;
  signal?.throwIfAborted();
  removeAbandoned(dirname(resolve(target)));
  if (targetState(target, directory) === 'folder' && !force) {
    const files = await readArchive(archive, options);
    const difference = await differenceOf(target, files, signal);
    if (!isSame(difference)) throw localChanges(target, options.root, difference);
    return { outcome: 'unchanged', files };
  }
  return withStagedArchive(archive, target, options, async (staging, files) => {
    for (let tried = 1; ; tried += 1) {
      signal?.throwIfAborted();
      try {
        return { outcome: await placed(staging, files, target, options), files };
      } catch (error) {
        if (tried === TRIES || !LOST.has(systemCode(error) ?? '')) throw error;
      }
    }
  });
}

async function placed(
  staging: StagingFolder,
  files: readonly ArchiveFile[],
  target: string,
  options: InstallPackOptions,
): Promise<InstalledPack['outcome']> {
  const state = targetState(target, options.directory);
  if (state === 'absent') {
    staging.place(target);
    return 'created';
  }
  if (state === 'empty') {
    staging.fill(target);
    return 'created';
  }
  const difference = await compareFolder(target, files, options.signal);
  if (isSame(difference)) return 'unchanged';
  if (options.force !== true) throw localChanges(target, options.root, difference);
  staging.replace(target);
  return 'replaced';
}

async function differenceOf(
  target: string,
  files: readonly ArchiveFile[],
  signal: AbortSignal | undefined,
): Promise<FolderDifference> {
  try {
    return await compareFolder(target, files, signal);
  } catch (error) {
    throw writingError(error, target);
  }
}

function localChanges(target: string, root: string, difference: FolderDifference): PackyardError {
  return new PackyardError({
    code: 'local-changes',
    message: `${target} is not what ${oneLine(root)} holds, and was left as it is: ${inWords(difference)}.`,
    hint: 'Move your changes to another place, or replace them with --force.',
  });
}

function isSame({ changed, added, missing }: FolderDifference): boolean {
  return changed.length + added.length + missing.length === 0;
}

/** Paths that a message names. */
const SHOWN = 10;

function inWords(difference: FolderDifference): string {
  const { changed, added, missing } = difference;
  let room = SHOWN;
  const lists = Object.entries({ changed, added, missing }).flatMap(([what, paths]) => {
    const named = paths.slice(0, room).map((path) => oneLine(path));
    room -= named.length;
    return named.length === 0 ? [] : [`${what} ${named.join(', ')}`];
  });
  const rest = changed.length + added.length + missing.length - SHOWN;
  return `${lists.join('; ')}${rest > 0 ? `; and ${rest} more` : ''}`;
}
