/** What stands between blanks in an expression of a Go template. */
export type Operand =
  | { readonly kind: 'literal'; readonly value: unknown }
  /** `.a.b`, `$x.a.b` or `(…).a.b`; the start is the dot unless there is one. */
  | {
      readonly kind: 'path';
      readonly variable?: string;
      readonly group?: Pipeline;
      readonly path: readonly string[];
    }
  | { readonly kind: 'function'; readonly name: string };

export type Command = readonly Operand[];

/** `$x := a | b c`. */
export interface Pipeline {
  readonly variables: readonly string[];
  /** Whether the variables are new ones. */
  readonly declares: boolean;
  readonly commands: readonly Command[];
}

interface Token {
  readonly text: string;
  /** Nothing stands between it and the token before. */
  readonly adjacent: boolean;
}

const TOKEN =
  /(?<string>"(?:\\.|[^"\\])*"|`[^`]*`|'(?:\\.|[^'\\])*')|(?<number>[-+]?\d[\w.]*)|(?<path>\$?\w*(?:\.\w+)+|\$\w*|\.)|(?<word>\w+)|(?<sign>:=|[=,|()])|(?<blank>\s+)/uy;
const DEEPEST = 50;

/** Reads an expression; undefined for what is none. */
export function parsePipeline(text: string): Pipeline | undefined {
  const tokens = tokensOf(text);
  if (tokens === undefined || tokens.length === 0) return undefined;
  const parser = { tokens, at: 0 };
  const pipeline = pipelineAt(parser, 0);
  return parser.at === tokens.length ? pipeline : undefined;
}

function tokensOf(text: string): Token[] | undefined {
  const tokens: Token[] = [];
  let adjacent = false;
  TOKEN.lastIndex = 0;
  for (let at = 0; at < text.length; at = TOKEN.lastIndex) {
    const found = TOKEN.exec(text);
    if (found === null) return undefined;
    const blank = found.groups?.['blank'] !== undefined;
    if (!blank) tokens.push({ text: found[0], adjacent });
    adjacent = !blank;
  }
  return tokens;
}

interface Parser {
  readonly tokens: readonly Token[];
  at: number;
}

function pipelineAt(parser: Parser, depth: number): Pipeline | undefined {
  if (depth > DEEPEST) return undefined;
  const { variables, declares } = variablesAt(parser);
  const commands: Command[] = [];
  for (;;) {
    const command = commandAt(parser, depth);
    if (command === undefined) return undefined;
    commands.push(command);
    if (parser.tokens[parser.at]?.text !== '|') return { variables, declares, commands };
    parser.at += 1;
  }
}

function variablesAt(parser: Parser): Pick<Pipeline, 'variables' | 'declares'> {
  const { tokens, at } = parser;
  const names: string[] = [];
  for (let index = at; /^\$\w+$/u.test(tokens[index]?.text ?? ''); index += 2) {
    names.push(tokens[index]?.text ?? '');
    const sign = tokens[index + 1]?.text;
    if (sign === ',') continue;
    if (sign !== ':=' && sign !== '=') break;
    parser.at = index + 2;
    return { variables: names, declares: sign === ':=' };
  }
  return { variables: [], declares: false };
}

function commandAt(parser: Parser, depth: number): Command | undefined {
  const operands: Operand[] = [];
  for (;;) {
    const token = parser.tokens[parser.at];
    if (token === undefined || token.text === '|' || token.text === ')')
      return operands.length === 0 ? undefined : operands;
    const operand = operandAt(parser, token.text, depth);
    if (operand === undefined) return undefined;
    operands.push(operand);
  }
}

function operandAt(parser: Parser, text: string, depth: number): Operand | undefined {
  parser.at += 1;
  if (text === '(') return groupAt(parser, depth);
  if (/^["'`]/u.test(text)) return { kind: 'literal', value: unquoted(text) };
  if (/^[-+]?\d/u.test(text)) return { kind: 'literal', value: Number(text) };
  if (text === 'true' || text === 'false') return { kind: 'literal', value: text === 'true' };
  if (text === 'nil') return { kind: 'literal', value: null };
  if (/^\w+$/u.test(text)) return { kind: 'function', name: text };
  const [first = '', ...path] = text.split('.');
  if (first.startsWith('$')) return { kind: 'path', variable: first, path };
  // A word and a path, as in `a.b`, is nothing.
  return first === '' ? { kind: 'path', path: path.filter((key) => key !== '') } : undefined;
}

function groupAt(parser: Parser, depth: number): Operand | undefined {
  const group = pipelineAt(parser, depth + 1);
  if (group === undefined || parser.tokens[parser.at]?.text !== ')') return undefined;
  parser.at += 1;
  const next = parser.tokens[parser.at];
  if (next?.adjacent !== true || !/^\.\w/u.test(next.text)) return { kind: 'path', group, path: [] };
  parser.at += 1;
  return { kind: 'path', group, path: next.text.split('.').slice(1) };
}

function unquoted(text: string): string {
  if (text.startsWith('`')) return text.slice(1, -1);
  return text
    .slice(1, -1)
    .replaceAll(/\\(.)/gsu, (_, character: string) => ({ n: '\n', t: '\t', r: '\r' })[character] ?? character);
}
