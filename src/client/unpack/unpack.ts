import { dirname, resolve } from 'node:path';

import { PackyardError } from '../../errors.ts';
import type { ArchiveFile, ReadArchiveOptions } from './read-archive.ts';
import { removeAbandoned } from './staging-folder.ts';
import { withStagedArchive } from './staged-archive.ts';
import { targetState } from './target-state.ts';

/**
 * Unpacks the archive of a release: everything in its root folder lands in `folder`, which must not exist, or be empty;
 * folders above it are made. It appears in one step when all of it was read and found sound; before that, and when
 * anything fails, there is nothing. Resolves with its files. Rejects with `archive-refused`, whose message says why;
 * with `output-foreign` where something else is, `output-unwritable` or `no-space`; with the reason of the signal; or
 * with what reading the archive throws.
 */
export async function unpack(
  archive: AsyncIterable<Uint8Array>,
  folder: string,
  options: ReadArchiveOptions,
): Promise<readonly ArchiveFile[]> {
  const free = (): 'absent' | 'empty' => {
    const state = targetState(folder);
    if (state !== 'folder') return state;
    throw new PackyardError({
      code: 'output-foreign',
      message: `${folder} exists already, so nothing was unpacked there.`,
      hint: 'Name a folder that is not there yet.',
    });
  };
  options.signal?.throwIfAborted();
  removeAbandoned(dirname(resolve(folder)));
  free();
  return withStagedArchive(archive, folder, options, async (staging, files) => {
    if (free() === 'absent') staging.place(folder);
    else staging.fill(folder);
    return files;
  });
}
