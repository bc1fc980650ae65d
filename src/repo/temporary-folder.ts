import { rmSync } from 'node:fs';
import { lstat, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemCode } from '../errors.ts';

/** Those of this process that are in use. */
const inUse = new Set<string>();

const DAY = 86_400_000;

/**
 * Makes a folder for what a command needs while it runs, and removes those that killed commands have left for a day.
 * Who gets it removes it; where the process ends before that, it is removed then.
 */
export async function makeTemporaryFolder(what: 'tree' | 'cache' | 'serve'): Promise<string> {
  await removeAbandoned().catch(() => undefined);
  if (!process.listeners('exit').includes(removeAll)) process.on('exit', removeAll);
  const folder = await mkdtemp(join(tmpdir(), `packyard-${what}-${process.pid}-`));
  inUse.add(folder);
  return folder;
}

export async function removeTemporaryFolder(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  inUse.delete(folder);
  if (inUse.size === 0) process.off('exit', removeAll);
}

function removeAll(): void {
  for (const folder of inUse) {
    try {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    } catch {
      // A process that was started may still write there: it goes when it is a day old.
    }
  }
}

const NAME = /^packyard-(?:tree|cache|serve)-(?<owner>[1-9]\d*)-/u;

async function removeAbandoned(): Promise<void> {
  for (const name of await readdir(tmpdir())) {
    const owner = Number(NAME.exec(name)?.groups?.['owner']);
    const folder = join(tmpdir(), name);
    if (Number.isNaN(owner) || inUse.has(folder) || runs(owner)) continue;
    const stats = await lstat(folder);
    // What others made could lead elsewhere; in another container the same number may be a process that runs.
    const own = stats.isDirectory() && stats.uid === (process.getuid?.() ?? stats.uid);
    if (own && Date.now() - stats.mtimeMs > DAY) await rm(folder, { recursive: true, force: true });
  }
}

/** Whether a process may be at work; this one knows its own folders. */
function runs(pid: number): boolean {
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ESRCH';
  }
}
