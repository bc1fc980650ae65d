import { lstatSync, type Stats } from 'node:fs';

import { systemCode } from '../errors.ts';

/** What is at a path, no link followed; undefined where nothing is, as below a file. Throws a system error. */
export function linkStats(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    if (systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
