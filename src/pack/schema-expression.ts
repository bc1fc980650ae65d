import { suggest } from '../model/suggest.ts';
import type { TextProblem } from './regular-expression.ts';
import { parseFormat, printFormat, type FormatPart } from './schema-format.ts';
import { schemaTokens, type Token } from './schema-tokens.ts';

/** What `schema.yaml` asks of one value. */
export interface SchemaExpression {
  readonly required: boolean;
  readonly readonly: boolean;
  /** What the value looks like, from left to right; empty when anything goes. */
  readonly format: readonly FormatPart[];
  /** What people are told about the value, as written between the quotes. */
  readonly hints: readonly string[];
}

export type ParsedSchemaExpression = { readonly expression: SchemaExpression } | { readonly problem: TextProblem };

const WORDS = ['required', 'readonly', 'format', 'hints'] as const;

/** Far beyond any that people write. */
const LONGEST = 20_000;

/** Reads `{{ required | readonly | format "${type:/RE2/}" | hints "…" "…" }}`, in any order. Never throws. */
export function parseSchemaExpression(text: string): ParsedSchemaExpression {
  if (text.length > LONGEST) return wrong(0, 1, `it is longer than ${LONGEST} characters`);
  const tokens = schemaTokens(text);
  const last = tokens.at(-1);
  if (last === undefined) return wrong(0, 1, 'it is empty');
  const [first] = tokens;
  if (first?.kind !== 'open') return wrong(first?.start ?? 0, 2, 'it does not begin with "{{"');
  const close = tokens.findIndex(({ kind }) => kind === 'close');
  const unclosed = tokens.find(({ kind }) => kind === 'unclosed');
  if (unclosed !== undefined) return wrong(unclosed.start, 1, 'a quote is not closed');
  if (close === -1) return wrong(last.end - 1, 1, 'it does not end with "}}"');
  const behind = tokens[close + 1];
  if (behind !== undefined) return unexpected(behind, 'behind "}}"');
  if (close === 1) return wrong(first.start, text.length, 'it asks for nothing');
  return readClauses(tokens.slice(1, close), last);
}

/** The text of an expression, one blank between its parts. */
export function printSchemaExpression({ required, readonly, format, hints }: SchemaExpression): string {
  const clauses = [
    ...(required ? ['required'] : []),
    ...(readonly ? ['readonly'] : []),
    ...(format.length > 0 ? [`format "${printFormat(format)}"`] : []),
    ...(hints.length > 0 ? [`hints ${hints.map((hint) => `"${hint}"`).join(' ')}`] : []),
  ];
  return `{{ ${clauses.join(' | ')} }}`;
}

function readClauses(tokens: readonly Token[], close: Token): ParsedSchemaExpression {
  let read: SchemaExpression = { required: false, readonly: false, format: [], hints: [] };
  let previous = '';
  for (const { clause, end } of clausesOf(tokens, close)) {
    const [word, ...rest] = clause;
    if (word === undefined) return wrong(end.start, end.end - end.start, `nothing stands in front of "${end.text}"`);
    // More hints may follow behind a "|" of their own.
    if (word.kind === 'string' && previous === 'hints') rest.unshift(word);
    else if (word.kind !== 'word') return unexpected(word, 'where a word is wanted');
    else previous = word.text;
    const next = readClause(previous, word, rest, read);
    if ('problem' in next) return next;
    read = next.expression;
  }
  return { expression: read };
}

function readClause(
  name: string,
  word: Token,
  [first, ...more]: readonly Token[],
  read: SchemaExpression,
): ParsedSchemaExpression {
  if (name === 'required' || name === 'readonly') {
    if (first !== undefined) return unexpected(first, `behind "${name}", where "|" is wanted`);
    return { expression: { ...read, [name]: true } };
  }
  if (name !== 'format' && name !== 'hints') return unknownWord(word);
  if (first?.kind !== 'string') return wrong(word.start, word.text.length, `behind "${name}" stands no text in quotes`);
  const surplus = name === 'format' ? more[0] : more.find(({ kind }) => kind !== 'string');
  if (surplus !== undefined) return unexpected(surplus, `behind "${name}", where "|" is wanted`);
  if (name === 'hints')
    return { expression: { ...read, hints: [...read.hints, ...[first, ...more].map(({ text }) => text)] } };
  if (read.format.length > 0) return wrong(word.start, word.text.length, '"format" stands twice');
  const parsed = parseFormat(first.text);
  if ('parts' in parsed) return { expression: { ...read, format: parsed.parts } };
  // A quote is in front of what the format counts from.
  return { problem: { ...parsed.problem, offset: parsed.problem.offset + first.start + 1 } };
}

interface Clause {
  readonly clause: Token[];
  /** The `|` or `}}` behind it. */
  readonly end: Token;
}

function* clausesOf(tokens: readonly Token[], close: Token): Generator<Clause> {
  let clause: Token[] = [];
  for (const token of [...tokens, close]) {
    if (token.kind === 'pipe' || token === close) {
      yield { clause, end: token };
      clause = [];
    } else clause.push(token);
  }
}

function unknownWord({ text, start }: Token): ParsedSchemaExpression {
  const suggestion = suggest(text, WORDS);
  const instead = suggestion === undefined ? `the words are ${WORDS.join(', ')}` : `did you mean "${suggestion}"?`;
  return wrong(start, text.length, `"${text}" is not known: ${instead}`);
}

function unexpected({ kind, text, start, end }: Token, where: string): ParsedSchemaExpression {
  return wrong(start, end - start, `${kind === 'string' ? 'a text in quotes' : `"${text}"`} stands ${where}`);
}

function wrong(offset: number, length: number, reason: string): ParsedSchemaExpression {
  return { problem: { offset, length, reason } };
}
