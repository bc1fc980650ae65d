import { existsSync } from 'node:fs';
import { readdir, realpath, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { STAGING } from '../../remote/output-files.ts';
import { makeOpenFolder } from '../../remote/make-folder.ts';
import { hintWhileInUse } from '../../remote/move.ts';
import { LOCK, takeLock } from '../../remote/output-lock.ts';
import { isInside } from '../../remote/path-below.ts';
import { lookAtFolder, type RegistryFolder } from '../../remote/registry-folder.ts';

/** How the name of a file ends of which not all may be there. */
export const PART = '.part';

/** The folder that a mirror is made in. */
export type MirrorDestination = Pick<RegistryFolder, 'path' | 'index'>;

/** Looks at the folder. Rejects with `output-foreign` when it holds something that is no registry; touches nothing. */
export async function openDestination(destination: string): Promise<MirrorDestination> {
  if (destination === '') {
    throw new PackyardError({
      code: 'usage',
      message: 'The folder for the mirror is empty.',
      hint: 'Name one, such as ./mirror; "." is the current one.',
    });
  }
  const { path, holds, index } = await lookAtFolder(destination).catch((error: unknown) => {
    throw destinationError(error, resolve(destination));
  });
  if (holds !== 'something-else') return { path, index };
  throw new PackyardError({
    code: 'output-foreign',
    message: `${path} is not empty and holds no registry.`,
    hint: 'Name an empty or a new folder; nothing in this one was touched.',
  });
}

/** Rejects where the folder holds, or lies in, what is to be mirrored; or where it holds another registry. */
export async function checkDestination(
  { path, index }: MirrorDestination,
  source: { readonly location: string; readonly remote: boolean; readonly name: string },
): Promise<void> {
  if (index !== undefined && index.name !== source.name) {
    throw new PackyardError({
      code: 'output-foreign',
      message: `${path} holds the registry ${JSON.stringify(index.name)}, and ${source.location} is ${JSON.stringify(source.name)}.`,
      hint: 'Name another folder: each registry has its own.',
    });
  }
  if (source.remote) return;
  const root = await realpath(source.location);
  if (!isInside(path, root) && !isInside(root, path)) return;
  throw new PackyardError({
    code: 'usage',
    message:
      path === root
        ? `${path} cannot be mirrored into itself.`
        : `${path} cannot hold a mirror of ${root}: one lies in the other.`,
    hint: 'Name a folder outside of it.',
  });
}

/**
 * Takes the lock of the folder, which is made where there is none. The function that it resolves with gives it back, and
 * removes what was on its way; what came of files whose rest did not come is kept for the next run when it is told so.
 * Rejects with `output-busy`.
 */
export async function lockDestination(path: string): Promise<(keepParts: boolean) => Promise<void>> {
  const staging = join(path, STAGING);
  const isNew = !existsSync(path);
  try {
    makeOpenFolder(path);
    const lock = await takeLock(staging, (file) => busyError(file, path));
    return async (keepParts) => {
      // Of a run that was taken for dead, nothing here is its own any more.
      if (lock.holds()) {
        await emptyStaging(staging, keepParts);
        await lock.giveBack();
      }
      // Another run may have begun to take the lock already, or there is something to go on with.
      await rmdir(staging).catch(() => undefined);
      if (isNew) await rmdir(path).catch(() => undefined);
    };
  } catch (error) {
    throw destinationError(error, path);
  }
}

async function emptyStaging(staging: string, keepParts: boolean): Promise<void> {
  for (const name of await readdir(staging)) {
    if (name !== LOCK && !(keepParts && name.endsWith(PART)))
      await rm(join(staging, name), { recursive: true, force: true });
  }
}

function busyError(lock: string, path: string): PackyardError {
  return new PackyardError({
    code: 'output-busy',
    message: `Another command is writing to ${path}.`,
    hint: `Wait for it to end. If none is running, remove ${lock} and run the command again.`,
  });
}

/** What a failing write to the folder means, in words; other errors stay as they are. `needed` is in bytes. */
export function destinationError(error: unknown, path: string, needed?: number): unknown {
  const code = systemCode(error);
  if (error instanceof PackyardError || code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const size = needed === undefined || needed === 0 ? '' : `: ${formatBytes(needed)} were to be written`;
    return new PackyardError({
      code: 'no-space',
      message: `No space is left for the mirror in ${path}${size}.`,
      hint: 'Free some and run the command again: what is fetched already stays. Until then what was there before stays readable.',
      cause: error,
    });
  }
  if (code === 'ENOTDIR') {
    return new PackyardError({
      code: 'output-unwritable',
      message: `${path} is a file, or lies below one.`,
      hint: 'Name an empty or a new folder; nothing was touched.',
      cause: error,
    });
  }
  return new PackyardError({
    code: 'output-unwritable',
    message: `${path} cannot be written (${code}).`,
    hint: hintWhileInUse(code, 'Check who owns it and its permissions, or name another folder.'),
    cause: error,
  });
}
