import { chmodSync, mkdirSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';

import { systemCode } from '../errors.ts';

export interface MakeFolderOptions {
  /** Of the folders that are made; 0777 less the umask unless told. */
  readonly mode?: number;
}

/** How often somebody may remove a folder that was there a moment ago. */
const TRIES = 5;

/**
 * Makes a folder and those above it that are missing, and gives the outermost that was made; undefined where all were
 * there. As `mkdir` with `recursive` does, but that never returns where none can be made though the one above is there,
 * as in /proc. Throws a system error.
 */
export function makeFolder(folder: string, { mode = 0o777 }: MakeFolderOptions = {}): string | undefined {
  return made(resolve(folder), mode);
}

/** The same, open to all readers whatever the umask. */
export function makeOpenFolder(folder: string): void {
  const path = resolve(folder);
  const first = makeFolder(path);
  if (first === undefined) return;
  for (let each = path; each.length >= first.length; each = dirname(each)) chmodSync(each, 0o755);
}

function made(folder: string, mode: number): string | undefined {
  let first: string | undefined;
  for (let tried = 1; ; tried += 1) {
    try {
      mkdirSync(folder, { mode });
      return first ?? folder;
    } catch (error) {
      if (isFolder(folder)) return first;
      if (systemCode(error) !== 'ENOENT' || dirname(folder) === folder || tried === TRIES) throw error;
      first = made(dirname(folder), mode) ?? first;
    }
  }
}

function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    return false;
  }
}
