/** A piece of a schema expression. The text of a string is what stands between its quotes, escapes and all. */
export interface Token {
  readonly kind: 'open' | 'close' | 'pipe' | 'string' | 'unclosed' | 'word' | 'other';
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

const TOKEN =
  /\s+|(?<open>\{\{)|(?<close>\}\})|(?<pipe>\|)|"(?<string>(?:[^"\\]|\\[^])*)"|(?<unclosed>"[^]*)|(?<word>[^\s{}|"]+)|(?<other>[^])/uy;

const KINDS = ['open', 'close', 'pipe', 'string', 'unclosed', 'word', 'other'] as const;

/** Cuts an expression such as `{{ required | hints "a" }}` into pieces; every character is in one, but for blanks. */
export function schemaTokens(expression: string): Token[] {
  const tokens: Token[] = [];
  for (const match of expression.matchAll(new RegExp(TOKEN, 'guy'))) {
    const kind = KINDS.find((candidate) => match.groups?.[candidate] !== undefined);
    if (kind === undefined) continue;
    const text = match.groups?.[kind] ?? '';
    tokens.push({ kind, text, start: match.index, end: match.index + match[0].length });
  }
  return tokens;
}
