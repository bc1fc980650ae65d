import { mkdir, open, readdir, readFile, realpath, rm } from 'node:fs/promises';
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
  const lock = join(staging, 'lock');
  try {
    await mkdir(staging, { recursive: true });
    await takeLock(lock, out);
    for (const name of await readdir(staging)) {
      if (name !== 'lock') await rm(join(staging, name), { recursive: true, force: true });
    }
  } catch (error) {
    throw outputError(error, out);
  }
  return () => rm(staging, { recursive: true, force: true });
}

async function takeLock(lock: string, out: string): Promise<void> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      const file = await open(lock, 'wx');
      await file.writeFile(`${process.pid} ${hostname()}\n`);
      await file.close();
      return;
    } catch (error) {
      if (systemCode(error) !== 'EEXIST' || attempt > 0) throw error;
      if (await isHeld(lock)) throw busyError(lock, out);
      await rm(lock, { force: true });
    }
  }
}

/** Whether the process that wrote a lock may still be alive; one of another machine may. */
async function isHeld(lock: string): Promise<boolean> {
  const [pid = '', host = ''] = (await readFile(lock, 'utf8').catch(() => '')).trim().split(' ');
  if (!/^[1-9]\d*$/u.test(pid)) return false;
  if (host !== hostname()) return true;
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
  return new PackyardError({
    code: 'output-unwritable',
    message: `${out} cannot be written (${code}).`,
    hint: 'Check who owns it and its permissions, or name another folder with --out.',
    cause: error,
  });
}
