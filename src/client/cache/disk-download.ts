import { createHash, randomBytes, type Hash } from 'node:crypto';
import { createReadStream, readlinkSync } from 'node:fs';
import { open, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import { hostname } from 'node:os';
import { dirname, join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { makeFolder } from '../../remote/make-folder.ts';
import { diskFile, isWhole } from './disk-file.ts';
import type { Download } from './client-cache.ts';

/** Milliseconds after which a partial file has no owner any more, whatever its name says. */
const ABANDONED = 3_600_000;

/**
 * Fetches a file to `partial/<sha256>-<process>.<machine>-<random>`, which an end before its end leaves with 0 for the
 * process. What an earlier run left there is taken over by a rename, which only one process can win.
 */
export async function diskDownload(partials: string, target: string, sha256: string): Promise<Download> {
  makeFolder(partials);
  makeFolder(dirname(target));
  const path = join(partials, `${sha256}-${process.pid}.${machine()}-${randomBytes(8).toString('hex')}`);
  await takeOver(partials, sha256, path);
  const file = await open(path, 'a', 0o600);
  const { hash: begun, size } = await hashed(path);
  let hash: Hash = begun;
  let total = size;
  let isOpen = true;
  let committed = false;
  const close = async (): Promise<void> => {
    if (isOpen) await file.close();
    isOpen = false;
  };
  return {
    received: size,
    async append(chunk) {
      await file.appendFile(chunk);
      hash.update(chunk);
      total += chunk.byteLength;
    },
    async restart() {
      await truncate(path, 0);
      hash = createHash('sha256');
      total = 0;
    },
    sha256: async () => hash.copy().digest('hex'),
    async commit(found) {
      await close();
      // Somebody may have taken it over who could not see this process, and have written to it too.
      if ((await sizeOf(path)) !== total) throw takenOver(path);
      committed = true;
      await moveTo(path, target, found);
      return diskFile(target, found, total);
    },
    async release(keep) {
      await close();
      if (committed) return;
      if (!keep || total === 0) await rm(path, { force: true });
      // Without a process in its name, whoever comes next takes it over: this one may live on.
      else await rename(path, join(partials, `${sha256}-0-${randomBytes(8).toString('hex')}`));
    },
  };
}

async function sizeOf(path: string): Promise<number | undefined> {
  const stats = await stat(path).catch(() => undefined);
  return stats?.size;
}

function takenOver(path: string): PackyardError {
  return new PackyardError({
    code: 'cache-corrupt',
    message: `${path} was changed by another process while it was fetched.`,
    hint: 'Run the command again; it is fetched anew.',
  });
}

/** Numbers of processes are those of one machine, and of one container on it: others share the cache as well. */
function machine(): string {
  let container = '';
  try {
    container = readlinkSync('/proc/self/ns/pid');
  } catch {
    // Only Linux has them.
  }
  return createHash('sha256').update(`${hostname()}\n${container}`).digest('hex').slice(0, 8);
}

/** On some systems a file cannot take the place of one that somebody reads: then that one is as good. */
async function moveTo(path: string, target: string, sha256: string): Promise<void> {
  try {
    await rename(path, target);
  } catch (error) {
    if ((await isWhole(target, sha256)) === undefined) throw error;
    await rm(path, { force: true });
  }
}

async function takeOver(partials: string, sha256: string, path: string): Promise<void> {
  for (const name of await readdir(partials)) {
    if (!name.startsWith(`${sha256}-`) || !(await isAbandoned(join(partials, name), name))) continue;
    try {
      await rename(join(partials, name), path);
      return;
    } catch (error) {
      // Another process was quicker.
      if (systemCode(error) === undefined) throw error;
    }
  }
}

async function isAbandoned(path: string, name: string): Promise<boolean> {
  const [owner = '', where = machine()] = (name.split('-')[1] ?? '').split('.');
  const pid = Number(owner);
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  if (pid === 0 || Date.now() - mtimeMs > ABANDONED) return true;
  if (where !== machine()) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return systemCode(error) === 'ESRCH';
  }
}

async function hashed(path: string): Promise<{ hash: Hash; size: number }> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    size += chunk.length;
  }
  return { hash, size };
}
