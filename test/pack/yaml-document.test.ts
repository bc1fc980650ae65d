import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import type { SourceDocument } from '../../src/pack/source-document.ts';
import { parseYaml, type YamlProblem } from '../../src/pack/yaml-document.ts';

const LIMITS = { depth: 100, nodes: 1_000_000 };

function documentOf(text: string): SourceDocument {
  const parsed = parseYaml(text, LIMITS);
  if (!('document' in parsed)) throw new Error(JSON.stringify(parsed.problem));
  return parsed.document;
}

function problemOf(text: string): YamlProblem | undefined {
  const parsed = parseYaml(text, LIMITS);
  return 'problem' in parsed ? parsed.problem : undefined;
}

function at(line: number, column: number, endColumn: number, source: string): object {
  return { line, column, endColumn, source };
}

describe('values', () => {
  test.each([
    ['nothing', '', null],
    ['a comment only', '# nothing\n', null],
    ['an empty document', '---\n', null],
    ['a byte order mark', '\uFEFFa: 1\n', { a: 1 }],
    ['an anchor', 'a: &x [1]\nb: *x\n', { a: [1], b: [1] }],
    ['a merge key', 'a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\n', { a: { p: 1, q: 2 }, b: { p: 1, q: 3 } }],
    ['a date, as text', 'a: 2024-01-01', { a: '2024-01-01' }],
    ['words that older YAML has for booleans, as text', 'a: [yes, on, n]', { a: ['yes', 'on', 'n'] }],
    ['a quoted macro', 'a: "{{ .spectro.var.x }}"', { a: '{{ .spectro.var.x }}' }],
    ['a macro behind other text', 'a: x-{{ .y }}', { a: 'x-{{ .y }}' }],
    ['a block', 'a: |\n  b\n  c\n', { a: 'b\nc\n' }],
  ])('%s', (_, text, value) => {
    expect(documentOf(text).value).toEqual(value);
  });

  test('a key named __proto__ is a key', () => {
    const { value } = documentOf('__proto__: {polluted: true}');
    expect(Object.entries(value as object)).toEqual([['__proto__', { polluted: true }]]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });
});

describe('places', () => {
  const document = documentOf(
    [
      '# comment',
      'pack:',
      '  "name": &n demo',
      '  list:',
      '    - one',
      '    - {two: 2}',
      '  none:',
      'copy: *n',
      '',
    ].join('\n'),
  );

  test.each([
    ['a mapping', ['pack'], 'value', at(3, 3, 4, '  "name": &n demo')],
    ['a key', ['pack'], 'key', at(2, 1, 5, 'pack:')],
    ['a quoted key', ['pack', 'name'], 'key', at(3, 4, 8, '  "name": &n demo')],
    ['an anchored value', ['pack', 'name'], 'value', at(3, 14, 18, '  "name": &n demo')],
    ['an item', ['pack', 'list', 0], 'value', at(5, 7, 10, '    - one')],
    ['a value in braces', ['pack', 'list', 1, 'two'], 'value', at(6, 13, 14, '    - {two: 2}')],
    ['a key in braces', ['pack', 'list', 1, 'two'], 'key', at(6, 8, 11, '    - {two: 2}')],
    ['a value that is not written: its key', ['pack', 'none'], 'value', at(7, 3, 7, '  none:')],
    ['an alias', ['copy'], 'value', at(8, 8, 9, 'copy: *n')],
    ['an item that is not there: its list', ['pack', 'list', 7], 'value', at(5, 5, 6, '    - one')],
    ['a key that is not there: its mapping', ['pack', 'image'], 'key', at(3, 3, 4, '  "name": &n demo')],
    ['nothing there: the whole', ['x', 'y'], 'value', at(2, 1, 2, 'pack:')],
  ] as const)('%s', (_, path, part, place) => {
    expect(document.place(path, part)).toEqual(place);
  });

  test('an empty document has a place too', () => {
    expect(documentOf('\n# nothing\n').place(['pack'])).toEqual(at(1, 1, 2, ''));
  });

  test('an item that is not written is found at its list', () => {
    expect(documentOf('a:\n  - x\n  -\n').place(['a', 1])).toEqual(at(2, 3, 4, '  - x'));
  });

  test('an alias as a key is the key that it names', () => {
    const aliased = documentOf('a: &key b\n*key : 2\n? &other c\n: 3\n');
    expect(aliased.value).toEqual({ a: 'b', b: 2, c: 3 });
    expect(aliased.place(['a'])).toEqual(at(1, 9, 10, 'a: &key b'));
    expect(aliased.place(['b'])).toEqual(at(2, 8, 9, '*key : 2'));
    expect(aliased.place(['b'], 'key')).toEqual(at(2, 2, 5, '*key : 2'));
    expect(aliased.place(['c'])).toEqual(at(4, 3, 4, ': 3'));
  });
});

describe('a key that is no scalar', () => {
  test.each([
    ['a macro without quotes', 'a: 1\nb: {{ .x }}\n', { a: 1, b: { '[object Object]': null } }],
    ['a macro in a list', 'a:\n  - {{ .x }}\n', { a: [{ '[object Object]': null }] }],
    ['a list', 'a: 1\n? [b, c]\n: d\n', { a: 1, 'b,c': 'd' }],
  ])('%s is read as Helm reads it, and what follows keeps its place', (_name, text, value) => {
    const document = documentOf(`${text}z: 9\n`);
    expect(document.value).toEqual({ ...value, z: 9 });
    expect(document.place(['z']).line).toBe(text.split('\n').length);
  });
});

describe('what is no YAML', () => {
  test.each([
    ['a tab in the indentation', 'a:\n\tb: 1', 'tab characters must not be used in indentation', at(2, 1, 2, '\tb: 1')],
    ['two documents', 'a: 1\n---\nb: 2\n', 'it holds more than one document', at(2, 1, 4, '---')],
    [
      'two marked documents',
      '---\na: 1\n--- # two\nb: 2\n',
      'it holds more than one document',
      at(3, 1, 10, '--- # two'),
    ],
    ['three documents', 'a: 1\n---\nb: 2\n---\nc: 3\n', 'it holds more than one document', at(2, 1, 4, '---')],
    [
      'a key that stands twice through an alias',
      'a: &k b\n*k : 2\nb: 3',
      'duplicated mapping key',
      at(3, 1, 2, 'b: 3'),
    ],
    ['an alias of nothing', 'a: *none', 'unidentified alias "none"', at(1, 5, 6, 'a: *none')],
    [
      'a tag',
      'a: !!js/function x',
      'unknown scalar tag !<tag:yaml.org,2002:js/function>',
      at(1, 4, 5, 'a: !!js/function x'),
    ],
    [
      'a merge of what is no mapping',
      'a: 1\nb:\n  <<: 3',
      'cannot merge mappings; the provided source object is unacceptable',
      at(3, 3, 4, '  <<: 3'),
    ],
    [
      'a list that is not closed',
      'a: [1, 2',
      'unexpected end of the stream within a flow collection',
      at(1, 9, 10, 'a: [1, 2'),
    ],
    ['a null byte', 'a: \u0000', 'null byte is not allowed in input', at(1, 4, 5, 'a: \u0000')],
  ])('%s', (_, text, reason, place) => {
    expect(problemOf(text)).toEqual({ kind: 'invalid', reason, place });
  });

  test('a key that stands twice', () => {
    expect(problemOf('a: 1\nlong: 2\nlong: 3')).toEqual({
      kind: 'invalid',
      reason: 'duplicated mapping key',
      place: at(3, 1, 5, 'long: 3'),
      duplicate: { key: 'long', first: at(2, 1, 5, 'long: 2') },
    });
  });

  test('an alias of its own surroundings', () => {
    const place = at(2, 11, 13, 'b: &me [1, *me]');
    expect(problemOf('a: 1\nb: &me [1, *me]')).toEqual({
      kind: 'self-reference',
      anchor: 'me',
      place: { ...place, column: 13, endColumn: 14 },
    });
  });

  test('200,000 brackets', () => {
    expect(problemOf('['.repeat(200_000))).toMatchObject({
      kind: 'invalid',
      reason: 'nesting exceeded maxDepth (100)',
      place: { line: 1, column: 100 },
    });
  });

  test('more values than allowed, with aliases and without', () => {
    const limits = { depth: 100, nodes: 10 };
    const place = at(2, 8, 9, 'b: [*x, *x]');
    expect(parseYaml('a: &x [1, 2]\nb: [*x, *x]', limits)).toEqual({
      problem: { kind: 'too-many-nodes', place: { ...place, column: 10, endColumn: 11 } },
    });
    expect(parseYaml('[1,2,3,4,5,6,7,8,9,10]', limits)).toEqual({
      problem: { kind: 'too-many-nodes', place: at(1, 20, 21, '[1,2,3,4,5,6,7,8,9,10]') },
    });
  });
});

test('any text gives a document or a problem with a place, and no exception', () => {
  const pieces = fc.constantFrom(
    'a',
    ': ',
    '- ',
    '\n',
    '  ',
    '{',
    '}',
    '[',
    ']',
    ', ',
    '&x ',
    '*x',
    '"',
    "'",
    '|\n',
    '<<: ',
    '? ',
    '---\n',
    '#',
    '!',
    '\t',
  );
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.array(pieces).map((all) => all.join('')),
      ),
      (text) => {
        const parsed = parseYaml(text, LIMITS);
        const place = 'document' in parsed ? parsed.document.place(['a', 0]) : parsed.problem.place;
        expect(place.line).toBeGreaterThan(0);
        expect(place.column).toBeGreaterThan(0);
        expect(place.endColumn).toBeGreaterThan(place.column);
      },
    ),
    { numRuns: 3000 },
  );
});

test('JSON is read as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4 }), (value) => {
      const text = JSON.stringify(value, null, 1);
      expect(documentOf(text).value).toEqual(JSON.parse(text));
    }),
    { numRuns: 500 },
  );
});
