import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import { foldedPath } from '../../model/portable-path.ts';
import type { PackFile } from '../../pack/pack.ts';
import { folderEntries, type FolderEntry, type FolderProblem } from '../folder-entries.ts';

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
  for (const { path, isFolder } of entriesOf(folder, options)) {
    const other = folded.get(foldedPath(path));
    if (other !== undefined)
      throw refused(`${join(folder, path)} and ${other} are one name where case does not count.`, 'Rename one.');
    folded.set(foldedPath(path), path);
    if (folded.size > LIMITS.packFiles.entries) throw tooMuch(folder, options.what);
    if (isFolder) continue;
    const file = readOne(join(folder, path), path, LIMITS.packBytes - bytes, options.what);
    bytes += file.data.length;
    files.push(file);
  }
  return files.toSorted((a, b) => compareUtf8(a.path, b.path));
}

/** A folder that cannot be listed is what the user is to hear of, not what the system says. */
function* entriesOf(folder: string, { what, isLeftOut }: ReadFolderOptions): Generator<FolderEntry> {
  try {
    yield* folderEntries(folder, { isLeftOut, refusal: (path, problem) => refusal(folder, path, problem, what) });
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof PackyardError || code === undefined) throw error;
    const unlisted = (error as NodeJS.ErrnoException).path ?? folder;
    const reason = { ENOENT: 'is not there', ENOTDIR: 'is no folder', EACCES: 'may not be read' }[code];
    throw refused(
      `The ${what} ${unlisted} ${reason ?? `cannot be read (${code})`}.`,
      `Name the folder of the ${what}.`,
    );
  }
}

function refusal(folder: string, path: string, problem: FolderProblem, what: string): PackyardError {
  const shown = join(folder, path);
  switch (problem) {
    case 'link':
      return refused(
        `${shown} is a symbolic link, which no release can hold.`,
        `Put a file in its place in the ${what}.`,
      );
    case 'special':
      return refused(`${shown} is neither a file nor a folder.`, 'Remove it.');
    case 'too-deep':
    case 'too-many':
      return tooMuch(folder, what);
    default:
      return refused(`${shown} cannot be part of a pack: ${problem.name}.`, 'Rename it.');
  }
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
