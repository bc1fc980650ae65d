import { isDeepStrictEqual } from 'node:util';

import { dump } from 'js-yaml';

import { isMapping, propertyOf, type Mapping } from '../../../model/json-value.ts';
import { yamlOf } from '../../../pack/chart-parts.ts';
import { isTrue, UNKNOWN, written } from './unknown.ts';

/** A function of templates; what it gets has nothing unknown in it. */
export type TemplateFunction = (...values: readonly unknown[]) => unknown;

const MOST = 10_000;
/** Characters of what one function may make. */
const LONGEST = 1_000_000;

function text(value: unknown): string {
  return written(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function mapping(value: unknown): Mapping {
  return isMapping(value) ? value : {};
}

function indented(count: unknown, value: unknown): unknown {
  const width = Math.min(Math.max(Number(count) || 0, 0), 200);
  const lines = text(value).split('\n');
  if (lines.length * width > LONGEST) return UNKNOWN;
  return lines.map((line) => ' '.repeat(width) + line).join('\n');
}

function replaced(old: unknown, fresh: unknown, value: unknown): unknown {
  const [before, after, source] = [text(old), text(fresh), text(value)];
  if (before === '') return source;
  const parts = source.split(before);
  return source.length + parts.length * after.length > LONGEST ? UNKNOWN : parts.join(after);
}

function formatted(format: unknown, ...values: readonly unknown[]): string {
  let index = 0;
  return text(format).replaceAll(/%[-+# 0]*\d{0,3}(?:\.\d{1,3})?([a-zA-Z%])/gu, (_, verb: string) => {
    if (verb === '%') return '%';
    const value = values[index];
    index += 1;
    return verb === 'q' ? JSON.stringify(text(value)) : text(value);
  });
}

function dictionary(...pairs: readonly unknown[]): unknown {
  const entries: [string, unknown][] = [];
  for (let index = 0; index < pairs.length; index += 2) entries.push([text(pairs[index]), pairs[index + 1] ?? '']);
  return Object.fromEntries(entries);
}

function yaml(value: unknown): string {
  return dump(value ?? null, { lineWidth: -1 }).replace(/\n$/u, '');
}

function itemAt(value: unknown, ...keys: readonly unknown[]): unknown {
  return keys.reduce((each, key) => (Array.isArray(each) ? each[Number(key)] : propertyOf(each, text(key))), value);
}

function picked(value: unknown, keys: readonly unknown[], wanted: boolean): unknown {
  const names = new Set(keys.map(text));
  return Object.fromEntries(Object.entries(mapping(value)).filter(([key]) => names.has(key) === wanted));
}

/** What is empty counts as missing. */
function filled(kept: unknown, more: unknown): unknown {
  if (!isMapping(kept) || !isMapping(more)) return isTrue(kept) ? kept : more;
  const all = new Map(Object.entries(kept));
  for (const [key, value] of Object.entries(more)) all.set(key, filled(all.get(key), value));
  return Object.fromEntries(all);
}

function kind(value: unknown): string {
  if (value === null || value === undefined) return 'invalid';
  if (Array.isArray(value)) return 'slice';
  const names: Readonly<Record<string, string>> = { object: 'map', boolean: 'bool', number: 'float64' };
  return names[typeof value] ?? typeof value;
}

function truncated(count: unknown, value: unknown): string {
  const width = Number(count);
  return width >= 0 ? text(value).slice(0, width) : text(value).slice(width);
}

function looked(path: readonly unknown[]): unknown {
  const keys = path.slice(0, -2);
  const found = keys.reduce<unknown>((each, key) => propertyOf(each, text(key)), path.at(-1));
  return found ?? path.at(-2);
}

function encoded(value: unknown, from: 'utf8' | 'base64', to: 'utf8' | 'base64'): string {
  return Buffer.from(text(value), from).toString(to);
}

function numbers(values: readonly unknown[], work: (a: number, b: number) => number): number {
  return values.map(Number).reduce(work);
}

/** Those of Helm and of the library it uses that charts put images together with; what is not here is unknown. */
export const FUNCTIONS: ReadonlyMap<string, TemplateFunction> = new Map<string, TemplateFunction>([
  ['quote', (...values) => values.map((value) => `"${text(value)}"`).join(' ')],
  ['squote', (...values) => values.map((value) => `'${text(value)}'`).join(' ')],
  ['printf', formatted],
  ['print', (...values) => values.map(text).join('')],
  ['println', (...values) => `${values.map(text).join(' ')}\n`],
  ['cat', (...values) => values.map(text).join(' ')],
  ['toString', text],
  ['trunc', truncated],
  ['trim', (value) => text(value).trim()],
  ['trimAll', (cut, value) => trimmed(text(value), text(cut))],
  [
    'trimSuffix',
    (end, value) =>
      text(value).endsWith(text(end)) ? text(value).slice(0, -text(end).length || undefined) : text(value),
  ],
  [
    'trimPrefix',
    (start, value) => (text(value).startsWith(text(start)) ? text(value).slice(text(start).length) : text(value)),
  ],
  ['replace', replaced],
  ['lower', (value) => text(value).toLowerCase()],
  ['upper', (value) => text(value).toUpperCase()],
  ['title', (value) => text(value).replaceAll(/\b[a-z]/gu, (letter) => letter.toUpperCase())],
  ['nospace', (value) => text(value).replaceAll(/\s/gu, '')],
  ['contains', (part, value) => text(value).includes(text(part))],
  ['hasPrefix', (start, value) => text(value).startsWith(text(start))],
  ['hasSuffix', (end, value) => text(value).endsWith(text(end))],
  ['indent', indented],
  [
    'nindent',
    (count, value) => {
      const made = indented(count, value);
      return typeof made === 'string' ? `\n${made}` : made;
    },
  ],
  ['toYaml', yaml],
  ['toJson', (value) => JSON.stringify(value ?? null)],
  ['toRawJson', (value) => JSON.stringify(value ?? null)],
  ['fromYaml', (value) => yamlOf(Buffer.from(text(value))) ?? {}],
  ['fromJson', (value) => yamlOf(Buffer.from(text(value))) ?? {}],
  ['b64enc', (value) => encoded(value, 'utf8', 'base64')],
  ['b64dec', (value) => encoded(value, 'base64', 'utf8')],
  ['dict', dictionary],
  ['list', (...values) => values],
  ['tuple', (...values) => values],
  ['get', (value, key) => propertyOf(value, text(key)) ?? ''],
  ['set', (value, key, fresh) => ({ ...mapping(value), [text(key)]: fresh })],
  ['hasKey', (value, key) => propertyOf(value, text(key)) !== undefined],
  ['keys', (value) => Object.keys(mapping(value))],
  ['values', (value) => Object.values(mapping(value))],
  ['pick', (value, ...keys) => picked(value, keys, true)],
  ['omit', (value, ...keys) => picked(value, keys, false)],
  [
    'pluck',
    (key, ...values) => values.map((value) => propertyOf(value, text(key))).filter((each) => each !== undefined),
  ],
  ['dig', (...path) => looked(path)],
  ['merge', (...values) => values.reduce((kept, more) => filled(kept, more))],
  ['mustMerge', (...values) => values.reduce((kept, more) => filled(kept, more))],
  ['mergeOverwrite', (...values) => values.reduce((under, over) => filled(over, under))],
  ['mustMergeOverwrite', (...values) => values.reduce((under, over) => filled(over, under))],
  ['deepCopy', (value) => value],
  ['mustDeepCopy', (value) => value],
  ['index', itemAt],
  [
    'len',
    (value) => (Array.isArray(value) || typeof value === 'string' ? value.length : Object.keys(mapping(value)).length),
  ],
  ['first', (value) => list(value)[0]],
  ['last', (value) => list(value).at(-1)],
  ['rest', (value) => list(value).slice(1)],
  ['initial', (value) => list(value).slice(0, -1)],
  ['append', (value, last) => [...list(value), last]],
  ['prepend', (value, first) => [first, ...list(value)]],
  ['concat', (...values) => values.flatMap((value) => list(value)).slice(0, MOST)],
  ['uniq', (value) => [...new Set(list(value))]],
  ['compact', (value) => list(value).filter(isTrue)],
  ['has', (part, value) => list(value).some((each) => isDeepStrictEqual(each, part))],
  ['without', (value, ...parts) => list(value).filter((each) => !parts.includes(each))],
  ['join', (between, value) => (Array.isArray(value) ? value.map(text).join(text(between)) : text(value))],
  ['splitList', (between, value) => text(value).split(text(between)).slice(0, MOST)],
  [
    'split',
    (between, value) =>
      Object.fromEntries(
        text(value)
          .split(text(between))
          .slice(0, MOST)
          .map((part, at) => [`_${at}`, part]),
      ),
  ],
  ['sortAlpha', (value) => list(value).map(text).toSorted()],
  ['until', (count) => Array.from({ length: Math.min(Math.max(Number(count) || 0, 0), 1000) }, (_, at) => at)],
  ['empty', (value) => !isTrue(value)],
  ['ternary', (yes, no, condition) => (condition === true ? yes : no)],
  ['required', (_, value) => value],
  ['not', (value) => !isTrue(value)],
  ['eq', (first, ...others) => others.some((other) => isDeepStrictEqual(first ?? null, other ?? null))],
  ['ne', (one, other) => !isDeepStrictEqual(one ?? null, other ?? null)],
  ['lt', (one, other) => Number(one) < Number(other)],
  ['le', (one, other) => Number(one) <= Number(other)],
  ['gt', (one, other) => Number(one) > Number(other)],
  ['ge', (one, other) => Number(one) >= Number(other)],
  ['int', (value) => Math.trunc(Number(value) || 0)],
  ['int64', (value) => Math.trunc(Number(value) || 0)],
  ['float64', (value) => Number(value) || 0],
  ['add', (...values) => numbers(values, (a, b) => a + b)],
  ['add1', (value) => Number(value) + 1],
  ['sub', (...values) => numbers(values, (a, b) => a - b)],
  ['mul', (...values) => numbers(values, (a, b) => a * b)],
  ['kindIs', (name, value) => kind(value) === name],
  ['kindOf', kind],
  ['typeIs', (name, value) => kind(value) === name],
  ['typeOf', kind],
  ['lookup', () => ({})],
]);

function trimmed(value: string, cut: string): string {
  const all = new Set(cut);
  let start = 0;
  let end = value.length;
  while (start < end && all.has(value.charAt(start))) start += 1;
  while (end > start && all.has(value.charAt(end - 1))) end -= 1;
  return value.slice(start, end);
}
