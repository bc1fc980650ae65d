import { expect, test } from 'vitest';

import { notAnEntry } from '../../../../src/check/rules/schema/not-an-entry.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(content: string): Promise<Finding[]> {
  return [...notAnEntry(await lintPackOf({ files: { 'schema.yaml': content } }))];
}

test.each(["a.b:\n  schema: '{{ required }}'\n", '', '[]', '{}', 'a: ['])('nothing to say of %j', async (content) => {
  expect(await found(content)).toEqual([]);
});

test('an expression without quotes is a mapping', async () => {
  expect(await found('a.b:\n  schema: {{ required }}\n')).toEqual([
    {
      rule: 'schema/not-an-entry',
      severity: 'error',
      file: 'schema.yaml',
      place: { line: 2, column: 11, endColumn: 12, source: '  schema: {{ required }}' },
      args: { path: 'a.b', found: 'a mapping, as the braces are not in quotes' },
    },
  ]);
});

test.each<[string, string, string]>([
  ['- a', '', 'a list'],
  ['text', '', 'a string'],
  ["a: '{{ required }}'", 'a', 'a string'],
  ['a:', 'a', 'null'],
  ['a: [1]', 'a', 'a list'],
  ['a: { Schema: x }', 'a', 'no such key'],
  ['a: { schema: 1 }', 'a', 'a number'],
  ['a: { schema: }', 'a', 'null'],
  ['__proto__: 1', '__proto__', 'a number'],
])('%j', async (content, path, instead) => {
  expect((await found(content)).map(({ args }) => args)).toEqual([{ path, found: instead }]);
});
