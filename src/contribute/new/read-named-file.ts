import { basename } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { readSmallFile } from '../../remote/read-small-file.ts';
import { decodeText } from '../../pack/text.ts';

/**
 * A file that whoever runs the command named: a plain one, or a link to one. Rejects with `usage` where there is none that
 * can be read, and with `file-too-large`. `what` says what it is to be: `manifest`.
 */
export async function readNamedFile(file: string, what: string, maxBytes: number): Promise<Buffer> {
  let data: Awaited<ReturnType<typeof readSmallFile>>;
  try {
    data = await readSmallFile(file, maxBytes);
  } catch (error) {
    throw unreadable(file, what, error);
  }
  if (data === 'special') throw refused(`The ${what} ${file} is no plain file.`, 'Name a file.');
  if (data !== 'too-large') return data;
  throw new PackyardError({
    code: 'file-too-large',
    message: `The ${what} ${file} is larger than ${formatBytes(maxBytes)}.`,
    hint: `Is ${basename(file)} the file that you meant?`,
  });
}

/** Bytes, and the text that they are, without a byte order mark. */
export interface NamedText {
  readonly data: Buffer;
  readonly text: string;
}

/** The same for a text. Rejects with `usage` also where it is not UTF-8. */
export async function readNamedText(file: string, what: string, maxBytes: number): Promise<NamedText> {
  const data = await readNamedFile(file, what, maxBytes);
  const decoded = decodeText(data);
  if ('text' in decoded) return { data, text: decoded.text.replace(/^\uFEFF/u, '') };
  throw refused(
    `The ${what} ${file} is not UTF-8: byte ${decoded.badOffset} belongs to no character.`,
    'Save it as UTF-8.',
  );
}

function unreadable(file: string, what: string, cause: unknown): PackyardError {
  const reasons: Readonly<Record<string, readonly [string, string]>> = {
    ENOENT: ['is not there', 'Look at its name; it is taken from the current folder on.'],
    ENOTDIR: ['is not there', 'Look at its name; it is taken from the current folder on.'],
    EISDIR: ['is a folder', 'Name the files in it.'],
    EACCES: ['may not be read', 'Look at the rights of the file.'],
  };
  const code = systemCode(cause) ?? 'unknown error';
  const [reason, hint] = reasons[code] ?? [`cannot be read (${code})`, 'Look at the file.'];
  return new PackyardError({ code: 'usage', message: `The ${what} ${file} ${reason}.`, hint, cause });
}

function refused(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
