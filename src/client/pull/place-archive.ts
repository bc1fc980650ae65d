import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { link, lstat, open } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';

import { PackyardError, systemCode } from '../../errors.ts';
import { makeFolder } from '../../remote/make-folder.ts';
import { move } from '../../remote/move.ts';
import { removeMade } from '../unpack/remove-made.ts';
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
 * Writes a file beside its place and brings it there when it is whole, so that nobody sees a part of it. Folders above it
 * are made. What came into its place meanwhile is looked at as `archivePlace` does, and rejects as that does. Where it
 * fails or the process ends, nothing stays. What is wrong with the place is said as `output-unwritable` or `no-space`.
 */
export async function placeArchive(
  bytes: AsyncIterable<Uint8Array>,
  target: string,
  options: PlaceArchiveOptions,
): Promise<'created' | 'replaced' | 'unchanged'> {
  const parent = dirname(target);
  let made: string | undefined;
  let staging: StagingFolder | undefined;
  let done = false;
  try {
    made = makeFolder(parent);
    removeAbandoned(parent);
    staging = new StagingFolder(parent);
    const partial = join(staging.fresh, basename(target));
    await written(bytes, partial, options.signal);
    const outcome = await placed(partial, target, options);
    done = true;
    return outcome;
  } catch (error) {
    throw writingError(error, target);
  } finally {
    await staging?.remove();
    if (!done && made !== undefined) removeMade(parent, made);
  }
}

/** How often another run may get in between before it is given up. */
const TRIES = 5;

async function placed(
  partial: string,
  target: string,
  options: PlaceArchiveOptions,
): Promise<'created' | 'replaced' | 'unchanged'> {
  for (let tried = 1; ; tried += 1) {
    const place = await archivePlace(target, options);
    if (place === 'same') return 'unchanged';
    try {
      if (place === 'different') await move(partial, target);
      else await placeNew(partial, target);
      return place === 'different' ? 'replaced' : 'created';
    } catch (error) {
      if (tried === TRIES || systemCode(error) !== 'EEXIST') throw error;
    }
  }
}

/** A rename would replace what came there this very moment; file systems without links know nothing else. */
async function placeNew(partial: string, target: string): Promise<void> {
  try {
    await link(partial, target);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw error;
    await move(partial, target);
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
