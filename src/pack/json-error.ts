/** Where a text stops being JSON, and why, in words for people. Offsets in UTF-16 code units, end exclusive. */
export interface JsonError {
  readonly reason: string;
  readonly start: number;
  readonly end: number;
}

type State = 'value' | 'first-value' | 'key' | 'first-key' | 'colon' | 'after-item' | 'after-member' | 'end';

const WANTED: Readonly<Record<State, string>> = {
  value: 'where a value is wanted',
  'first-value': 'where a value or "]" is wanted',
  key: 'where a key is wanted',
  'first-key': 'where a key or "}" is wanted',
  colon: 'where ":" is wanted',
  'after-item': 'where a comma or "]" is wanted',
  'after-member': 'where a comma or "}" is wanted',
  end: 'behind the end of the document',
};

const WORD = /[\w.+-]+/uy;
const NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/u;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/uy;
// eslint-disable-next-line no-control-regex
const PLAIN = /[^"\\\u0000-\u001f]*/uy;
const SPACE = /[ \t\r\n]*/uy;

/** Finds the first place at which a text is no JSON (RFC 8259), or undefined. The parsers' own words are not for people. */
export function jsonError(text: string): JsonError | undefined {
  const open: string[] = [];
  let state: State = 'value';
  let at = runEnd(SPACE, text, 0);
  while (at < text.length) {
    const character = text.charAt(at);
    const wantsKey = state === 'key' || state === 'first-key';
    const wantsValue = state === 'value' || state === 'first-value';
    let end = at + 1;
    let next = afterValue(open);
    if (character === '"' && (wantsKey || wantsValue)) {
      const string = readString(text, at);
      if (typeof string !== 'number') return string;
      end = string;
      if (wantsKey) next = 'colon';
    } else if (wantsValue && (character === '[' || character === '{')) {
      open.push(character);
      next = character === '[' ? 'first-value' : 'first-key';
    } else if (closes(character, state)) {
      open.pop();
      next = afterValue(open);
    } else if (character === ',' && state === 'after-item') next = 'value';
    else if (character === ',' && state === 'after-member') next = 'key';
    else if (character === ':' && state === 'colon') next = 'value';
    else {
      end = runEnd(WORD, text, at);
      const word = text.slice(at, end);
      if (!wantsValue || !(NUMBER.test(word) || ['true', 'false', 'null'].includes(word))) {
        return unexpected(text, at, word, state);
      }
    }
    state = next;
    at = runEnd(SPACE, text, end);
  }
  return state === 'end' ? undefined : endsEarly(text, `, ${WANTED[state]}`);
}

function afterValue(open: readonly string[]): State {
  const around = open.at(-1);
  if (around === undefined) return 'end';
  return around === '[' ? 'after-item' : 'after-member';
}

function closes(character: string, state: State): boolean {
  if (character === ']') return state === 'first-value' || state === 'after-item';
  return character === '}' && (state === 'first-key' || state === 'after-member');
}

function runEnd(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : at;
}

/** The end of the string that begins at an offset, or what is wrong in it. */
function readString(text: string, start: number): number | JsonError {
  for (let at = start + 1; ;) {
    at = runEnd(PLAIN, text, at);
    const character = text.charAt(at);
    if (character === '' || (text.length === at + 1 && character === '\\')) return endsEarly(text, ', inside a string');
    if (character === '"') return at + 1;
    if (character !== '\\') return { reason: `${nameOf(text, at)} stands inside a string`, start: at, end: at + 1 };
    const end = runEnd(ESCAPE, text, at);
    if (end === at) return { reason: 'a backslash stands before what cannot be escaped', start: at, end: at + 2 };
    at = end;
  }
}

function unexpected(text: string, start: number, word: string, state: State): JsonError {
  if (word === '') return { reason: `${nameOf(text, start)} stands ${WANTED[state]}`, start, end: start + 1 };
  const place = { start, end: start + word.length };
  const shown = `"${word.length > 40 ? `${word.slice(0, 40)}…` : word}"`;
  if (/^[-+.\d]/u.test(word) && state.endsWith('value'))
    return { reason: `${shown} is not a number in JSON`, ...place };
  if (state.endsWith('key')) return { reason: `the key ${shown} has no quotes`, ...place };
  return { reason: `${shown} stands ${WANTED[state]}`, ...place };
}

function endsEarly(text: string, where: string): JsonError {
  const start = Math.max(0, text.trimEnd().length - 1);
  return { reason: `the text ends too early${where}`, start, end: start + 1 };
}

/** What stands at an offset: a string by that word, a character that can be seen as itself. */
function nameOf(text: string, at: number): string {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  if (character === '"') return 'a string';
  if (character === '\n' || character === '\r') return 'a line break';
  if (character === '\t') return 'a tab';
  if (/[\p{L}\p{N}\p{P}\p{S}]/u.test(character)) return `"${character}"`;
  return `the character U+${(text.codePointAt(at) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
