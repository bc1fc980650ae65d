import { chmod, mkdir, open, rename, rm, rmdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import type { Entry } from '../model/entry.ts';
import { inParallel } from './in-parallel.ts';
import { lockOutput, outputError } from './output-directory.ts';
import { STAGING } from './output-files.ts';
import type { BuildPlan } from './plan.ts';

/** How many files are written at once. */
const WIDTH = 8;

/** Called with the number of files that are on disk so far, and the path of the last. */
export type OnWritten = (done: number, path: string) => void;

/**
 * Brings the output directory to the plan. Everything is first written beside the registry; then each file is renamed
 * into place, `index.json` last, and what is stale goes. Stopped at any moment it leaves the old registry or the new one,
 * and the next build cleans up. Rejects with `no-space`, `output-unwritable`, `output-busy` or `cache-corrupt`.
 */
export async function writeOutput(plan: BuildPlan, onWritten: OnWritten = () => undefined): Promise<void> {
  const { out, write, remove } = plan;
  if (write.length === 0 && remove.length === 0) return;
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    throw outputError(error, out);
  }
  const unlock = await lockOutput(out);
  try {
    let done = 0;
    await inParallel(write, WIDTH, async ({ entry }, index) => {
      await stage(join(out, STAGING, String(index)), entry);
      done += 1;
      onWritten(done, entry.path);
    });
    const early = remove.filter((path) => write.some(({ entry }) => inTheWay(path, entry.path)));
    for (const path of early) await rm(join(out, path), { force: true });
    for (const [index, { entry }] of write.entries()) await place(out, join(out, STAGING, String(index)), entry.path);
    for (const path of remove) await removeFile(out, path);
  } catch (error) {
    throw outputError(error, out);
  } finally {
    await unlock();
  }
}

/** A stale file where a folder must be, or below where a file must be. */
function inTheWay(stale: string, wanted: string): boolean {
  return wanted.startsWith(`${stale}/`) || stale.startsWith(`${wanted}/`);
}

async function stage(path: string, entry: Entry): Promise<void> {
  const file = await open(path, 'wx', 0o644);
  let size = 0;
  try {
    for await (const chunk of entry.open()) {
      await file.writeFile(chunk);
      size += chunk.byteLength;
    }
    // Hosts serve what others may read, whatever the umask of whoever builds.
    await file.chmod(0o644);
  } finally {
    await file.close();
  }
  if (size !== entry.size) {
    throw new PackyardError({
      code: 'cache-corrupt',
      message: `${entry.path} should have ${entry.size} bytes but has ${size}.`,
      hint: 'Run `packyard cache clear` and build again.',
    });
  }
}

async function place(out: string, staged: string, path: string): Promise<void> {
  const target = join(out, path);
  await makeFolders(out, dirname(path));
  try {
    await rename(staged, target);
  } catch (error) {
    // Only a directory that holds nothing wanted can be in the way here.
    if (!['EISDIR', 'ENOTEMPTY', 'EEXIST', 'EPERM'].includes(systemCode(error) ?? '')) throw error;
    await rm(target, { recursive: true, force: true });
    await rename(staged, target);
  }
}

async function makeFolders(out: string, folder: string): Promise<void> {
  const first = await mkdir(join(out, folder), { recursive: true });
  if (first === undefined) return;
  for (let made = join(out, folder); made.length >= first.length; made = dirname(made)) await chmod(made, 0o755);
}

/** Removes a file and the folders that it leaves empty. */
async function removeFile(out: string, path: string): Promise<void> {
  await rm(join(out, path), { force: true });
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      await rmdir(join(out, folder));
    } catch {
      return;
    }
  }
}
