import { rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { applyChange, obstacle } from '../build/work-tree-files.ts';
import type { FileChange } from '../check/fix/file-changes.ts';
import { PackyardError } from '../errors.ts';
import { makeFolder } from '../remote/make-folder.ts';

/** A file that is to be there and was not before. Its path starts at the folder that is written to, with `/`. */
export function newFile(path: string, data: Buffer | string, executable = false): FileChange {
  return { path, kind: 'write', executable, data: typeof data === 'string' ? Buffer.from(data) : data };
}

/**
 * Brings changes to a folder, which is made where it is missing. All are looked at before the first is made, nothing that
 * the plan does not know is overwritten, and no link is followed. When one fails, the files that were new are removed
 * again. Throws `output-unwritable`.
 */
export function writeFiles(root: string, changes: readonly FileChange[]): void {
  const obstacles = changes.flatMap((change) => {
    const reason = obstacle(root, change);
    return reason === undefined ? [] : [`${change.path}: ${reason}`];
  });
  if (obstacles.length > 0) throw inTheWay(root, obstacles);
  const made: string[] = [];
  const folders: string[] = [];
  try {
    for (const change of changes) {
      const folder = makeFolder(dirname(join(root, change.path)));
      if (folder !== undefined) folders.push(folder);
      if (change.kind === 'write' && change.before === undefined) made.push(join(root, change.path));
      applyChange(root, change);
    }
  } catch (error) {
    undo(made, folders);
    throw error;
  }
}

/** Only what this made: a folder that somebody else put something into stays. */
function undo(made: readonly string[], folders: readonly string[]): void {
  for (const path of made) rmSync(path, { force: true });
  for (const folder of folders.toReversed()) removeEmpty(folder, made);
}

function removeEmpty(outermost: string, made: readonly string[]): void {
  const inside = new Set([outermost]);
  for (const path of made) {
    for (let folder = dirname(path); folder.length > outermost.length; folder = dirname(folder)) {
      if (folder.startsWith(outermost)) inside.add(folder);
    }
  }
  for (const folder of [...inside].toSorted((a, b) => b.length - a.length)) {
    try {
      rmdirSync(folder);
    } catch {
      // Not empty, or gone already.
    }
  }
}

/** Obstacles that a message names. */
const SHOWN = 5;

function inTheWay(root: string, obstacles: readonly string[]): PackyardError {
  const more = obstacles.length > SHOWN ? `, and ${obstacles.length - SHOWN} more` : '';
  return new PackyardError({
    code: 'output-unwritable',
    message: `${root} cannot take what is to be written: ${obstacles.slice(0, SHOWN).join('; ')}${more}. Nothing was written.`,
    hint: 'Move what is there out of the way, or choose another name or folder.',
  });
}
