import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, mkdir, open, rename, rmdir } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { PackyardError, systemCode } from '../../errors.ts';
import { removeAbandoned, StagingFolder } from '../unpack/staging-folder.ts';
import { writingError } from '../unpack/writing-error.ts';

export interface PlaceArchiveOptions {
  /** What the archive is: what is in the way and hashes to this stays. */
  readonly sha256: string;
  /** Replace a file that differs. */
  readonly force: boolean;
  readonly signal?: AbortSignal;
}

/** What is at the place of an archive. */
export type ArchivePlace = 'empty' | 'same' | 'different';

/**
 * Looks at the place of an archive. Rejects with `local-changes` where something else is there and must not be replaced:
 * a folder never is.
 */
export async function archivePlace(
  target: string,
  { sha256, force, signal }: PlaceArchiveOptions,
): Promise<ArchivePlace> {
  const stats = await lstat(target).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw writingError(error, target);
  });
  if (stats === undefined) return 'empty';
  if (stats.isFile() && (await hashOf(target, signal)) === sha256) return 'same';
  if (force && !stats.isDirectory()) return 'different';
  throw new PackyardError({
    code: 'local-changes',
    message: `${target} ${stats.isFile() ? 'is not the archive that was published' : 'is no file'}, and was left as it is.`,
    hint: stats.isDirectory()
      ? 'Move the folder away, or pull into another one.'
      : 'Move it away, or add --force to replace it.',
  });
}

async function hashOf(file: string, signal: AbortSignal | undefined): Promise<string> {
  const hash = createHash('sha256');
  try {
    await pipeline(createReadStream(file), hash, { ...(signal !== undefined && { signal }) });
  } catch (error) {
    signal?.throwIfAborted();
    throw writingError(error, file);
  }
  return hash.digest('hex');
}

/**
 * Writes a file beside its place and renames it when it is whole, so that nobody sees a part of it. Folders above it are
 * made. Where it fails or the process ends, nothing stays. What is wrong with the place is said as `output-unwritable`
 * or `no-space`.
 */
export async function placeArchive(
  bytes: AsyncIterable<Uint8Array>,
  target: string,
  signal: AbortSignal | undefined,
): Promise<void> {
  const parent = dirname(target);
  let made: string | undefined;
  let staging: StagingFolder | undefined;
  try {
    made = await mkdir(parent, { recursive: true });
    removeAbandoned(parent);
    staging = new StagingFolder(parent);
    const partial = join(staging.fresh, basename(target));
    await written(bytes, partial, signal);
    await rename(partial, target);
    made = undefined;
  } catch (error) {
    throw writingError(error, target);
  } finally {
    await staging?.remove();
    // Unless somebody else uses it by now.
    if (made !== undefined) await rmdir(parent).catch(() => undefined);
  }
}

async function written(bytes: AsyncIterable<Uint8Array>, path: string, signal: AbortSignal | undefined): Promise<void> {
  const file = await open(path, 'wx');
  try {
    for await (const chunk of bytes) {
      signal?.throwIfAborted();
      await file.writeFile(chunk);
    }
    await file.sync();
    signal?.throwIfAborted();
  } finally {
    await file.close();
  }
}
