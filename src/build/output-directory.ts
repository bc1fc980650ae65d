import { randomUUID } from 'node:crypto';
import { mkdir, readdir, readFile, realpath, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import { propertyOf } from '../pack/json-value.ts';
import { INDEX_PATH } from './native-index.ts';
import { STAGING } from './output-files.ts';

/**
 * The absolute path of an output directory, links resolved. Rejects with `output-foreign` when it holds something that
 * no build of a registry left there, and touches nothing.
 */
export async function resolveOutput(out: string): Promise<string> {
  const path = await resolveLinks(resolve(out));
  const names = await namesIn(path);
  if (names.length === 0 || names.includes(STAGING) || (await holdsIndex(path))) return path;
  throw new PackyardError({
    code: 'output-foreign',
    message: `${path} is not empty and holds no registry of Packyard's.`,
    hint: 'Name an empty or a new folder with --out; nothing in this one was touched.',
  });
}

/** Resolves links in the part of a path that exists. */
async function resolveLinks(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || dirname(path) === path) throw outputError(error, path);
    return join(await resolveLinks(dirname(path)), basename(path));
  }
}

async function namesIn(path: string): Promise<string[]> {
  try {
    return await readdir(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw outputError(error, path);
  }
}

async function holdsIndex(path: string): Promise<boolean> {
  try {
    const format = propertyOf(JSON.parse(await readFile(join(path, INDEX_PATH), 'utf8')), 'format');
    return typeof format === 'string' && format.startsWith('packyard-index/');
  } catch {
    return false;
  }
}

/**
 * Makes the staging folder of an output directory and takes its lock; the function it resolves with gives both back.
 * What an earlier build left there when it was killed is removed. Rejects with `output-busy` while another build runs.
 */
export async function lockOutput(out: string): Promise<() => Promise<void>> {
  const staging = join(out, STAGING);
  try {
    await takeLock(staging, out);
    await emptyStaging(staging);
  } catch (error) {
    throw outputError(error, out);
  }
  return async () => {
    await emptyStaging(staging);
    await removeLock(staging);
    // Another build may have begun to take the lock already.
    await rmdir(staging).catch(() => undefined);
  };
}

const LOCK = 'lock';

async function emptyStaging(staging: string): Promise<void> {
  for (const name of await readdir(staging)) {
    if (name !== LOCK) await rm(join(staging, name), { recursive: true, force: true });
  }
}

/** What a name that is taken, or was taken away meanwhile, gives; the last two on Windows. */
const LOST = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM', 'EACCES']);

/**
 * The lock is a folder that holds one empty file, named after its owner. It appears with that file in one step, and is
 * taken over from a dead owner by renaming the file: of any number of builds one does, and it is never away meanwhile.
 */
async function takeLock(staging: string, out: string): Promise<void> {
  const [lock, owner] = [join(staging, LOCK), ownerName()];
  for (let attempt = 0; ; attempt += 1) {
    const own = join(staging, randomUUID());
    try {
      await mkdir(own, { recursive: true });
      await writeFile(join(own, owner), '');
      await rename(own, lock);
      return;
    } catch (error) {
      await rm(own, { recursive: true, force: true });
      if (attempt === 9 || !LOST.has(systemCode(error) ?? '')) throw error;
    }
    const [holder] = await readdir(lock).catch(() => []);
    if (holder === undefined) continue;
    if (mayRun(holder)) throw busyError(lock, out);
    try {
      await rename(join(lock, holder), join(lock, owner));
      return;
    } catch (error) {
      if (!LOST.has(systemCode(error) ?? '')) throw error;
    }
  }
}

/** Gives the lock back in one step. */
async function removeLock(staging: string): Promise<void> {
  const aside = join(staging, randomUUID());
  await rename(join(staging, LOCK), aside);
  await rm(aside, { recursive: true, force: true });
}

function ownerName(): string {
  return `${process.pid} ${hostName()} ${randomUUID()}`;
}

/** Host names can be longer than file names. */
function hostName(): string {
  return encodeURIComponent(hostname()).slice(0, 150);
}

/** Whether the process that a lock names may still be alive; one of another machine may. */
function mayRun(owner: string): boolean {
  const [pid = '', host = ''] = owner.split(' ');
  if (!/^[1-9]\d*$/u.test(pid)) return false;
  if (host !== hostName()) return true;
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}

function busyError(lock: string, out: string): PackyardError {
  return new PackyardError({
    code: 'output-busy',
    message: `Another build is writing to ${out}.`,
    hint: `Wait for it to end. If none is running, remove ${lock} and build again.`,
  });
}

/** Another build ended between this one's plan and its lock. */
export function changedError(out: string): PackyardError {
  return new PackyardError({
    code: 'output-busy',
    message: `Another build changed ${out} meanwhile.`,
    hint: 'Build again.',
  });
}

/** What a failing write to the output means, in words; other errors stay as they are. */
export function outputError(error: unknown, out: string): unknown {
  const code = systemCode(error);
  if (error instanceof PackyardError || code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PackyardError({
      code: 'no-space',
      message: `No space is left for the registry in ${out}.`,
      hint: 'Free some and build again. Until then what was there before stays readable.',
      cause: error,
    });
  }
  if (code === 'ENOTDIR') {
    return new PackyardError({
      code: 'output-unwritable',
      message: `${out} is a file, or lies below one.`,
      hint: 'Name an empty or a new folder with --out; nothing was touched.',
      cause: error,
    });
  }
  return new PackyardError({
    code: 'output-unwritable',
    message: `${out} cannot be written (${code}).`,
    hint: 'Check who owns it and its permissions, or name another folder with --out.',
    cause: error,
  });
}
