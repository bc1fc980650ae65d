import { createHash } from 'node:crypto';
import { constants, realpathSync, type Stats } from 'node:fs';
import { lstat, open, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';

import { systemCode } from '../../errors.ts';
import type { Entry } from '../../model/entry.ts';
import { mediaTypeOf } from '../../model/media-type.ts';
import { cachingOf } from '../../model/path-caching.ts';

/** A file of a folder as it was when it was asked for, though another takes its place meanwhile. */
export interface ServedFile extends Pick<Entry, 'path' | 'mediaType' | 'cache' | 'sha256' | 'size'> {
  /** Streams some of its bytes. Once; closes it. */
  read(start: number, end: number): AsyncIterable<Uint8Array>;
  close(): Promise<void>;
}

/** Hashes of files by what tells cheaply whether they are still the same. */
export type KnownHashes = Map<string, { readonly stamp: string; readonly sha256: string }>;

/** Neither follows a link nor waits for somebody to write into a pipe, where the system knows how. */
const FLAGS = constants.O_RDONLY | flag('O_NOFOLLOW') | flag('O_NONBLOCK');

function flag(name: 'O_NOFOLLOW' | 'O_NONBLOCK'): number {
  return (constants as Partial<Record<typeof name, number>>)[name] ?? 0;
}

const CHUNK = 262_144;

/**
 * Opens a file below a folder, which must be a real path; `path` must be one that a registry can have. Undefined where
 * there is no plain file, or one behind a link.
 */
export async function openServedFile(root: string, path: string, known: KnownHashes): Promise<ServedFile | undefined> {
  const handle = await opened(root, path);
  if (handle === undefined) return undefined;
  try {
    const stats = await handle.stat();
    if (!stats.isFile()) {
      await handle.close();
      return undefined;
    }
    const { size } = stats;
    return {
      path,
      mediaType: mediaTypeOf(path),
      cache: cachingOf(path),
      sha256: await hashOf(handle, path, stats, known),
      size,
      read: (start, end) => closing(handle, start, end),
      close: () => handle.close(),
    };
  } catch (error) {
    await handle.close();
    throw error;
  }
}

/** What is not there, and what there may not be; everything else is a failure. */
const ABSENT = new Set(['ENOENT', 'ENOTDIR', 'ENAMETOOLONG', 'ELOOP', 'EISDIR', 'ENXIO']);

async function opened(root: string, path: string): Promise<FileHandle | undefined> {
  const full = join(root, ...path.split('/'));
  try {
    // A file system that ignores case has it under one name only.
    if (!(await lstat(full)).isFile() || realpathSync.native(full) !== full) return undefined;
    return await open(full, FLAGS);
  } catch (error) {
    if (ABSENT.has(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

async function hashOf(handle: FileHandle, path: string, stats: Stats, known: KnownHashes): Promise<string> {
  const stamp = `${stats.size} ${stats.mtimeMs} ${stats.ctimeMs} ${stats.ino}`;
  const before = known.get(path);
  if (before?.stamp === stamp) return before.sha256;
  const hash = createHash('sha256');
  for await (const chunk of chunks(handle, 0, stats.size)) hash.update(chunk);
  const sha256 = hash.digest('hex');
  known.set(path, { stamp, sha256 });
  return sha256;
}

async function* closing(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  try {
    yield* chunks(handle, start, end);
  } finally {
    await handle.close();
  }
}

async function* chunks(handle: FileHandle, start: number, end: number): AsyncGenerator<Uint8Array> {
  for (let position = start; position < end;) {
    const chunk = Buffer.allocUnsafe(Math.min(CHUNK, end - position));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length, position);
    if (bytesRead === 0) throw new Error('the file became shorter while it was read');
    position += bytesRead;
    yield chunk.subarray(0, bytesRead);
  }
}
