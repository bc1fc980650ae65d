import { chmodSync, copyFileSync, fchmodSync, openSync, closeSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { inParallel } from '../../model/in-parallel.ts';
import { makeOpenFolder } from '../../remote/make-folder.ts';
import { moveNow } from '../../remote/move.ts';
import { LOCK } from '../../remote/output-lock.ts';
import { STAGING, stampOf, type FileStamp } from '../../remote/output-files.ts';
import { download } from './download.ts';
import { PART } from './mirror-destination.ts';
import type { MirrorFile } from './mirror-file.ts';
import type { MirrorPlan, PlannedFile } from './mirror-plan.ts';
import type { MirrorSource } from './mirror-source.ts';

export interface ApplyOptions {
  /** Files that are fetched at once. */
  readonly width: number;
  readonly signal: AbortSignal | undefined;
  /** Called with how many files are on disk. */
  readonly onFile: (done: number, path: string) => void;
  /** Called with how many bytes came so far. */
  readonly onBytes: (bytes: number) => void;
}

/**
 * Brings the folder to the plan. What is new appears as soon as it is whole, because nothing leads to it yet; then what
 * takes the place of something, `index.json` last, and then what is stale goes. Stopped at any moment it leaves the old
 * registry or the new one. The folder is locked. Resolves with the stamps of what was written.
 */
export async function applyMirror(
  plan: MirrorPlan,
  source: MirrorSource,
  { width, signal, onFile, onBytes }: ApplyOptions,
): Promise<ReadonlyMap<string, FileStamp>> {
  const { destination, write, stale, prune } = plan;
  const staging = join(destination, STAGING);
  const inTheWay = obstacles(plan);
  const groups = groupsOf(write);
  await clean(staging, groups);
  for (const path of inTheWay) removeFile(destination, path);
  const late: Placed[] = [];
  let done = 0;
  let received = 0;
  await inParallel(groups, width, async ([first, ...copies], index) => {
    signal?.throwIfAborted();
    const part = join(staging, partName(first.file));
    await stage(source, first.file, part, (count) => {
      received += count;
      onBytes(received);
    });
    for (const [number, copy] of copies.entries()) {
      const staged = join(staging, `${index}-${number}`);
      copyFileSync(part, staged);
      chmodSync(staged, 0o644);
      placeOrWait({ staged, planned: copy }, destination, late);
    }
    placeOrWait({ staged: part, planned: first }, destination, late);
    for (const { file } of [...copies, first]) {
      done += 1;
      onFile(done, file.path);
    }
  });
  signal?.throwIfAborted();
  for (const { staged, planned } of late.toSorted(byAppearance)) place(staged, destination, planned.file.path);
  if (prune) for (const path of stale) if (!inTheWay.has(path)) removeFile(destination, path);
  return new Map(write.map(({ file: { path } }) => [path, stampOf(join(destination, path))]));
}

/** A file that is whole, and waits for its place. */
interface Placed {
  readonly staged: string;
  readonly planned: PlannedFile;
}

type Group = readonly [PlannedFile, ...PlannedFile[]];

/** Files of the same bytes, which are fetched once. */
function groupsOf(write: readonly PlannedFile[]): readonly Group[] {
  const groups = new Map<string, [PlannedFile, ...PlannedFile[]]>();
  for (const planned of write) {
    const group = groups.get(planned.file.sha256);
    if (group === undefined) groups.set(planned.file.sha256, [planned]);
    else group.push(planned);
  }
  return [...groups.values()];
}

function partName({ sha256 }: MirrorFile): string {
  return `${sha256}${PART}`;
}

/** Removes what an earlier run left and this one cannot go on with. */
async function clean(staging: string, groups: readonly Group[]): Promise<void> {
  const parts = new Set(groups.map(([{ file }]) => partName(file)));
  for (const name of await readdir(staging)) {
    if (name !== LOCK && !parts.has(name)) await rm(join(staging, name), { recursive: true, force: true });
  }
}

async function stage(
  source: MirrorSource,
  file: MirrorFile,
  part: string,
  onBytes: (count: number) => void,
): Promise<void> {
  if (file.bytes === undefined) await download(source, file, part, onBytes);
  else writeWhole(part, file.bytes);
}

function writeWhole(path: string, bytes: Uint8Array): void {
  const file = openSync(path, 'w', 0o644);
  try {
    writeFileSync(file, bytes);
    fchmodSync(file, 0o644);
  } finally {
    closeSync(file);
  }
}

function placeOrWait(placed: Placed, destination: string, late: Placed[]): void {
  const { file, reason } = placed.planned;
  if (reason === 'new' && file.role === 'immutable') place(placed.staged, destination, file.path);
  else late.push(placed);
}

const ROLES = { immutable: 0, stable: 1, index: 2 } as const;

function byAppearance({ planned: { file: a } }: Placed, { planned: { file: b } }: Placed): number {
  return ROLES[a.role] - ROLES[b.role];
}

function place(staged: string, destination: string, path: string): void {
  const target = join(destination, path);
  makeOpenFolder(dirname(target));
  moveNow(staged, target);
}

/** Stale files where folders must be, and folders of them where files must be. They go first, if they may. */
function obstacles({ destination, write, stale, prune }: MirrorPlan): ReadonlySet<string> {
  const paths = new Set(write.map(({ file }) => file.path));
  const folders = new Set<string>();
  for (const path of paths) {
    for (let folder = dirname(path); folder !== '.' && !folders.has(folder); folder = dirname(folder))
      folders.add(folder);
  }
  const inTheWay = stale.filter((path) => folders.has(path) || liesBelow(path, paths));
  const [first] = inTheWay;
  if (first === undefined || prune) return new Set(inTheWay);
  throw new PackyardError({
    code: 'output-unwritable',
    message: `${join(destination, first)} is in the way of what is to be mirrored.`,
    hint: 'Remove it, or mirror with --prune, which removes what does not belong to the registry.',
  });
}

function liesBelow(path: string, files: ReadonlySet<string>): boolean {
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) if (files.has(folder)) return true;
  return false;
}

/** Removes a file, a link or an empty folder, and the folders that this leaves empty. */
function removeFile(destination: string, path: string): void {
  try {
    rmSync(join(destination, path), { force: true });
  } catch (error) {
    if (systemCode(error) === 'ERR_FS_EISDIR') rmdirSync(join(destination, path));
    else if (systemCode(error) !== 'ENOTDIR') throw error;
  }
  for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) {
    try {
      rmdirSync(join(destination, folder));
    } catch {
      return;
    }
  }
}
