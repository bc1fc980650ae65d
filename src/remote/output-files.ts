import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

import { systemCode } from '../errors.ts';
import { sha256 } from '../model/content.ts';
import { isBuiltPath } from '../model/own-path.ts';

/** What tells cheaply whether a file is still the one that was written, as Git's index does. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
}

/** Files by path with their stamps; anything but a regular file (a link, a socket, an empty folder) has none. */
export type OutputFiles = ReadonlyMap<string, FileStamp | undefined>;

/** What an output directory has of a registry's layout. */
export interface OutputListing {
  /** Folders below `packs/`, by name. */
  readonly packs: ReadonlyMap<string, PackFolder>;
  /** Everything else. */
  readonly shared: OutputFiles;
}

export interface PackFolder {
  /** Hash of the folder's paths and stamps: where it is the same, so is every file. */
  readonly digest: string;
  /** Of `index.json`, which every build that changes the pack replaces. */
  readonly pointer: FileStamp | undefined;
}

/** Folder of files that are on their way; below the output, so that renaming them is one step. */
export const STAGING = '.packyard';

/**
 * Lists what a directory has of a registry's layout, and does not look into anything else; a directory that does not exist
 * is empty. Of packs only a digest is kept, because there can be a hundred thousand releases. Synchronous, because a
 * thousand `lstat` calls take a few milliseconds this way and ten times that through the thread pool.
 */
export function listOutput(out: string): OutputListing {
  const packs = new Map<string, PackFolder>();
  const shared = new Map<string, FileStamp | undefined>();
  for (const entry of entriesOf(out)) {
    if (!isBuiltPath(entry.name)) continue;
    if (entry.name !== PACKS || !entry.isDirectory()) addAll(shared, out, entry.name, entry);
    else addPacks(packs, shared, out);
  }
  return { packs, shared };
}

const PACKS = 'packs';

function addPacks(packs: Map<string, PackFolder>, shared: Map<string, FileStamp | undefined>, out: string): void {
  const entries = entriesOf(join(out, PACKS));
  if (entries.length === 0) shared.set(PACKS, undefined);
  for (const entry of entries) {
    if (!entry.isDirectory()) addAll(shared, out, `${PACKS}/${entry.name}`, entry);
    else {
      const files = packFiles(out, entry.name);
      packs.set(entry.name, { digest: digestOf(files), pointer: files.get(pointerOf(entry.name)) });
    }
  }
}

/** Path of what every build that changes a pack replaces. */
function pointerOf(name: string): string {
  return `${PACKS}/${name}/index.json`;
}

/** Every file below a pack's folder, which must be one. */
export function packFiles(out: string, name: string): OutputFiles {
  const files = new Map<string, FileStamp | undefined>();
  addBelow(files, out, `${PACKS}/${name}`);
  return files;
}

/** A hash of paths and stamps, in whatever order they are. */
export function digestOf(files: OutputFiles): string {
  const lines = [...files].map(([path, stamp]) =>
    stamp === undefined ? `${path}\0` : `${path}\0${stamp.size} ${stamp.mtimeMs} ${stamp.ctimeMs} ${stamp.inode}`,
  );
  return sha256(lines.toSorted().join('\n'));
}

/** Whether no other build has been at a directory since it was listed: each replaces at least one of these files. */
export function samePointers(out: string, { packs, shared }: OutputListing): boolean {
  const same = (path: string, stamp: FileStamp | undefined): boolean => {
    const now = stampAt(join(out, path));
    return stamp === undefined || now === undefined ? stamp === now : sameStamp(stamp, now);
  };
  return (
    MUTABLE.every((path) => same(path, shared.get(path))) &&
    [...packs].every(([name, { pointer }]) => same(pointerOf(name), pointer))
  );
}

const MUTABLE = ['index.json', 'search.json'];

function addBelow(files: Map<string, FileStamp | undefined>, out: string, folder: string): void {
  const entries = entriesOf(join(out, folder));
  if (entries.length === 0) files.set(folder, undefined);
  for (const entry of entries) addAll(files, out, `${folder}/${entry.name}`, entry);
}

function addAll(files: Map<string, FileStamp | undefined>, out: string, path: string, entry: Dirent): void {
  if (entry.isDirectory()) addBelow(files, out, path);
  else addFile(files, path, entry.isFile() ? join(out, path) : undefined);
}

/** A file that goes while the directory is listed is as good as one that never was there. */
function addFile(files: Map<string, FileStamp | undefined>, path: string, file: string | undefined): void {
  try {
    files.set(path, file === undefined ? undefined : stampOf(file));
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

function entriesOf(directory: string): Dirent[] {
  try {
    return readdirSync(directory, { withFileTypes: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined where there is no regular file. */
function stampAt(path: string): FileStamp | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true ? stampOf(path) : undefined;
}

export function stampOf(path: string): FileStamp {
  const { size, mtimeMs, ctimeMs, ino } = lstatSync(path);
  return { size, mtimeMs, ctimeMs, inode: ino };
}

export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.inode === b.inode;
}
