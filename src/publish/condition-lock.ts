import { randomUUID } from 'node:crypto';
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import { makeFolder } from '../remote/make-folder.ts';
import { LOCK, takeLock, type OutputLock } from '../remote/output-lock.ts';
import { pause } from './pause.ts';

/** Milliseconds for which a lock is waited for: longer than it takes to tell that its owner is dead. */
const PATIENCE = 120_000;

/** What a lock gives that changes its owner again and again while it is asked for, or whose folder goes. */
const LOST = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : [])]);

/** Milliseconds after which what lies in the staging folder is of a publisher that was killed. */
const ABANDONED = 6 * 60 * 60_000;

/** Lets one publisher at a time look at a file and put another in its place. */
export interface ConditionLock {
  hold<Result>(work: () => Promise<Result>): Promise<Result>;
  /** Makes the folder for files that are on their way. */
  makeStaging(): void;
}

/** A lock file in `staging`; `location` is for messages. */
export function conditionLock(staging: string, location: string, signal: AbortSignal | undefined): ConditionLock {
  let turn: Promise<unknown> = Promise.resolve();
  let swept = false;
  const makeStaging = (): void => {
    requireFolder(staging);
    makeFolder(staging);
    if (!swept) sweep(staging);
    swept = true;
  };
  const holdOnce = async <Result>(work: () => Promise<Result>): Promise<Result> => {
    makeStaging();
    const lock = await taken(staging, location, signal);
    try {
      return await work();
    } finally {
      await lock.giveBack();
    }
  };
  return {
    makeStaging,
    // Of one process they wait for each other without asking the file system.
    hold(work) {
      const result = turn.then(() => holdOnce(work));
      turn = result.catch(() => undefined);
      return result;
    },
  };
}

async function taken(staging: string, location: string, signal: AbortSignal | undefined): Promise<OutputLock> {
  const busy = (lock: string): PackyardError =>
    new PackyardError({
      code: 'output-busy',
      message: `Another publisher holds ${location} for ${PATIENCE / 1000} s.`,
      hint: `Wait for it to end. If none is running, remove ${lock} and publish again.`,
    });
  const end = Date.now() + PATIENCE;
  for (let tries = 0; ; tries += 1) {
    try {
      makeFolder(staging);
      return await takeLock(staging, busy);
    } catch (error) {
      const isBusy = error instanceof PackyardError && error.code === 'output-busy';
      if (!isBusy && !LOST.has(systemCode(error) ?? '')) throw error;
      if (Date.now() > end) throw busy(join(staging, LOCK));
      await pause(tries, signal, 50);
    }
  }
}

/** Whoever put a link or a file there would have others' files removed, or written to. */
function requireFolder(staging: string): void {
  if (lstatSync(staging, { throwIfNoEntry: false })?.isDirectory() !== false) return;
  throw new PackyardError({
    code: 'output-foreign',
    message: `${staging} is no folder, or a link to one.`,
    hint: 'Remove it and publish again: files that are on their way lie there.',
  });
}

/** A name in the staging folder that says whose it is. */
export function stagedName(): string {
  return `${process.pid} ${hostName()} ${randomUUID()}`;
}

/** Removes what publishers left there that were killed. */
function sweep(staging: string): void {
  for (const name of readdirSync(staging)) {
    const path = join(staging, name);
    const time = lstatSync(path, { throwIfNoEntry: false })?.mtimeMs;
    if (name === LOCK || time === undefined) continue;
    if (isOfDead(name) || Date.now() - time > ABANDONED) rmSync(path, { recursive: true, force: true });
  }
}

function isOfDead(name: string): boolean {
  const [, pid, host] = /^([1-9]\d{0,9}) (\S+) \S+$/u.exec(name) ?? [];
  if (pid === undefined || host !== hostName()) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return systemCode(error) === 'ESRCH';
  }
}

function hostName(): string {
  return encodeURIComponent(hostname()).slice(0, 150);
}
