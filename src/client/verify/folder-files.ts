import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import { startSha256 } from '../../remote/sha256.ts';

/** What a folder has at a path that something is expected at. */
export interface FolderEntry {
  /** From the folder, with `/`. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'link' | 'special';
}

/** Neither follows a link nor waits for somebody to write into a pipe, where the system knows how. */
const FLAGS: number =
  constants.O_RDONLY |
  ((constants as Partial<typeof constants>).O_NOFOLLOW ?? 0) |
  ((constants as Partial<typeof constants>).O_NONBLOCK ?? 0);

const CHUNK = 1_048_576;

/**
 * Everything in a folder, links not followed; into folders that `isWanted` does not want it is not looked. Rejects with
 * a system error where a folder cannot be read.
 */
export async function* folderEntries(
  folder: string,
  isWanted: (path: string) => boolean,
  signal?: AbortSignal,
): AsyncGenerator<FolderEntry> {
  const folders = [''];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    for (const entry of await readdir(join(folder, at), { withFileTypes: true })) {
      signal?.throwIfAborted();
      const path = at === '' ? entry.name : `${at}/${entry.name}`;
      if (entry.isDirectory() && isWanted(path)) folders.push(path);
      else if (entry.isDirectory()) {
        // No archive has empty folders, so that they are no difference.
        if (await holdsAny(join(folder, path))) yield { path, kind: 'folder' };
      } else if (entry.isSymbolicLink()) yield { path, kind: 'link' };
      else yield { path, kind: entry.isFile() ? 'file' : 'special' };
    }
  }
}

async function holdsAny(folder: string): Promise<boolean> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    if (!entry.isDirectory() || (await holdsAny(join(folder, entry.name)))) return true;
  }
  return false;
}

export interface HashedFile {
  readonly size: number;
  /** Absent where the size is not the one that was expected. */
  readonly sha256?: string;
  /** By its owner. */
  readonly executable: boolean;
}

/** Reads a file of a folder; a link is none. Throws a system error. */
export async function hashFolderFile(path: string, expectedSize: number): Promise<HashedFile> {
  const file = openSync(path, FLAGS);
  try {
    const stats = fstatSync(file);
    const executable = (stats.mode & 0o100) !== 0;
    if (stats.size !== expectedSize) return { size: stats.size, executable };
    const hash = startSha256();
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, expectedSize + 1));
    for (let length = readSync(file, chunk); length > 0; length = readSync(file, chunk)) {
      hash.update(chunk.subarray(0, length));
    }
    return { size: stats.size, sha256: await hash.hex(), executable };
  } finally {
    closeSync(file);
  }
}
