import { closeSync, existsSync, fchmodSync, lstatSync, openSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import type { Entry } from '../model/entry.ts';
import { inParallel } from '../model/in-parallel.ts';
import { changedError, lockOutput, outputError } from './output-directory.ts';
import { samePointers, STAGING, stampOf, type FileStamp, type OutputListing } from '../remote/output-files.ts';
import { makeOpenFolder } from '../remote/make-folder.ts';
import { moveNow } from '../remote/move.ts';
import type { BuildPlan } from './plan.ts';
import { stagingPlan } from './staging-plan.ts';

/** How many files are written at once. */
const WIDTH = 8;

/** Called with the number of files that are on disk so far, and the path of the last. */
export type OnWritten = (done: number, path: string) => void;

/**
 * Brings the output directory to the plan. Everything is first written beside the registry; then each file, or folder that
 * is new, is renamed into place, `index.json` last, and what is stale goes. Stopped at any moment it leaves the old registry
 * or the new one, and the next build cleans up. `found` is what the plan was made for. Resolves with the stamps of what was
 * written.
 * Rejects with `no-space`, `output-unwritable`, `output-busy` or `cache-corrupt`.
 */
export async function writeOutput(
  plan: BuildPlan,
  found: OutputListing,
  onWritten: OnWritten = () => undefined,
): Promise<ReadonlyMap<string, FileStamp>> {
  const { out, write, remove } = plan;
  // What a killed build left is removed even when nothing else is to be done.
  if (write.length === 0 && remove.length === 0 && !existsSync(join(out, STAGING))) return new Map();
  try {
    makeOpenFolder(out);
  } catch (error) {
    throw outputError(error, out);
  }
  const unlock = await lockOutput(out);
  try {
    // The plan was made before the lock was taken: another build may have ended in between.
    if (!samePointers(out, found)) throw changedError(out);
    const early = inTheWay(plan);
    const { staged, moves } = stagingPlan(
      out,
      write.map(({ entry }) => entry.path),
    );
    for (const folder of new Set(staged.map((path) => dirname(join(out, STAGING, path))))) makeOpenFolder(folder);
    let done = 0;
    await inParallel(write, WIDTH, async ({ entry }, index) => {
      await stage(join(out, STAGING, staged[index] ?? ''), entry);
      done += 1;
      onWritten(done, entry.path);
    });
    for (const path of early) removePath(join(out, path));
    for (const { from, to } of moves) place(out, join(out, STAGING, from), to);
    for (const path of remove) if (!early.has(path)) removeFile(out, path);
    return new Map(write.map(({ entry: { path } }) => [path, stampOf(join(out, path))]));
  } catch (error) {
    throw outputError(error, out);
  } finally {
    await unlock();
  }
}

/** Stale files where a folder must be. */
function inTheWay({ write, remove }: BuildPlan): ReadonlySet<string> {
  const folders = new Set<string>();
  for (const { entry } of write) {
    for (let folder = dirname(entry.path); folder !== '.' && !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
  }
  return new Set(remove.filter((path) => folders.has(path)));
}

/** Short calls are synchronous here: a thousand of them through the thread pool take several times as long. */
async function stage(path: string, entry: Entry): Promise<void> {
  const file = openSync(path, 'wx', 0o644);
  let size = 0;
  try {
    for await (const chunk of entry.open()) {
      writeFileSync(file, chunk);
      size += chunk.byteLength;
    }
    // Hosts serve what others may read, whatever the umask of whoever builds.
    fchmodSync(file, 0o644);
  } finally {
    closeSync(file);
  }
  if (size !== entry.size) {
    throw new PackyardError({
      code: 'cache-corrupt',
      message: `${entry.path} should have ${entry.size} bytes but has ${size}.`,
      hint: 'Run `packyard cache clear` and build again.',
    });
  }
}

function place(out: string, staged: string, path: string): void {
  const target = join(out, path);
  makeOpenFolder(dirname(target));
  try {
    moveNow(staged, target);
  } catch (error) {
    // A file that cannot be replaced, because somebody reads it on Windows, must not go before the new one is there.
    if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory() !== true) throw error;
    // A directory that is in the way here holds nothing that is wanted.
    rmSync(target, { recursive: true, force: true });
    moveNow(staged, target);
  }
}

/** Removes a file and the folders that it leaves empty. */
function removeFile(out: string, path: string): void {
  removePath(join(out, path));
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(out, folder));
    } catch {
      return;
    }
  }
}

/** Removes a file, a link or an empty folder. Below what has become a file there is nothing left to remove. */
function removePath(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (error) {
    if (systemCode(error) === 'ERR_FS_EISDIR') rmdirSync(path);
    else if (systemCode(error) !== 'ENOTDIR') throw error;
  }
}
