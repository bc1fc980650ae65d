import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { readFile, readdir, realpath, rm, rmdir } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { isMapping, propertyOf } from '../../model/json-value.ts';
import { isOwnPath } from '../../model/own-path.ts';
import { STAGING } from '../../remote/output-files.ts';
import { LOCK, takeLock } from '../../remote/output-lock.ts';
import { INDEX_PATH } from '../../remote/registry-files.ts';

/** How the name of a file ends of which not all may be there. */
export const PART = '.part';

/** The folder that a mirror is made in. */
export interface MirrorDestination {
  /** Absolute, links resolved. */
  readonly path: string;
  /** What is known of the registry in it; undefined where there is none yet. */
  readonly index: HeldIndex | undefined;
}

export interface HeldIndex {
  readonly name: string;
  readonly serial: number | undefined;
}

/** Looks at the folder. Rejects with `output-foreign` when it holds something that is no registry; touches nothing. */
export async function openDestination(destination: string): Promise<MirrorDestination> {
  if (destination === '') {
    throw new PackyardError({
      code: 'usage',
      message: 'The folder for the mirror is empty.',
      hint: 'Name one, such as ./mirror; "." is the current one.',
    });
  }
  const path = await resolveLinks(resolve(destination));
  const names = await namesIn(path);
  const index = names.includes(INDEX_PATH) ? await heldIndex(path) : undefined;
  if (names.length === 0 || index !== undefined || leftByKilledMirror(names)) return { path, index };
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

function isInside(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** Resolves links in the part of a path that exists. */
async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw destinationError(error, path);
    return join(await resolveLinks(dirname(path)), basename(path));
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw destinationError(error, path);
  }
}

/** Whether a folder without an index is one whose first mirror was killed: there is nothing in it but a registry's. */
function leftByKilledMirror(names: readonly string[]): boolean {
  return names.includes(STAGING) && names.every((name) => name === STAGING || isOwnPath(name));
}

async function heldIndex(path: string): Promise<HeldIndex | undefined> {
  try {
    const index: unknown = JSON.parse(await readFile(join(path, INDEX_PATH), 'utf8'));
    const format = propertyOf(index, 'format');
    const registry = propertyOf(index, 'registry');
    if (typeof format !== 'string' || !format.startsWith('packyard-index/') || !isMapping(registry)) return undefined;
    const [name, serial] = [propertyOf(registry, 'name'), propertyOf(index, 'serial')];
    return {
      name: typeof name === 'string' ? name : '',
      serial: typeof serial === 'number' ? serial : undefined,
    };
  } catch {
    return undefined;
  }
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
    makeFolder(path);
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

/** One folder after the other: where none can be made though the one above is there, as in /proc, Node would try for ever. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path);
  chmodSync(path, 0o755);
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
    hint: 'Check who owns it and its permissions, or name another folder.',
    cause: error,
  });
}
