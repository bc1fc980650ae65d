import { randomUUID } from 'node:crypto';
import { chmod, lstat, open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { systemCode } from '../../errors.ts';
import { makeFolder } from '../../remote/make-folder.ts';
import { move } from '../../remote/move.ts';

/** Milliseconds after which a lock is that of a dead process, and between looks at one. */
const DEAD = 10_000;
const PAUSE = 25;

/**
 * Writes what `edit` makes of a file, in one step and while nobody else does: two processes that edit it lose nothing.
 * Where `edit` gives undefined, nothing is written. A link is followed. The file keeps its mode; a new one gets `mode`,
 * and new folders are the user's own. Rejects with system errors.
 */
export async function editFile(
  file: string,
  edit: (file: string) => Promise<string | undefined>,
  mode: number,
  { always = false }: { readonly always?: boolean } = {},
): Promise<void> {
  makeFolder(dirname(file), { mode: 0o700 });
  const target = await realFile(file);
  await locked(`${target}.lock`, async (holds) => {
    const text = await edit(target);
    if (text === undefined) return;
    const wanted = always ? mode : await modeOf(target, mode);
    const made = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
    try {
      const handle = await open(made, 'wx', wanted);
      try {
        await handle.writeFile(text, 'utf8');
        await handle.sync();
      } finally {
        await handle.close();
      }
      if (process.platform !== 'win32') await chmod(made, wanted);
      if (!(await holds())) throw new Error(`${target} was changed by another process at the same time`);
      await move(made, target);
    } finally {
      await rm(made, { force: true });
    }
  });
}

async function realFile(file: string): Promise<string> {
  try {
    return await realpath(file);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return file;
  }
}

async function modeOf(file: string, mode: number): Promise<number> {
  try {
    return (await stat(file)).mode & 0o777;
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return mode;
  }
}

/** Holds a lock, which is a file that only its holder could create, while work is done. */
async function locked(lock: string, work: (holds: () => Promise<boolean>) => Promise<void>): Promise<void> {
  const owner = randomUUID();
  await take(lock, owner);
  const holds = async (): Promise<boolean> => (await readFile(lock, 'utf8').catch(() => '')) === owner;
  try {
    await work(holds);
  } finally {
    if (await holds()) await rm(lock, { force: true });
  }
}

async function take(lock: string, owner: string): Promise<void> {
  for (;;) {
    try {
      const handle = await open(lock, 'wx', 0o600);
      try {
        await handle.writeFile(owner);
      } finally {
        await handle.close();
      }
      return;
    } catch (error) {
      // On Windows a file that is being removed denies access for a moment.
      if (!['EEXIST', 'EPERM', 'EBUSY'].includes(systemCode(error) ?? '')) throw error;
      if (systemCode(error) !== 'EEXIST' && process.platform !== 'win32') throw error;
    }
    const found = await lstat(lock).catch(() => undefined);
    if (found !== undefined && Date.now() - found.mtimeMs > DEAD) await removeDead(lock, found.ino);
    else await sleep(PAUSE);
  }
}

/** Takes the lock of a dead process away, unless another one did and holds it by now. */
async function removeDead(lock: string, inode: number): Promise<void> {
  const aside = `${lock}.${randomUUID()}`;
  try {
    if ((await lstat(lock)).ino === inode) await rename(lock, aside);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
  await rm(aside, { force: true });
}
