/** Devices, also with blanks or an extension behind them. Source: Microsoft, "Naming Files, Paths, and Namespaces". */
const RESERVED = /^(?:con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(?:\.|$)/iu;
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[<>:"\\|?*\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]/u;

/** Where bytes of a name are no UTF-8, U+FFFD stands in it. */
export const NOT_UTF8 = 'it is not UTF-8, and each byte that is none is shown with two hexadecimal digits';

/** `.git`, also as an old Windows program calls it, and with characters that the old file system of macOS passes over. */
const GIT_FOLDER = /^(?:\.git|git~1)$/iu;
const PASSED_OVER = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/gu;

const ASCII = /^[\u0020-\u007e]*$/u;

/** The longest path in bytes that a host, a file system and a URL all take. */
const LONGEST_NAME = 240;
const LONGEST_PATH = 1000;

/** Why some file system cannot hold a path (relative, with `/`), or undefined when all can. */
export function notPortable(path: string): string | undefined {
  if (utf8Length(path) > LONGEST_PATH) return `it is longer than ${LONGEST_PATH} bytes`;
  for (const name of path.split('/')) {
    const reason = badName(name);
    if (reason !== undefined) return reason;
  }
  return undefined;
}

/** Names that nobody minds, unless Windows reserves them: nearly all. */
const PLAIN = /^[\w-](?:[\w.-]{0,200}[\w-])?$/u;

function badName(name: string): string | undefined {
  if (PLAIN.test(name) && !RESERVED.test(name)) return undefined;
  if (name === '') return 'it has an empty name in it';
  if (name === '.' || name === '..') return `it holds "${name}"`;
  if (name.toLowerCase() === '.git') return 'it holds ".git"';
  if (GIT_FOLDER.test(name.replaceAll(PASSED_OVER, ''))) return 'it holds what some system takes for ".git"';
  const forbidden = FORBIDDEN.exec(name)?.[0];
  if (forbidden === '\ufffd') return NOT_UTF8;
  if (forbidden !== undefined) return `it holds ${describe(forbidden)}, which Windows or a terminal cannot show`;
  if (RESERVED.test(name)) return `Windows reserves the name "${name}"`;
  if (/[. ]$/u.test(name)) return 'Windows drops a dot or a space at the end of a name';
  if (utf8Length(name) > LONGEST_NAME) return `it holds a name longer than ${LONGEST_NAME} bytes`;
  return undefined;
}

function describe(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0x20 && code < 0x7f) return `"${character}"`;
  return `the character U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * The form in which two paths are the same to a file system that ignores case and Unicode composition. On macOS `ß` and
 * `ss` are one name as well: what is two small letters in capitals counts as these.
 */
export function foldedPath(path: string): string {
  if (ASCII.test(path)) return path.toLowerCase();
  // Some letters are one only by way of the other case.
  return path.normalize('NFD').toLowerCase().toUpperCase().toLowerCase().normalize('NFC');
}

/** Bytes of a text in UTF-8; browsers have no shorter way. */
function utf8Length(text: string): number {
  if (ASCII.test(text)) return text.length;
  return typeof Buffer === 'undefined' ? new TextEncoder().encode(text).length : Buffer.byteLength(text);
}
