import { PackyardError, systemCode } from '../../errors.ts';
import { hintWhileInUse } from '../../remote/move.ts';

/** What a failing write to a folder means, in words; other errors stay as they are. */
export function writingError(error: unknown, folder: string): unknown {
  const code = systemCode(error);
  if (error instanceof PackyardError || code === undefined) return error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    return new PackyardError({
      code: 'no-space',
      message: `No space is left for ${folder}.`,
      hint: 'Free some and try again; what was there before is as it was.',
      cause: error,
    });
  }
  if (code === 'ENAMETOOLONG') {
    return new PackyardError({
      code: 'output-unwritable',
      message: `${folder} cannot be written: the paths in it are longer than this file system takes.`,
      hint: 'Name a folder with a shorter path.',
      cause: error,
    });
  }
  if (code === 'ENOTDIR') {
    return new PackyardError({
      code: 'output-unwritable',
      message: `${folder} cannot be written: it lies below a file.`,
      hint: 'Name another folder; nothing was touched.',
      cause: error,
    });
  }
  return new PackyardError({
    code: 'output-unwritable',
    message: `${folder} cannot be written, or what is in its place cannot be read (${code}).`,
    hint: hintWhileInUse(code, 'Check who owns it and its permissions, or name another folder.'),
    cause: error,
  });
}
