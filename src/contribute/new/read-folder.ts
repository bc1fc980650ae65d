import { lstatSync, readdirSync, readFileSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import { foldedPath, notPortable } from '../../model/portable-path.ts';
import type { PackFile } from '../../pack/pack.ts';

export interface ReadFolderOptions {
  /** What the folder is to be, for messages: `role`. */
  readonly what: string;
  /** Whether something is left out, by its path from the folder, with `/`; a folder's ends with one. */
  readonly isLeftOut: (path: string) => boolean;
}

/**
 * The files of a folder, ordered by path. No link is followed. Rejects with `usage` for what no pack may hold, such as
 * links and names that some system cannot have, and with `file-too-large`.
 */
export function readFolder(folder: string, options: ReadFolderOptions): PackFile[] {
  const files: PackFile[] = [];
  const folded = new Map<string, string>();
  let bytes = 0;
  const visit = (inside: string, level: number): void => {
    for (const entry of entriesOf(join(folder, inside), options.what)) {
      const path = `${inside}${entry.name}`;
      if (options.isLeftOut(entry.isDirectory() ? `${path}/` : path)) continue;
      requireSound(folder, path, entry, options.what);
      const other = folded.get(foldedPath(path));
      if (other !== undefined)
        throw refused(`${join(folder, path)} and ${other} are one name where case does not count.`, 'Rename one.');
      folded.set(foldedPath(path), path);
      if (folded.size > LIMITS.packFiles.entries || level > LIMITS.packFiles.levels)
        throw tooMuch(folder, options.what);
      if (entry.isDirectory()) visit(`${path}/`, level + 1);
      else {
        const file = readOne(join(folder, path), path, LIMITS.packBytes - bytes, options.what);
        bytes += file.data.length;
        files.push(file);
      }
    }
  };
  visit('', 1);
  return files.toSorted((a, b) => compareUtf8(a.path, b.path));
}

function entriesOf(folder: string, what: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch (error) {
    const code = systemCode(error) ?? 'unknown error';
    const reason = { ENOENT: 'is not there', ENOTDIR: 'is no folder', EACCES: 'may not be read' }[code];
    throw refused(`The ${what} ${folder} ${reason ?? `cannot be read (${code})`}.`, `Name the folder of the ${what}.`);
  }
}

function requireSound(folder: string, path: string, entry: Dirent, what: string): void {
  const shown = join(folder, path);
  if (entry.isSymbolicLink()) {
    throw refused(`${shown} is a symbolic link, which no release can hold.`, `Put a file in its place in the ${what}.`);
  }
  if (!entry.isFile() && !entry.isDirectory()) throw refused(`${shown} is neither a file nor a folder.`, 'Remove it.');
  const reason = notPortable(path);
  if (reason !== undefined) throw refused(`${shown} cannot be part of a pack: ${reason}.`, 'Rename it.');
}

function readOne(file: string, path: string, room: number, what: string): PackFile {
  const stats = lstatSync(file);
  if (stats.size > Math.min(room, LIMITS.fileBytes)) {
    throw new PackyardError({
      code: 'file-too-large',
      message: `The ${what} is too large for a pack: ${file} has ${formatBytes(stats.size)}.`,
      hint: 'Leave out what nobody installs.',
    });
  }
  try {
    const data = readFileSync(file);
    return { path, executable: isExecutable(stats.mode, data), data };
  } catch (error) {
    throw refused(
      `${file} cannot be read (${systemCode(error) ?? 'unknown error'}).`,
      'Look at the rights of the file.',
    );
  }
}

/** Where files have no modes, the first line of a program says what it is. */
export function isExecutable(mode: number, data: Buffer, platform: NodeJS.Platform = process.platform): boolean {
  return platform === 'win32' ? data.subarray(0, 2).toString('latin1') === '#!' : (mode & 0o111) !== 0;
}

function tooMuch(folder: string, what: string): PackyardError {
  const { entries, levels } = LIMITS.packFiles;
  return refused(
    `The ${what} ${folder} has more than ${entries} files or ${levels} levels of folders.`,
    'Is it the folder that you meant?',
  );
}

function refused(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
