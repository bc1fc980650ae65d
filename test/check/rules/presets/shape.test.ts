import { expect, test } from 'vitest';

import { shape } from '../../../../src/check/rules/presets/shape.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(content: string): Promise<Finding[]> {
  return [...shape(await lintPackOf({ files: { 'presets.yaml': content } }))];
}

test.each(['presets: [{ name: a, remove: [a.b] }, { name: b, remove: }]', '', '{}', 'presets:', 'presets: {}', 'a: ['])(
  'nothing to say of %j',
  async (content) => {
    expect(await found(content)).toEqual([]);
  },
);

test('a preset without a name is told where it begins', async () => {
  expect(await found('presets:\n  - displayName: A\n')).toEqual([
    {
      rule: 'presets/shape',
      severity: 'error',
      file: 'presets.yaml',
      place: { line: 2, column: 5, endColumn: 6, source: '  - displayName: A' },
      args: { what: 'no name', found: 'no such key' },
    },
  ]);
});

test.each<[string, string, string]>([
  ['- name: a', 'no list', 'a list'],
  ['text', 'no list', 'a string'],
  ['preset: []', 'no list', 'no such key'],
  ['presets: a', 'no list', 'a string'],
  ['presets: { a: 1 }', 'no list', 'an object'],
  ['presets: [a]', 'no mapping', 'a string'],
  ['presets: [[]]', 'no mapping', 'a list'],
  ['presets: [null]', 'no mapping', 'null'],
  ['presets: [{ name: 1 }]', 'no name', 'a number'],
  ['presets: [{ name: " " }]', 'no name', 'an empty text'],
  ['presets: [{ name: a, remove: a.b }]', 'no list of paths', 'a string'],
  ['presets: [{ name: a, remove: [a, 1, 2] }]', 'no list of paths', 'a number'],
])('%j', async (content, what, instead) => {
  expect((await found(content)).map(({ args }) => args)).toEqual([{ what, found: instead }]);
});
