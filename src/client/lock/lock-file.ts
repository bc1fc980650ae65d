import { randomUUID } from 'node:crypto';
import { lstat, open, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { decodeText } from '../../pack/text.ts';
import { move } from '../../remote/move.ts';
import { readSmallFile } from '../../remote/read-small-file.ts';
import type { PackyardLock } from './packyard-lock.ts';
import { parseLock } from './parse-lock.ts';

/** Room for 20,000 packs. */
const MOST_BYTES = 8_388_608;

/** A lock as it was read. */
export interface LockFile {
  readonly lock: PackyardLock;
  /** With line feeds only, as `lockText` makes it. */
  readonly text: string;
}

/** Reads a lock file; undefined where there is none. Rejects with `lock-invalid`. */
export async function readLockFile(file: string): Promise<LockFile | undefined> {
  const bytes = await bytesOf(file);
  if (bytes === undefined) return undefined;
  const decoded = decodeText(bytes);
  if (!('text' in decoded)) throw unreadable(file, `its byte ${decoded.badOffset} is not UTF-8`);
  // Git may have checked it out with the line ends of this platform.
  const text = decoded.text.replace(/^\uFEFF/u, '').replaceAll('\r\n', '\n');
  return { lock: await parseLock(text, file), text };
}

async function bytesOf(file: string): Promise<Buffer | undefined> {
  try {
    const bytes = await readSmallFile(file, MOST_BYTES);
    if (bytes === 'special') throw unreadable(file, 'it is no file');
    if (bytes === 'too-large') throw unreadable(file, `it is larger than ${formatBytes(MOST_BYTES)}`);
    return bytes;
  } catch (error) {
    if (error instanceof PackyardError) throw error;
    const code = systemCode(error);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    if (code === 'EISDIR') throw unreadable(file, 'it is no file');
    throw unreadable(file, code ?? 'unknown error', error);
  }
}

/**
 * Writes a file beside `packyard.json` in one step: who reads it sees it as it was, or as it is to be. A file keeps
 * its mode; a link is replaced, because a repository may have it lead anywhere. Rejects with `output-unwritable`.
 */
export async function replaceFile(file: string, text: string): Promise<void> {
  const staged = join(dirname(file), `.${basename(file)}-${randomUUID()}.tmp`);
  let handle: FileHandle | undefined;
  try {
    const there = await lstat(file).catch(() => undefined);
    handle = await open(staged, 'wx', 0o666);
    if (there?.isFile() === true) await handle.chmod(there.mode & 0o777);
    await handle.writeFile(text);
    await handle.sync();
    await handle.close();
    await move(staged, file);
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await rm(staged, { force: true }).catch(() => undefined);
    throw new PackyardError({
      code: 'output-unwritable',
      message: `${file} cannot be written (${systemCode(error) ?? 'unknown error'}).`,
      hint: 'Look at the rights of the file and its folder, and at the space on the disk; it is as it was.',
      cause: error,
    });
  }
}

function unreadable(file: string, reason: string, cause?: unknown): PackyardError {
  return new PackyardError({
    code: 'lock-invalid',
    message: `${file} cannot be read: ${reason}.`,
    hint: 'Take it from Git as it was, or remove it and run "packyard lock", which chooses anew.',
    cause,
  });
}
