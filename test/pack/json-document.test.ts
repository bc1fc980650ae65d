import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { parseJson, type JsonProblem } from '../../src/pack/json-document.ts';
import type { SourceDocument } from '../../src/pack/source-document.ts';

function documentOf(text: string, depth: number = 100): SourceDocument {
  const parsed = parseJson(text, depth);
  if (!('document' in parsed)) throw new Error(JSON.stringify(parsed.problems));
  return parsed.document;
}

function problemsOf(text: string, depth: number = 100): readonly JsonProblem[] {
  const parsed = parseJson(text, depth);
  return 'problems' in parsed ? parsed.problems : [];
}

function at(line: number, column: number, endColumn: number, source: string): object {
  return { line, column, endColumn, source };
}

describe('places', () => {
  const document = documentOf('{\n  "name": "demo",\n  "a/b~": [1, {"deep": true}]\n}');

  test.each([
    ['a value', ['name'], 'value', at(2, 11, 17, '  "name": "demo",')],
    ['a key', ['name'], 'key', at(2, 3, 9, '  "name": "demo",')],
    ['an item', ['a/b~', 0], 'value', at(3, 12, 13, '  "a/b~": [1, {"deep": true}]')],
    ['a nested value', ['a/b~', 1, 'deep'], 'value', at(3, 24, 28, '  "a/b~": [1, {"deep": true}]')],
    [
      'a key that is not there: what is around it',
      ['a/b~', 1, 'none'],
      'key',
      at(3, 15, 29, '  "a/b~": [1, {"deep": true}]'),
    ],
    ['nothing there: the whole, on its first line', ['no', 'such'], 'value', at(1, 1, 2, '{')],
  ] as const)('%s', (_, path, part, place) => {
    expect(document.place(path, part)).toEqual(place);
  });

  test('a key cannot forge the path of another', () => {
    const forged = documentOf('{"a/b": 1, "a": {"b": 2}}');
    expect(forged.place(['a/b']).column).toBe(9);
    expect(forged.place(['a', 'b']).column).toBe(23);
  });
});

describe('what is no JSON', () => {
  test.each([
    ['a comment', '{"a": 1 // no\n}', '"/" stands where a comma or "}" is wanted', at(1, 9, 10, '{"a": 1 // no')],
    ['a comma behind the last item', '[1,\n2,]', '"]" stands where a value is wanted', at(2, 3, 4, '2,]')],
    ['a leading zero', '[01]', '"01" is not a number in JSON', at(1, 2, 4, '[01]')],
    ['a cut text', '{"a": 1', 'the text ends too early, where a comma or "}" is wanted', at(1, 7, 8, '{"a": 1')],
    ['nothing', '', 'the text ends too early, where a value is wanted', at(1, 1, 2, '')],
    ['a line break in a string', '{\n"a": "x\n"}', 'a line break stands inside a string', at(2, 8, 9, '"a": "x')],
  ])('%s', (_, text, reason, place) => {
    expect(problemsOf(text)).toEqual([{ kind: 'invalid', reason, place }]);
  });

  test('any text: never throws, and says the same as JSON.parse', () => {
    const pieces = fc.constantFrom('{', '}', '[', ']', ',', ':', '"', '\\', '"a"', '1', 'null', ' ', '\n', '//');
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map((all) => all.join('')),
        ),
        (text) => {
          const reasons = problemsOf(text).filter(({ kind }) => kind !== 'duplicate-key');
          expect(reasons.length === 0).toBe(isJson(text));
        },
      ),
      { numRuns: 3000 },
    );
  });
});

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

test('a key that stands more than once is compared with its first place', () => {
  const text = '{\n"a": 1,\n"b": {"c": 1, "\\u0063": 2},\n"a": 2,\n"a": 3\n}';
  const first = at(2, 1, 4, '"a": 1,');
  const inner = '"b": {"c": 1, "\\u0063": 2},';
  expect(problemsOf(text)).toEqual([
    { kind: 'duplicate-key', key: 'c', first: at(3, 7, 10, inner), place: at(3, 15, 23, inner) },
    { kind: 'duplicate-key', key: 'a', first, place: at(4, 1, 4, '"a": 2,') },
    { kind: 'duplicate-key', key: 'a', first, place: at(5, 1, 4, '"a": 3') },
  ]);
});

describe('depth', () => {
  test('as deep as allowed, and one deeper', () => {
    expect(documentOf('[{"a": []}]', 3).value).toEqual([{ a: [] }]);
    expect(problemsOf('[{"a": [[]]}]', 3)).toEqual([{ kind: 'too-deep', place: at(1, 9, 10, '[{"a": [[]]}]') }]);
  });

  test('brackets in strings do not count', () => {
    expect(documentOf('["[[[[", "\\"[[[", "{{\\\\"]', 1).value).toEqual(['[[[[', '"[[[', '{{\\']);
  });

  test.each(['[', '{"a":'])('200,000 times %s is refused before it is parsed', (open) => {
    expect(problemsOf(open.repeat(200_000))).toMatchObject([
      { kind: 'too-deep', place: { line: 1, column: 100 * open.length + 1 } },
    ]);
  });

  test('a megabyte of quotes in a string that never ends is given up', () => {
    expect(problemsOf(`"${'\\"'.repeat(500_000)}`)).toMatchObject([
      { kind: 'invalid', reason: 'the text ends too early, inside a string' },
    ]);
  });
});

describe('any JSON value', () => {
  const indents = fc.constantFrom(0, 2, '\t');

  test('is read as JSON.parse reads it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), indents, (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        expect(documentOf(text).value).toEqual(JSON.parse(text));
      }),
      { numRuns: 1000 },
    );
  });

  test('has each of its values at the place that is given for it', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), indents, (value, indent) => {
        const text = JSON.stringify(value, null, indent);
        const document = documentOf(text);
        for (const { path, found } of walk(JSON.parse(text))) {
          expect(rest(text, document.place(path)).startsWith(begin(found))).toBe(true);
          const key = path.at(-1);
          if (typeof key === 'string') {
            expect(rest(text, document.place(path, 'key')).startsWith(JSON.stringify(key))).toBe(true);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

interface Found {
  readonly path: readonly (string | number)[];
  readonly found: unknown;
}

function* walk(found: unknown, path: Found['path'] = []): Generator<Found> {
  yield { path, found };
  if (typeof found !== 'object' || found === null) return;
  for (const [key, value] of Object.entries(found))
    yield* walk(value, [...path, Array.isArray(found) ? Number(key) : key]);
}

function begin(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return Array.isArray(value) ? '[' : '{';
}

function rest(text: string, { line, column }: { readonly line: number; readonly column: number }): string {
  return text
    .split('\n')
    .slice(line - 1)
    .join('\n')
    .slice(column - 1);
}
