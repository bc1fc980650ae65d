import { createHash } from 'node:crypto';
import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { compareUtf8 } from '../../model/compare-utf8.ts';
import { composedPaths } from './composed-paths.ts';
import type { ArchiveFile } from './read-archive.ts';

/** In what a folder differs from an archive: paths in it, in their order. */
export interface FolderDifference {
  readonly changed: readonly string[];
  /** In the folder only; each list ends at a thousand. */
  readonly added: readonly string[];
  readonly missing: readonly string[];
}

const CHUNK = 1_048_576;

/** A folder that was named by mistake may hold anything. */
const MOST_ADDED = 1000;

/** Neither follows a link nor waits for somebody to write into a pipe, where the system knows how. */
const FLAGS =
  constants.O_RDONLY |
  ((constants as Partial<typeof constants>).O_NOFOLLOW ?? 0) |
  ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0);

/**
 * Compares what is in a folder with the files of an archive: content, and on systems that know it whether its owner may
 * execute a file. Links in it are never followed: they are changes. Empty folders are none. Rejects with a system error
 * where something cannot be read, and with the reason of the signal.
 */
export async function compareFolder(
  folder: string,
  files: readonly ArchiveFile[],
  signal?: AbortSignal,
): Promise<FolderDifference> {
  const expected = new Map(files.map((file) => [file.path, file]));
  const inArchive = composedPaths(expected.keys());
  const changed: string[] = [];
  const added: string[] = [];
  const seen = new Set<string>();
  const folders = [''];
  for (let at = folders.pop(); at !== undefined && added.length < MOST_ADDED; at = folders.pop()) {
    for (const entry of await readdir(join(folder, at), { withFileTypes: true })) {
      signal?.throwIfAborted();
      const path = inArchive(at === '' ? entry.name : `${at}/${entry.name}`);
      const file = expected.get(path);
      if (file === undefined && entry.isDirectory()) folders.push(path);
      else if (file === undefined) added.push(path);
      else {
        seen.add(path);
        if (!entry.isFile() || !isSame(join(folder, path), file)) changed.push(path);
      }
    }
  }
  const missing = added.length < MOST_ADDED ? files.map(({ path }) => path).filter((path) => !seen.has(path)) : [];
  return { changed: changed.toSorted(compareUtf8), added: added.toSorted(compareUtf8), missing };
}

function isSame(path: string, { size, sha256, executable }: ArchiveFile): boolean {
  const file = openSync(path, FLAGS);
  try {
    const stats = fstatSync(file);
    if (!stats.isFile() || stats.size !== size) return false;
    if (process.platform !== 'win32' && ((stats.mode & 0o100) !== 0) !== executable) return false;
    const hash = createHash('sha256');
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, size + 1));
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, length));
    }
    return hash.digest('hex') === sha256;
  } finally {
    closeSync(file);
  }
}
