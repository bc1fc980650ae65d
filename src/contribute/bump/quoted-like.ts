import { Scalar } from 'yaml';

/** Text as a YAML value on one line: in the quotes of another one where it can be, and never a number. */
export function quotedLike({ type }: Scalar, value: string): string {
  // Beyond these, what a chart says could be anything, such as two lines.
  if (!/^\w(?:[\w.+/@:-]*[\w.+/@-])?$/u.test(value)) return JSON.stringify(value);
  if (type === Scalar.QUOTE_SINGLE) return `'${value}'`;
  if (type === Scalar.QUOTE_DOUBLE) return JSON.stringify(value);
  return isText(value) ? value : JSON.stringify(value);
}

/** What a plain word is to one reader of YAML or another, if not text. */
const NO_TEXT = /^(?:true|false|yes|no|on|off|y|n|null|0[xob][\da-f_]+|[\d.+_-]+e[\d+_-]+)$/iu;

/** A plain 1.20 would be a number, and 2024-01-31 a date. */
function isText(value: string): boolean {
  return /^\d+(?:\.\d+){2,}$/u.test(value) || (/[A-Za-z]/u.test(value) && !NO_TEXT.test(value));
}
