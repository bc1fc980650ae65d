import { PackyardError, systemCode } from '../errors.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { hintWhileInUse } from '../remote/move.ts';

/** What a failing write to a folder that is published to means, in words; other errors stay as they are. */
export function directoryError(
  error: unknown,
  folder: string,
  file?: { readonly path: string; readonly size: number },
): unknown {
  const code = systemCode(error);
  if (error instanceof PackyardError || code === undefined) return error;
  const cause = error;
  if (code === 'ENOSPC' || code === 'EDQUOT') {
    const at = file === undefined ? '' : ` at ${file.path} (${formatBytes(file.size)})`;
    return new PackyardError({
      code: 'no-space',
      message: `No space is left in ${folder}${at}.`,
      hint: 'Free some and publish again: what is there already stays. Readers get what was live before.',
      cause,
    });
  }
  if (code === 'ENOTDIR' || code === 'EISDIR' || code === 'ENOTEMPTY') {
    const at = file === undefined ? folder : `${file.path} in ${folder}`;
    return new PackyardError({
      code: 'output-unwritable',
      message: `${at} cannot be written: a file is where a folder must be, or a folder where a file must be.`,
      hint: 'Remove what is in the way and publish again; nothing of it was touched.',
      cause,
    });
  }
  return new PackyardError({
    code: 'output-unwritable',
    message: `${folder} cannot be written (${code}).`,
    hint: hintWhileInUse(
      code,
      'Check who owns it and its permissions, and publish again: running it once more finishes the job.',
    ),
    cause,
  });
}
