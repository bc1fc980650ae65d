/** Which of the 256 bytes are meant: 1 for those that are. */
export type Bytes = Uint8Array;

/** The classes of POSIX, as Git knows them: ASCII only. */
const NAMED: Readonly<Record<string, RegExp>> = {
  alnum: /[A-Za-z0-9]/u,
  alpha: /[A-Za-z]/u,
  blank: /[ \t]/u,
  // eslint-disable-next-line no-control-regex
  cntrl: /[\u0000-\u001f\u007f]/u,
  digit: /[0-9]/u,
  graph: /[!-~]/u,
  lower: /[a-z]/u,
  print: /[ -~]/u,
  punct: /[!-/:-@[-`{-~]/u,
  space: /[ \t\n\r]/u,
  upper: /[A-Z]/u,
  xdigit: /[A-Fa-f0-9]/u,
};

/**
 * Reads a class (`[a-z]`, `[!ab]`, `[[:alpha:]_]`) whose `[` stands at `start`, by the rules of Git: a `]` in first
 * place and a `-` in first or last place mean themselves. Undefined when the class is not closed or names no class.
 */
export function parseClass(text: string, start: number): { readonly bytes: Bytes; readonly end: number } | undefined {
  const negated = text[start + 1] === '!' || text[start + 1] === '^';
  const first = start + (negated ? 2 : 1);
  const bytes = new Uint8Array(256);
  let at = first;
  let previous: number | undefined;
  while (at < text.length && (text[at] !== ']' || at === first)) {
    const named = text.startsWith('[:', at) ? namedClass(text, at) : undefined;
    if (named === 'unknown') return undefined;
    if (named !== undefined) {
      for (let byte = 0; byte < 128; byte += 1) if (named.pattern.test(String.fromCharCode(byte))) bytes[byte] = 1;
      at = named.end;
      previous = undefined;
    } else if (text[at] === '-' && previous !== undefined && at + 1 < text.length && text[at + 1] !== ']') {
      const last = unescaped(text, at + 1);
      bytes.fill(1, previous, Math.max(previous, text.charCodeAt(last) + 1));
      at = last + 1;
      previous = undefined;
    } else {
      const own = unescaped(text, at);
      previous = text.charCodeAt(own);
      bytes[previous] = 1;
      at = own + 1;
    }
  }
  if (at >= text.length) return undefined;
  return { bytes: negated ? bytes.map((flag) => 1 - flag) : bytes, end: at + 1 };
}

function unescaped(text: string, at: number): number {
  return text[at] === '\\' ? at + 1 : at;
}

/** `[:digit:]`; undefined for a `[` that only looks like the start of one. */
function namedClass(text: string, at: number): { pattern: RegExp; end: number } | 'unknown' | undefined {
  const close = text.indexOf(']', at + 2);
  if (close === -1) return 'unknown';
  if (close < at + 3 || text[close - 1] !== ':') return undefined;
  const pattern = NAMED[text.slice(at + 2, close - 1)];
  return pattern === undefined ? 'unknown' : { pattern, end: close + 1 };
}
