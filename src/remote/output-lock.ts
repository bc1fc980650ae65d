import { randomUUID } from 'node:crypto';
import { existsSync, writeFileSync } from 'node:fs';
import { readdir, rm, stat, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { systemCode, type PackyardError } from '../errors.ts';
import { makeFolder } from './make-folder.ts';
import { move } from './move.ts';

/** Name of the lock in the staging folder. */
export const LOCK = 'lock';

/** How often a holder says that it lives, and after how long a silence it does not; in milliseconds. */
const REFRESH = 5_000;
const SILENCE = 60_000;

/** What a name that is taken, or was taken away meanwhile, gives; the last two on Windows. */
const LOST = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', 'EPERM', 'EACCES']);

/** The owners that this process is. In a container a killed build's process has the number of the next one's. */
const held = new Set<string>();

export interface OutputLock {
  /** False once somebody else took the lock for a dead one's. */
  readonly holds: () => boolean;
  readonly giveBack: () => Promise<void>;
}

/**
 * Takes the lock in a staging folder. It is a folder that holds one file, named after its owner. It appears with that
 * file in one step, and is taken over from a dead owner by renaming the file: of any number of processes one does, and it
 * is never away meanwhile. While another one holds it, rejects with what `busy` says, which gets the path of the lock.
 */
export async function takeLock(staging: string, busy: (lock: string) => PackyardError): Promise<OutputLock> {
  const owner = `${process.pid} ${hostName()} ${randomUUID()}`;
  held.add(owner);
  try {
    await own(staging, owner, busy);
  } catch (error) {
    held.delete(owner);
    throw error;
  }
  const file = join(staging, LOCK, owner);
  const timer = setInterval(() => refresh(file), REFRESH).unref();
  const holds = (): boolean => existsSync(file);
  return {
    holds,
    giveBack: async () => {
      clearInterval(timer);
      try {
        if (holds()) await removeLock(staging);
      } finally {
        held.delete(owner);
      }
    },
  };
}

async function own(staging: string, owner: string, busy: (lock: string) => PackyardError): Promise<void> {
  const lock = join(staging, LOCK);
  for (let attempt = 0; ; attempt += 1) {
    const made = join(staging, randomUUID());
    let now: number | undefined;
    try {
      makeFolder(made);
      await writeFile(join(made, owner), '');
      now = await mtimeOf(join(made, owner));
      await move(made, lock);
      return;
    } catch (error) {
      await rm(made, { recursive: true, force: true });
      if (attempt === 9 || !LOST.has(systemCode(error) ?? '')) throw error;
    }
    const [holder] = await readdir(lock).catch(() => []);
    if (holder === undefined || now === undefined) continue;
    try {
      if (mayRun(holder) && now - (await mtimeOf(join(lock, holder))) <= SILENCE) throw busy(lock);
      // First, so that nobody takes the new owner for a silent one.
      touch(join(lock, holder));
      await move(join(lock, holder), join(lock, owner));
      return;
    } catch (error) {
      if (!LOST.has(systemCode(error) ?? '')) throw error;
    }
  }
}

/** Gives the lock back in one step. */
async function removeLock(staging: string): Promise<void> {
  const aside = join(staging, randomUUID());
  await move(join(staging, LOCK), aside);
  await rm(aside, { recursive: true, force: true });
}

async function mtimeOf(path: string): Promise<number> {
  return (await stat(path)).mtimeMs;
}

function refresh(file: string): void {
  try {
    touch(file);
  } catch {
    // A lock that is lost is noticed when it is given back; one that cannot be written now is tried again.
  }
}

/** Makes a file new by writing to it: the time is that of its file system, whose clock may not be this machine's. */
function touch(file: string): void {
  writeFileSync(file, '.', { flag: 'r+' });
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
  if (Number(pid) === process.pid) return held.has(owner);
  try {
    process.kill(Number(pid), 0);
    return true;
  } catch (error) {
    return systemCode(error) === 'EPERM';
  }
}
