import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

import { systemCode } from '../errors.ts';
import { compareUtf8 } from '../model/compare-utf8.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { LIMITS } from '../model/limits.ts';
import type { PackFile, PackFiles } from './pack.ts';
import { tarEntries } from './tar-entries.ts';
import { BLOCK } from './tar-header.ts';

/** What an archive holds, or why it cannot be read. */
export type ArchiveFiles = { readonly files: PackFiles } | { readonly reason: string };

/** Bounds on what an archive may hold. */
export interface ArchiveLimits {
  /** Bytes of the tar. */
  readonly bytes: number;
  readonly entries: number;
}

/** Room for the largest pack, with a header and an extended one for each of its files. */
const ARCHIVE_LIMITS: ArchiveLimits = {
  bytes: LIMITS.packBytes + LIMITS.packFiles.entries * 4 * BLOCK,
  entries: LIMITS.packFiles.entries,
};

/**
 * Reads the archive of a release in memory, as its paths are below the folder `root`. Nothing of it is written anywhere.
 * An error of the stream itself is passed on.
 */
export async function archiveFiles(
  archive: AsyncIterable<Uint8Array>,
  root: string,
  limits: ArchiveLimits = ARCHIVE_LIMITS,
): Promise<ArchiveFiles> {
  const expanded = await expand(archive, limits.bytes);
  if ('reason' in expanded) return expanded;
  const files: PackFile[] = [];
  try {
    for (const { path, executable, data } of tarEntries(expanded.tar)) {
      if (!path.startsWith(`${root}/`)) return { reason: `${JSON.stringify(path)} does not lie in ${root}` };
      if (files.length === limits.entries) return { reason: `it holds more than ${limits.entries} files` };
      files.push({ path: path.slice(root.length + 1), executable, data });
    }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : String(error) };
  }
  files.sort((a, b) => compareUtf8(a.path, b.path));
  return { files: new Map(files.map((file) => [file.path, file])) };
}

class TooLarge extends Error {}

async function expand(
  archive: AsyncIterable<Uint8Array>,
  limit: number,
): Promise<{ readonly tar: Buffer } | { readonly reason: string }> {
  const chunks: Buffer[] = [];
  let size = 0;
  try {
    await pipeline(archive, createGunzip({ chunkSize: 262_144 }), async (tar: AsyncIterable<Buffer>) => {
      for await (const chunk of tar) {
        size += chunk.length;
        if (size > limit) throw new TooLarge(`it expands to more than ${formatBytes(limit)}`);
        chunks.push(chunk);
      }
    });
  } catch (error) {
    // Anything but zlib's own complaint, such as a lost connection, is not the archive's fault.
    if (error instanceof TooLarge || (error instanceof Error && systemCode(error)?.startsWith('Z_') === true))
      return { reason: error.message };
    throw error;
  }
  return { tar: Buffer.concat(chunks, size) };
}
