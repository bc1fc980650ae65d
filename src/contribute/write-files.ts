import { existsSync, readFileSync, rmdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';

import { applyChange, obstacle } from '../build/work-tree-files.ts';
import type { FileChange } from '../check/fix/file-changes.ts';
import { PackyardError, systemCode } from '../errors.ts';
import { foldedPath, notPortable } from '../model/portable-path.ts';
import { linkStats } from '../remote/link-stats.ts';
import { makeFolder } from '../remote/make-folder.ts';

/** A file that is to be there and was not before. Its path starts at the folder that is written to, with `/`. */
export function newFile(path: string, data: Buffer | string, executable = false): FileChange {
  return { path, kind: 'write', executable, data: typeof data === 'string' ? Buffer.from(data) : data };
}

/**
 * Brings changes to a folder, which is made where it is missing. All are looked at before the first is made, nothing that
 * the plan does not know is overwritten, and no link is followed. When one fails, the files that were new are removed
 * again, and others are what they were. Throws `output-unwritable`.
 */
export function writeFiles(root: string, changes: readonly FileChange[]): void {
  const seen = new Set<string>();
  const obstacles = changes.flatMap((change) => {
    const reason = badPath(change.path, seen) ?? obstacle(root, change);
    return reason === undefined ? [] : [`${change.path}: ${reason}`];
  });
  if (obstacles.length > 0) throw inTheWay(root, obstacles);
  const made: string[] = [];
  const folders: string[] = [];
  const changed: Changed[] = [];
  try {
    for (const change of changes) {
      const folder = makeFolder(dirname(join(root, change.path)));
      if (folder !== undefined) folders.push(folder);
      if (change.kind === 'write' && change.before === undefined) made.push(join(root, change.path));
      else if (existsSync(join(root, change.path))) changed.push(asItIs(join(root, change.path)));
      applyChange(root, change);
    }
  } catch (error) {
    restore(changed);
    undo(made, folders);
    throw failed(root, error);
  }
}

/** Whoever plans has looked at paths already; what is written must not depend on that. */
function badPath(path: string, seen: Set<string>): string | undefined {
  const reason = notPortable(path);
  if (reason !== undefined) return reason;
  const folded = foldedPath(path);
  if (seen.has(folded)) return 'it would be written twice';
  seen.add(folded);
  return undefined;
}

function failed(root: string, cause: unknown): PackyardError {
  const reason = cause instanceof PackyardError ? systemCode(cause.cause) : systemCode(cause);
  if (['ENOTDIR', 'EEXIST'].includes(reason ?? '') && linkStats(root) === undefined) {
    return new PackyardError({
      code: 'output-unwritable',
      message: `${root} cannot be made: a file is where a folder above it should be. Nothing was written.`,
      hint: 'Choose another folder, or move the file out of the way.',
      cause,
    });
  }
  return new PackyardError({
    code: 'output-unwritable',
    message: `${root} could not be written to (${reason ?? 'unknown error'}), and is as it was before.`,
    hint: 'Look at the rights of the folder and the room on its disk.',
    cause,
  });
}

/** A file that was there before. */
interface Changed {
  readonly path: string;
  readonly data: Buffer;
  readonly mode: number;
}

function asItIs(path: string): Changed {
  return { path, data: readFileSync(path), mode: statSync(path).mode & 0o777 };
}

function restore(changed: readonly Changed[]): void {
  for (const { path, data, mode } of changed) {
    try {
      if (existsSync(path) && readFileSync(path).equals(data)) continue;
      writeFileSync(path, data, { mode });
    } catch {
      // What made the change fail can be in the way of this too.
    }
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
      if (folder.startsWith(`${outermost}${sep}`)) inside.add(folder);
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
