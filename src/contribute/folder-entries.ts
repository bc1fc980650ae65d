import { readdirSync, type Dirent } from 'node:fs';
import { join } from 'node:path';

import { LIMITS } from '../model/limits.ts';
import { notPortable } from '../model/portable-path.ts';

/** Why a folder is not taken: something in it that no release can hold, or more of it than one may. */
export type FolderProblem = 'link' | 'special' | 'too-deep' | 'too-many' | { readonly name: string };

export interface FolderEntry {
  /** From the folder, with `/`. */
  readonly path: string;
  readonly isFolder: boolean;
}

export interface FolderEntriesOptions {
  /** Whether something is left out, by its path from the folder, with `/`; a folder's ends with one. */
  readonly isLeftOut: (path: string) => boolean;
  /** The error for what may not be there, in the words of who asks. */
  readonly refusal: (path: string, problem: FolderProblem) => Error;
}

/**
 * What is below a folder, less what is left out, in no order; a folder comes before what is in it. No link is followed.
 * Throws what `refusal` gives, and system errors.
 */
export function* folderEntries(folder: string, options: FolderEntriesOptions): Generator<FolderEntry> {
  const { isLeftOut, refusal } = options;
  const { entries, levels } = LIMITS.packFiles;
  let files = 0;
  function* visit(inside: string, level: number): Generator<FolderEntry> {
    for (const entry of readdirSync(join(folder, inside), { withFileTypes: true })) {
      const path = `${inside}${entry.name}`;
      const isFolder = entry.isDirectory();
      if (isLeftOut(isFolder ? `${path}/` : path)) continue;
      const problem = isFolder ? undefined : fileProblem(entry, path);
      if (problem !== undefined) throw refusal(path, problem);
      if (!isFolder) files += 1;
      if (files > entries) throw refusal(path, 'too-many');
      if (level > levels) throw refusal(path, 'too-deep');
      yield { path, isFolder };
      if (isFolder) yield* visit(`${path}/`, level + 1);
    }
  }
  yield* visit('', 1);
}

/** Names of folders are looked at with their files: one that holds none is in no release. */
function fileProblem(entry: Dirent, path: string): FolderProblem | undefined {
  if (entry.isSymbolicLink()) return 'link';
  if (!entry.isFile()) return 'special';
  const name = notPortable(path);
  return name === undefined ? undefined : { name };
}
