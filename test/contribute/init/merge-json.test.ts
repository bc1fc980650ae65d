import { evaluate, parse } from '@humanwhocodes/momoa';
import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { mergeJson } from '../../../src/contribute/init/merge-json.ts';

const read = (text: string): unknown => evaluate(parse(text, { mode: 'jsonc', allowTrailingCommas: true }));

test.each([
  ['an empty object', '{}', { a: 1 }, '{\n  "a": 1\n}'],
  ['an empty object with blanks', '{\n}\n', { a: 1 }, '{\n  "a": 1\n}\n'],
  ['only a comment', '{\n  // none yet\n}\n', { a: 1 }, '{\n  // none yet\n  "a": 1\n}\n'],
  ['one line', '{ "b": 2 }', { a: [1], c: { d: 1 } }, '{ "b": 2, "a": [1], "c": {"d":1} }'],
  ['four blanks', '{\n    "b": 2\n}\n', { a: { c: 1 } }, '{\n    "b": 2,\n    "a": {\n        "c": 1\n    }\n}\n'],
  ['tabs and CRLF', '{\r\n\t"b": {}\r\n}', { b: { c: 1 } }, '{\r\n\t"b": {\r\n\t\t"c": 1\r\n\t}\r\n}'],
  ['a comma at the end', '{\n  "b": 2,\n}\n', { a: 1 }, '{\n  "b": 2,\n  "a": 1,\n}\n'],
  ['a comment behind', '{\n  "b": 2 // two\n}\n', { a: 1 }, '{\n  "b": 2, // two\n  "a": 1\n}\n'],
  ['a comma and a comment', '{\n  "b": 2, /* two */\n}', { a: 1 }, '{\n  "b": 2, /* two */\n  "a": 1,\n}'],
  ['a list', '{ "a": [1, 2] }', { a: [2, 3] }, '{ "a": [1, 2, 3] }'],
  ['nothing that lacks', '{"a":{"b":1},"c":[{"d":2}]}', { a: { b: 1 }, c: [{ d: 2 }] }, '{"a":{"b":1},"c":[{"d":2}]}'],
])('%s', (_, text, wanted, expected) => {
  expect(mergeJson(text, wanted)).toEqual({ text: expected, different: [] });
});

test('what is there stays, and is named where it is another', () => {
  const text = '{ "scripts": { "build": "make" }, "devDependencies": [] }';
  const wanted = { scripts: { build: 'packyard build', check: 'packyard check' }, devDependencies: { packyard: '1' } };
  expect(mergeJson(text, wanted)).toEqual({
    text: '{ "scripts": { "build": "make", "check": "packyard check" }, "devDependencies": [] }',
    different: [
      { path: ['scripts', 'build'], wanted: 'packyard build' },
      { path: ['devDependencies'], wanted: { packyard: '1' } },
    ],
  });
});

test('an entry of a list is there already when it is about the same', () => {
  const text = '{ "json.schemas": [{ "url": "./a.json", "fileMatch": ["other"] }] }';
  const wanted = { 'json.schemas': [{ fileMatch: ['x'], url: './a.json' }] };
  expect(mergeJson(text, wanted, { identity: 'url' })).toEqual({ text, different: [] });
});

test.each(['', '[]', '{', '"a"', '{ "a": }', '\ufeff\u0000'])('%j is no object that can be read', (text) => {
  expect(mergeJson(text, { a: 1 })).toBeUndefined();
});

const values = fc.dictionary(
  fc.string({ maxLength: 4 }).filter((key) => key !== '__proto__'),
  fc.oneof(
    fc.integer(),
    fc.string(),
    fc.array(fc.integer(), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom('x', 'y'), fc.boolean()),
  ),
  { maxKeys: 5 },
);

test('everything that was there is there afterwards, with everything that was missing; the second time nothing is', () => {
  fc.assert(
    fc.property(values, values, fc.constantFrom(undefined, 2, '\t'), (there, wanted, indent) => {
      const merged = mergeJson(JSON.stringify(there, undefined, indent), wanted);
      const result = read(merged?.text ?? '') as Record<string, unknown>;
      expect(Object.keys(result).toSorted()).toEqual(
        [...new Set([...Object.keys(there), ...Object.keys(wanted)])].toSorted(),
      );
      expect(result).toMatchObject(
        Object.fromEntries(Object.entries(there).filter(([, value]) => typeof value !== 'object')),
      );
      expect(mergeJson(merged?.text ?? '', wanted)).toEqual(merged);
    }),
  );
});
