/** A value under a key that says that it is a secret. */
export interface KeyedValue {
  readonly key: string;
  /** Without quotes. */
  readonly value: string;
  /** Offset of the value in the text. */
  readonly start: number;
}

const WORDS =
  'password|passwd|passphrase|secret|token|credentials?|(?:api|access|secret|private|encryption|auth|signing|license|account)[-_.]?key(?:[-_.]?base)?';
/** Keys that go on, such as `passwordFile` or `secretName`, say where a secret is. */
const KEY = new RegExp(`(?:${WORDS})$`, 'iu');
/** Such a key, or the last word of a line, which may be a name. */
const CANDIDATE = new RegExp(`(?:${WORDS})["']?[ \\t]{0,20}(?:[:=]|\\r?$)`, 'gimu');
const LINE = /^[ \t]*(?:- +)?(?:export +)?["']?([A-Za-z_.][\w.-]{0,99})["']?[ \t]*[:=][ \t]*(\S[^\n]*)$/u;
/** Longer lines are data, not settings. */
const LONGEST_LINE = 4096;

/**
 * Reads YAML, JSON and files of variables line by line, so that templates and files with several documents are read as
 * well. Of an entry of `env`, which is two lines (`name:` and `value:`), the name is the key. Comments are left out.
 */
export function* keyedValues(text: string): Generator<KeyedValue> {
  let end = -1;
  for (const { index } of text.matchAll(CANDIDATE)) {
    if (index < end) continue;
    const start = text.lastIndexOf('\n', index) + 1;
    end = endOfLine(text, start);
    const found = onLine(text, start, end);
    if (found === undefined) continue;
    if (KEY.test(found.key)) yield found;
    else if (found.key === 'name' && KEY.test(found.value)) {
      const next = onLine(text, end + 1, endOfLine(text, end + 1));
      if (next?.key === 'value') yield { ...next, key: found.value.slice(0, 100) };
    }
  }
}

function endOfLine(text: string, start: number): number {
  const lineFeed = text.indexOf('\n', start);
  return lineFeed === -1 ? text.length : lineFeed;
}

function onLine(text: string, start: number, end: number): KeyedValue | undefined {
  const match = end - start > LONGEST_LINE ? null : LINE.exec(text.slice(start, end));
  if (match === null) return undefined;
  const [, key = '', rest = ''] = match;
  const at = start + match[0].length - rest.length;
  const quote = rest[0];
  if (quote === '"' || quote === "'") {
    const close = rest.indexOf(quote, 1);
    return close === -1 ? undefined : { key, value: rest.slice(1, close), start: at + 1 };
  }
  const comment = rest.search(/\s#/u);
  const plain = (comment === -1 ? rest : rest.slice(0, comment)).trimEnd();
  return { key, value: plain.endsWith(',') ? plain.slice(0, -1) : plain, start: at };
}
