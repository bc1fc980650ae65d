import { suggest } from '../model/suggest.ts';
import { regularExpressionEnd, regularExpressionProblem, type TextProblem } from './regular-expression.ts';

/** A stretch of fixed text, or a value of a type with what is asked of it. */
export type FormatPart =
  | { readonly text: string }
  | { readonly type: FormatType }
  | { readonly type: FormatType; readonly pattern: string }
  | { readonly type: 'number'; readonly least: number; readonly most: number }
  | { readonly type: 'list'; readonly options: readonly string[] };

export type ParsedFormat = { readonly parts: readonly FormatPart[] } | { readonly problem: TextProblem };

const TYPES = ['string', 'number', 'boolean', 'password', 'list', 'ipv4', 'version'] as const;

export type FormatType = (typeof TYPES)[number];

const TYPE_NAME = /[^:}\s]*/uy;
const NUMBER_RANGE = /^\s*(-?\d+(?:\.\d+)?)\s*-\s*(-?\d+(?:\.\d+)?)\s*$/u;

/** Reads the text behind `format`, such as `${ipv4} - ${ipv4}`. Never throws. */
export function parseFormat(text: string): ParsedFormat {
  const parts: FormatPart[] = [];
  let at = 0;
  for (let open = text.indexOf('${'); open !== -1; open = text.indexOf('${', at)) {
    if (open > at) parts.push({ text: text.slice(at, open) });
    const read = readPlaceholder(text, open);
    if ('reason' in read) return { problem: read };
    parts.push(read.part);
    at = read.end;
  }
  if (parts.length === 0) return { problem: wrong(0, text.length, 'the format asks for no type, such as "${string}"') };
  if (at < text.length) parts.push({ text: text.slice(at) });
  return { parts };
}

export function printFormat(parts: readonly FormatPart[]): string {
  return parts.map((part) => ('text' in part ? part.text : `\${${part.type}${printLimit(part)}}`)).join('');
}

function printLimit(part: Exclude<FormatPart, { text: string }>): string {
  if ('pattern' in part) return `:/${part.pattern}/`;
  if ('least' in part) return `:[${part.least}-${part.most}]`;
  return 'options' in part ? `:[${part.options.join(',')}]` : '';
}

type Placeholder = { readonly part: FormatPart; readonly end: number } | TextProblem;

function readPlaceholder(text: string, open: number): Placeholder {
  TYPE_NAME.lastIndex = open + 2;
  const name = TYPE_NAME.exec(text)?.[0] ?? '';
  const type = TYPES.find((candidate) => candidate === name);
  if (type === undefined) return unknownType(name, open);
  const behind = open + 2 + name.length;
  if (text.charAt(behind) === ':') return readLimit(text, type, behind + 1);
  if (text.charAt(behind) !== '}') return wrong(open, 2, '"${" is not closed');
  if (type === 'list') return wrong(open + 2, name.length, 'a list needs its options, such as "${list:[A,B]}"');
  return { part: { type }, end: behind + 1 };
}

function unknownType(name: string, open: number): TextProblem {
  if (name === '') return wrong(open, 2, '"${" is followed by no type');
  const suggestion = suggest(name, TYPES);
  const instead = suggestion === undefined ? `the types are ${TYPES.join(', ')}` : `did you mean "${suggestion}"?`;
  return wrong(open + 2, name.length, `"${name}" is no type: ${instead}`);
}

function readLimit(text: string, type: FormatType, start: number): Placeholder {
  if (text.charAt(start) === '/') return readPattern(text, type, start + 1);
  if (text.charAt(start) !== '[')
    return wrong(start, 1, 'behind ":" stands a regular expression between slashes, or a range or list in brackets');
  const close = text.indexOf(']}', start);
  if (close === -1) return wrong(start, 1, '"[" is not closed by "]}"');
  const inside = text.slice(start + 1, close);
  const end = close + 2;
  if (type === 'list') {
    const options = inside.split(',').map((option) => option.trim());
    if (options.every((option) => option === '')) return wrong(start, close + 1 - start, 'the list has no options');
    return { part: { type, options }, end };
  }
  if (type !== 'number') return wrong(start, close + 1 - start, `the type "${type}" takes no brackets`);
  const range = NUMBER_RANGE.exec(inside);
  const [least, most] = [Number(range?.[1] ?? Number.NaN), Number(range?.[2] ?? Number.NaN)];
  if (!Number.isFinite(least) || !Number.isFinite(most))
    return wrong(start, close + 1 - start, 'a range is two numbers, such as "[1-10]"');
  if (least > most) return wrong(start, close + 1 - start, `nothing lies between ${least} and ${most}`);
  return { part: { type, least, most }, end };
}

function readPattern(text: string, type: FormatType, start: number): Placeholder {
  if (type === 'list' || type === 'boolean')
    return wrong(start - 1, 1, `the type "${type}" takes no regular expression`);
  const end = regularExpressionEnd(text, start);
  if (end === -1) return wrong(start - 1, 1, 'the regular expression is not closed by "/}"');
  const pattern = text.slice(start, end);
  const problem = regularExpressionProblem(pattern);
  if (problem !== undefined) return { ...problem, offset: problem.offset + start };
  return { part: { type, pattern }, end: end + 2 };
}

function wrong(offset: number, length: number, reason: string): TextProblem {
  return { offset, length, reason };
}
