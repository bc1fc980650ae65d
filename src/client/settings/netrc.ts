/** A login of a `.netrc` file. */
export interface NetrcLogin {
  /** Name of the host; undefined for the one of all others. */
  readonly machine: string | undefined;
  readonly login: string;
  readonly password: string;
}

export interface Netrc {
  /** Those that have a password, in order; the first that fits counts. */
  readonly logins: readonly NetrcLogin[];
  /** Where the text stops being understood; what stands before it counts. */
  readonly problem?: { readonly line: number; readonly what: string };
}

interface Word {
  readonly text: string;
  readonly line: number;
  readonly quoted: boolean;
}

/** Parses the format of `ftp` and `curl`: words, quoted ones too, comments, and macros, which are passed over. */
export function parseNetrc(text: string): Netrc {
  const logins: NetrcLogin[] = [];
  let open: { machine: string | undefined; login?: string; password?: string } | undefined;
  const close = (): void => {
    const { machine, login = '', password } = open ?? { machine: undefined };
    if (password !== undefined) logins.push({ machine, login, password });
    open = undefined;
  };
  const failed = (line: number, what: string): Netrc => ({ logins, problem: { line, what } });
  const words = new Words(text);
  for (let word = words.next(); word !== undefined; word = words.next()) {
    const { line } = word;
    if (word.text === 'default' && !word.quoted) {
      close();
      open = { machine: undefined };
      continue;
    }
    if (word.quoted || !KEYWORDS.has(word.text)) {
      return failed(line, 'a word stands where "machine", "login" or "password" is wanted');
    }
    // A password may begin with what elsewhere begins a comment.
    const value = words.next('value');
    if (value === undefined || value.text === UNCLOSED) return failed(line, `nothing follows "${word.text}"`);
    if (word.text === 'macdef') words.skipMacro();
    else if (word.text === 'machine') {
      close();
      open = { machine: value.text.toLowerCase() };
    } else if (open === undefined) return failed(line, `"${word.text}" stands before any "machine"`);
    else if (word.text !== 'account') open[word.text as 'login' | 'password'] = value.text;
  }
  close();
  return { logins };
}

const KEYWORDS = new Set(['machine', 'login', 'password', 'account', 'macdef']);

/** Stands for a quoted word that has no end; no text has this character. */
const UNCLOSED = '\u0000';

class Words {
  readonly #text: string;
  #at = 0;
  #line = 1;

  constructor(text: string) {
    this.#text = text;
  }

  next(wanted: 'keyword' | 'value' = 'keyword'): Word | undefined {
    this.#skipBlanks(wanted === 'keyword');
    if (this.#at >= this.#text.length) return undefined;
    const line = this.#line;
    if (this.#text[this.#at] === '"') return { text: this.#quoted(), line, quoted: true };
    const start = this.#at;
    while (this.#at < this.#text.length && !/\s/u.test(this.#text.charAt(this.#at))) this.#at += 1;
    return { text: this.#text.slice(start, this.#at), line, quoted: false };
  }

  /** A macro ends with an empty line. */
  skipMacro(): void {
    const rest = /\r?\n[ \t]*\r?\n/gu;
    rest.lastIndex = this.#at;
    const end = rest.exec(this.#text) === null ? this.#text.length : rest.lastIndex;
    this.#line += this.#text.slice(this.#at, end).split('\n').length - 1;
    this.#at = end;
  }

  #skipBlanks(comments: boolean): void {
    for (; this.#at < this.#text.length; this.#at += 1) {
      const character = this.#text.charAt(this.#at);
      if (comments && character === '#') {
        const end = this.#text.indexOf('\n', this.#at);
        this.#at = (end === -1 ? this.#text.length : end) - 1;
      } else if (character === '\n') this.#line += 1;
      else if (!/\s/u.test(character)) return;
    }
  }

  #quoted(): string {
    let word = '';
    for (this.#at += 1; this.#at < this.#text.length; this.#at += 1) {
      let character = this.#text.charAt(this.#at);
      if (character === '"') {
        this.#at += 1;
        return word;
      }
      if (character === '\n') break;
      if (character === '\\') {
        this.#at += 1;
        const escaped = this.#text.charAt(this.#at);
        character = { n: '\n', r: '\r', t: '\t' }[escaped] ?? escaped;
      }
      word += character;
    }
    return UNCLOSED;
  }
}
