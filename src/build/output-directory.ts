import { readdir, rm, rmdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import { hintWhileInUse } from '../remote/move.ts';
import { STAGING } from '../remote/output-files.ts';
import { LOCK, takeLock, type OutputLock } from '../remote/output-lock.ts';
import { lookAtFolder } from '../remote/registry-folder.ts';

/**
 * The absolute path of an output directory, links resolved. Rejects with `output-foreign` when it holds something that
 * no build of a registry left there, and touches nothing.
 */
export async function resolveOutput(out: string): Promise<string> {
  const { path, holds } = await lookAtFolder(out).catch((error: unknown) => {
    throw outputError(error, resolve(out));
  });
  if (holds !== 'something-else') return path;
  throw new PackyardError({
    code: 'output-foreign',
    message: `${path} is not empty and holds no registry of Packyard's.`,
    hint: 'Name an empty or a new folder with --out; nothing in this one was touched.',
  });
}

/**
 * Makes the staging folder of an output directory and takes its lock; the function it resolves with gives both back.
 * What an earlier build left there when it was killed is removed. Rejects with `output-busy` while another build runs.
 */
export async function lockOutput(out: string): Promise<() => Promise<void>> {
  const staging = join(out, STAGING);
  let lock: OutputLock;
  try {
    lock = await takeLock(staging, (path) => busyError(path, out));
    await emptyStaging(staging).catch(async (error: unknown) => {
      await lock.giveBack();
      throw error;
    });
  } catch (error) {
    throw outputError(error, out);
  }
  return async () => {
    // Of a build that was taken for dead, nothing here is its own any more.
    if (lock.holds()) await emptyStaging(staging);
    await lock.giveBack();
    // Another build may have begun to take the lock already.
    await rmdir(staging).catch(() => undefined);
  };
}

function busyError(lock: string, out: string): PackyardError {
  return new PackyardError({
    code: 'output-busy',
    message: `Another build is writing to ${out}.`,
    hint: `Wait for it to end. If none is running, remove ${lock} and build again.`,
  });
}

async function emptyStaging(staging: string): Promise<void> {
  for (const name of await readdir(staging)) {
    if (name !== LOCK) await rm(join(staging, name), { recursive: true, force: true });
  }
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
    hint: hintWhileInUse(code, 'Check who owns it and its permissions, or name another folder with --out.'),
    cause: error,
  });
}
