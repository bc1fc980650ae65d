import { lstatSync, readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

import { systemCode } from '../errors.ts';
import { isOwnPath } from './own-path.ts';

/** What tells cheaply whether a file is still the one that was written, as Git's index does. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
}

/** Every regular file of the registry in an output directory with its stamp; anything else (a link, a socket, an empty folder) has none. */
export type OutputFiles = ReadonlyMap<string, FileStamp | undefined>;

/** Folder of files that are on their way; below the output, so that renaming them is one step. */
export const STAGING = '.packyard';

/**
 * Lists what a directory has of a registry's layout by relative paths with `/`, and does not look into anything else;
 * a directory that does not exist is empty. Synchronous, because a
 * thousand `lstat` calls take a few milliseconds this way and ten times that through the thread pool.
 */
export function outputFiles(out: string): OutputFiles {
  const files = new Map<string, FileStamp | undefined>();
  const waiting = [''];
  for (let prefix = waiting.pop(); prefix !== undefined; prefix = waiting.pop()) {
    const entries = entriesOf(join(out, prefix));
    if (entries.length === 0 && prefix !== '') files.set(prefix.slice(0, -1), undefined);
    for (const entry of entries) {
      const path = prefix + entry.name;
      if (!isOwnPath(path)) continue;
      if (entry.isDirectory()) waiting.push(`${path}/`);
      else addFile(files, path, entry.isFile() ? join(out, path) : undefined);
    }
  }
  return files;
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

export function stampOf(path: string): FileStamp {
  const { size, mtimeMs, ctimeMs, ino } = lstatSync(path);
  return { size, mtimeMs, ctimeMs, inode: ino };
}

export function sameStamp(a: FileStamp, b: FileStamp): boolean {
  return a.size === b.size && a.mtimeMs === b.mtimeMs && a.ctimeMs === b.ctimeMs && a.inode === b.inode;
}

export function sameFiles(a: OutputFiles, b: OutputFiles): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([path, stamp]) => {
    const other = b.get(path);
    return stamp === undefined || other === undefined ? b.has(path) && stamp === other : sameStamp(stamp, other);
  });
}
