import { createHash, randomBytes, type Hash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, readdir, rename, rm, stat, truncate } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { systemCode } from '../../errors.ts';
import { diskFile, isWhole } from './disk-file.ts';
import type { Download } from './client-cache.ts';

/** Milliseconds after which a partial file has no owner any more, whatever its name says. */
const ABANDONED = 3_600_000;

/**
 * Fetches a file to `partial/<sha256>-<process>-<random>`, which an end before its end leaves with 0 for the process. What an earlier run left there is taken over by a rename,
 * which only one process can win.
 */
export async function diskDownload(partials: string, target: string, sha256: string): Promise<Download> {
  await mkdir(partials, { recursive: true });
  await mkdir(dirname(target), { recursive: true });
  const path = join(partials, `${sha256}-${process.pid}-${randomBytes(8).toString('hex')}`);
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
  const pid = Number(name.split('-')[1]);
  const { mtimeMs } = await stat(path).catch(() => ({ mtimeMs: Date.now() }));
  if (pid === 0 || Date.now() - mtimeMs > ABANDONED) return true;
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
