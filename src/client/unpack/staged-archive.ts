import { dirname, resolve } from 'node:path';

import { makeFolder } from '../../remote/make-folder.ts';
import { FolderSink } from './folder-sink.ts';
import { readArchive, type ArchiveFile, type ReadArchiveOptions } from './read-archive.ts';
import { removeMade } from './remove-made.ts';
import { StagingFolder } from './staging-folder.ts';
import { writingError } from './writing-error.ts';

/**
 * Unpacks an archive beside the folder where it will stand, and has `place` bring it there when it is whole and sound.
 * Whatever fails, and however, nothing of it stays but what `place` has placed.
 */
export async function withStagedArchive<Result>(
  archive: AsyncIterable<Uint8Array>,
  target: string,
  options: ReadArchiveOptions,
  place: (staging: StagingFolder, files: readonly ArchiveFile[]) => Promise<Result>,
): Promise<Result> {
  const parent = dirname(resolve(target));
  let made: string | undefined;
  let staging: StagingFolder | undefined;
  let done = false;
  try {
    made = inWords(target, () => makeFolder(parent));
    staging = inWords(target, () => new StagingFolder(parent));
    const files = await written(archive, staging, target, options);
    options.signal?.throwIfAborted();
    const result = await place(staging, files).catch((error: unknown) => {
      throw writingError(error, target);
    });
    done = true;
    return result;
  } finally {
    await staging?.remove();
    if (!done && made !== undefined) removeMade(parent, made);
  }
}

async function written(
  archive: AsyncIterable<Uint8Array>,
  staging: StagingFolder,
  target: string,
  options: ReadArchiveOptions,
): Promise<readonly ArchiveFile[]> {
  const sink = new FolderSink(staging.fresh);
  try {
    // Only what the sink throws is about the folder: the archive may be read from files as well.
    const files = await readArchive(archive, options, {
      folder: (path) => inWords(target, () => sink.folder(path)),
      file: (file) => inWords(target, () => sink.file(file)),
      content: (bytes) => inWords(target, () => sink.content(bytes)),
      end: () => inWords(target, () => sink.end()),
    });
    inWords(target, () => sink.finish());
    return files;
  } finally {
    sink.close();
  }
}

function inWords<Result>(target: string, work: () => Result): Result {
  try {
    return work();
  } catch (error) {
    throw writingError(error, target);
  }
}
