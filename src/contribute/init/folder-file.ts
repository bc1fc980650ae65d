import { lstatSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';

/**
 * A regular file of a folder, by its path with `/`; undefined where there is none. Throws `file-too-large`, and `usage`
 * where something else is there or nobody may read it.
 */
export function readFolderFile(root: string, path: string, limit: number): Buffer | undefined {
  const file = join(root, path);
  try {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    if (stats === undefined) return undefined;
    if (!stats.isFile()) throw unusable(file, 'is no regular file');
    if (stats.size > limit) {
      throw new PackyardError({
        code: 'file-too-large',
        message: `${file} has ${stats.size} bytes, and ${limit} is the most that is read.`,
        hint: 'Look at what is in it.',
      });
    }
    return readFileSync(file);
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof PackyardError || code === undefined) throw error;
    if (code === 'ENOTDIR') return undefined;
    throw unusable(file, `cannot be read (${code})`);
  }
}

function unusable(file: string, what: string): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `${file} ${what}. Nothing was written.`,
    hint: 'Move it out of the way, or look at its rights, and run the command again.',
  });
}
