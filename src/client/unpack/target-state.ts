import { lstatSync, opendirSync, type Stats } from 'node:fs';
import { join, resolve } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { pathBelow } from '../../remote/path-below.ts';
import { writingError } from './writing-error.ts';

/** What is where something shall be installed. */
export type TargetState = 'absent' | 'empty' | 'folder';

/**
 * What a target is. Throws `output-foreign` where it is a link or no folder, and where a link lies on the way to it from
 * `directory`, which may be one itself; unless told, only the target is looked at.
 */
export function targetState(target: string, directory?: string): TargetState {
  try {
    if (directory !== undefined) requireNoLinks(target, directory);
    const stats = statsOf(target);
    if (stats === undefined) return 'absent';
    if (stats.isSymbolicLink()) throw foreign(target, 'is a symbolic link');
    if (!stats.isDirectory()) throw foreign(target, 'is not a folder');
    return isEmpty(target) ? 'empty' : 'folder';
  } catch (error) {
    throw writingError(error, target);
  }
}

function requireNoLinks(target: string, directory: string): void {
  const way = pathBelow(resolve(directory), resolve(target));
  if (way === undefined) throw foreign(target, `does not lie in ${directory}`);
  let path = resolve(directory);
  for (const name of way.split('/').slice(0, -1)) {
    path = join(path, name);
    const stats = statsOf(path);
    if (stats?.isSymbolicLink() === true) throw foreign(target, `lies behind ${path}, which is a symbolic link`);
  }
}

function statsOf(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  }
}

function isEmpty(folder: string): boolean {
  const entries = opendirSync(folder);
  try {
    return entries.readSync() === null;
  } finally {
    entries.closeSync();
  }
}

function foreign(target: string, what: string): PackyardError {
  return new PackyardError({
    code: 'output-foreign',
    message: `${target} ${what}, so nothing was unpacked there.`,
    hint: 'Name another folder, or remove what is in its place.',
  });
}
