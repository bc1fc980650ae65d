import { lstatSync } from 'node:fs';
import { join } from 'node:path';

/** A file, or a folder that the output does not have yet, on its way from the staging folder into place. */
export interface Move {
  /** From the staging folder. */
  readonly from: string;
  /** From the output directory. */
  readonly to: string;
}

export interface StagingPlan {
  /** Where each file is staged, from the staging folder; in the order of the files. */
  readonly staged: readonly string[];
  /** What brings them all into place, one after the other. */
  readonly moves: readonly Move[];
}

/**
 * Where the files of an output are staged, by their paths in it in the order in which they are to appear. One by one they
 * are renamed into folders that are there; a folder that is not there is staged whole and renamed at once, when the last
 * of its files is to appear.
 */
export function stagingPlan(out: string, paths: readonly string[]): StagingPlan {
  const isThere = folderIsThere(out);
  const lastOf = new Map<string, number>();
  const folders = paths.map((path, index) => {
    const folder = outermostMissing(path, isThere);
    if (folder !== undefined) lastOf.set(folder, index);
    return folder;
  });
  const staged = paths.map((path, index) => {
    const folder = folders[index];
    return folder === undefined ? String(index) : `${lastOf.get(folder)}${path.slice(folder.length)}`;
  });
  const moves = paths.flatMap((path, index) => {
    const folder = folders[index];
    if (folder !== undefined && lastOf.get(folder) !== index) return [];
    return [{ from: String(index), to: folder ?? path }];
  });
  return { staged, moves };
}

function outermostMissing(path: string, isThere: (folder: string) => boolean): string | undefined {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
    const folder = path.slice(0, end);
    if (!isThere(folder)) return folder;
  }
  return undefined;
}

/** Looks at each folder once. */
function folderIsThere(out: string): (folder: string) => boolean {
  const known = new Map<string, boolean>();
  return (folder) => {
    const is = known.get(folder) ?? lstatSync(join(out, folder), { throwIfNoEntry: false })?.isDirectory() === true;
    known.set(folder, is);
    return is;
  };
}
