import { createHash, randomBytes } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { basename, dirname, join } from 'node:path';

import { systemCode } from '../../errors.ts';
import { moveNow } from '../../remote/move.ts';

/** Those of this process that are in use. */
const inUse = new Set<string>();

const DAY = 86_400_000;
const MINUTE = 60_000;

const NAME = /^\.packyard-(?<host>[0-9a-f]{8})-(?<owner>[1-9]\d{0,9})-[0-9a-f]{12}$/u;

/**
 * A hidden folder beside the place where something will stand, on the same file system, so that one step brings it
 * there. Only its owner can look into it. What happens to hold the place is kept in it meanwhile.
 */
export class StagingFolder {
  readonly path: string;
  /** Where the new is made. */
  readonly fresh: string;

  /** Makes it in a folder that exists. */
  constructor(parent: string) {
    this.path = join(parent, `.packyard-${hostKey()}-${process.pid}-${randomBytes(6).toString('hex')}`);
    this.fresh = join(this.path, 'new');
    if (!process.listeners('exit').includes(removeAll)) process.on('exit', removeAll);
    for (const folder of [this.path, this.fresh]) {
      mkdirSync(folder);
      inUse.add(this.path);
      chmodSync(folder, 0o700);
    }
  }

  /** Brings the new to its place, which must be free. */
  place(target: string): void {
    moveNow(this.fresh, target);
  }

  /** Brings the new to the place of an empty folder. Throws a system error where something came into that meanwhile. */
  fill(target: string): void {
    // Elsewhere a rename does this in one step.
    if (process.platform === 'win32') rmdirSync(target);
    moveNow(this.fresh, target);
  }

  /** Brings the new to the place of a folder, which goes only when the new is there. */
  replace(target: string): void {
    const old = join(this.path, 'old');
    mkdirSync(old, { recursive: true });
    moveNow(target, join(old, basename(target)));
    try {
      moveNow(this.fresh, target);
    } catch (error) {
      putBack(this.path);
      throw error;
    }
  }

  /** What cannot be removed stays hidden, and the next run tries again. */
  async remove(): Promise<void> {
    try {
      putBack(this.path);
      await rm(this.path, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      return;
    }
    inUse.delete(this.path);
    if (inUse.size === 0) process.off('exit', removeAll);
  }
}

/** Brings a folder that was taken away back to its place, where nothing else has come there. */
function putBack(staging: string): void {
  const old = join(staging, 'old');
  for (const name of namesIn(old)) {
    const target = join(dirname(staging), name);
    if (!isThere(target)) moveNow(join(old, name), target);
  }
}

function removeNow(staging: string): void {
  try {
    putBack(staging);
    rmSync(staging, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    // It is hidden, and the next run tries again.
  }
}

function removeAll(): void {
  for (const path of inUse) removeNow(path);
}

/** Removes what killed runs have left in a folder, and brings back to its place what they had taken away from there. */
export function removeAbandoned(parent: string): void {
  for (const name of namesIn(parent)) {
    const { host, owner } = NAME.exec(name)?.groups ?? {};
    const path = join(parent, name);
    if (host === undefined || owner === undefined || inUse.has(path) || !isAbandoned(path, host, Number(owner)))
      continue;
    const own = join(parent, `.packyard-${hostKey()}-${process.pid}-${randomBytes(6).toString('hex')}`);
    try {
      // In one step, so that its owner, should it live after all, fails instead of finding half of what it wrote.
      renameSync(path, own);
    } catch {
      continue;
    }
    removeNow(own);
  }
}

/** Whether the run that made a folder has ended. One on another machine, or with a number used again, has a day. */
function isAbandoned(path: string, host: string, owner: number): boolean {
  let age: number;
  try {
    const stats = lstatSync(path);
    // What others made could lead elsewhere.
    if (!stats.isDirectory() || stats.uid !== (process.getuid?.() ?? stats.uid)) return false;
    age = Date.now() - stats.mtimeMs;
  } catch {
    return false;
  }
  if (age > DAY) return true;
  if (host !== hostKey()) return false;
  // In a container every run has the same number.
  if (owner === process.pid) return age > process.uptime() * 1000 + MINUTE;
  return !runs(owner);
}

function runs(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}

function hostKey(): string {
  return createHash('sha256').update(hostname()).digest('hex').slice(0, 8);
}

function isThere(path: string): boolean {
  try {
    lstatSync(path);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ENOENT';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
