import { createHash, type Hash } from 'node:crypto';
import { chmodSync, closeSync, createReadStream, fchmodSync, openSync, writeSync } from 'node:fs';
import { rm } from 'node:fs/promises';

import { systemCode } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import { otherBytes, tooLarge } from '../../remote/file-failures.ts';
import { FileProblem } from '../../remote/registry-files.ts';
import type { MirrorFile } from './mirror-file.ts';
import { MISSING, type MirrorSource } from './mirror-source.ts';

/** Hosts serve what others may read, whatever the umask of whoever mirrors. */
const OPEN = 0o644;

/** Called with how many bytes came since the last call. */
export type OnBytes = (count: number) => void;

/**
 * Fetches a file into `part` while it is hashed, and goes on where an earlier run was stopped. Resolves when all of it is
 * there and right. Rejects with `registry-damaged` or `registry-changed` where the source has other bytes, of which
 * nothing stays; what came of a file whose rest did not come stays for the next run.
 */
export async function download(source: MirrorSource, file: MirrorFile, part: string, onBytes: OnBytes): Promise<void> {
  const known = await readPart(part, file);
  if (known.size > 0 && known.hash.copy().digest('hex') === file.sha256) {
    chmodSync(part, OPEN);
    return;
  }
  const problem = await receive(source, file, part, known, onBytes);
  if (problem === undefined) return;
  await rm(part, { force: true });
  // What was known of it may have been of another file, or not have reached the disk.
  if (known.size > 0) await download(source, file, part, onBytes);
  else throw await source.failure(file.from ?? file.path, problem);
}

interface Known {
  readonly hash: Hash;
  readonly size: number;
}

/** What an earlier run left of a file; nothing where it cannot be the beginning of it. */
async function readPart(part: string, { size }: MirrorFile): Promise<Known> {
  const hash = createHash('sha256');
  let read = 0;
  try {
    for await (const chunk of createReadStream(part) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      read += chunk.length;
    }
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
    return { hash, size: 0 };
  }
  if (read <= (size ?? LIMITS.publishedFileBytes)) return { hash, size: read };
  await rm(part, { force: true });
  return { hash: createHash('sha256'), size: 0 };
}

/** In which way the file is not what it should be; undefined where it is. */
async function receive(
  source: MirrorSource,
  { path, from: origin = path, sha256, size }: MirrorFile,
  part: string,
  { hash, size: from }: Known,
  onBytes: OnBytes,
): Promise<string | undefined> {
  const most = size ?? LIMITS.publishedFileBytes;
  let total = from;
  const file = openSync(part, 'a', OPEN);
  try {
    for await (const chunk of source.stream(origin, most, from)) {
      hash.update(chunk);
      writeAll(file, chunk);
      total += chunk.byteLength;
      onBytes(chunk.byteLength);
    }
    fchmodSync(file, OPEN);
  } catch (error) {
    if (!(error instanceof FileProblem)) throw error;
    if (error.problem === 'missing') return MISSING;
    return size === undefined
      ? `is not taken: ${tooLarge(most)}`
      : `is larger than the ${formatBytes(size)} that were published`;
  } finally {
    closeSync(file);
  }
  if (size !== undefined && total < size) return `has ${total} of the ${size} bytes that were published`;
  const found = hash.digest('hex');
  return found === sha256 ? undefined : otherBytes(sha256, found);
}

/** A full disk may take a part of the bytes only. */
function writeAll(file: number, bytes: Uint8Array): void {
  for (let written = 0; written < bytes.byteLength;) written += writeSync(file, bytes, written);
}
