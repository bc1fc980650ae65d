import { join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { linkStats } from '../../remote/link-stats.ts';
import { readSmallFile } from '../../remote/read-small-file.ts';

/**
 * A regular file of a folder, by its path with `/`; undefined where there is none. Rejects with `file-too-large`, and `usage`
 * where something else is there or nobody may read it.
 */
export async function readFolderFile(root: string, path: string, limit: number): Promise<Buffer | undefined> {
  const file = join(root, path);
  try {
    // A link may lead out of the folder.
    const isLink = linkStats(file)?.isSymbolicLink() === true;
    const data = isLink ? 'special' : await readSmallFile(file, limit);
    if (data === 'special') throw unusable(file, 'is no regular file');
    if (data !== 'too-large') return data;
    throw new PackyardError({
      code: 'file-too-large',
      message: `${file} has more than ${limit} bytes, which is the most that is read.`,
      hint: 'Look at what is in it.',
    });
  } catch (error) {
    const code = systemCode(error);
    if (error instanceof PackyardError || code === undefined) throw error;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw unusable(file, code === 'EISDIR' ? 'is no regular file' : `cannot be read (${code})`);
  }
}

function unusable(file: string, what: string): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `${file} ${what}. Nothing was written.`,
    hint: 'Move it out of the way, or look at its rights, and run the command again.',
  });
}
