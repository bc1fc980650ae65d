import { expect, test } from 'vitest';

import { badAdd } from '../../../../src/check/rules/presets/bad-add.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(content: string): Promise<Finding[]> {
  return [...badAdd(await lintPackOf({ files: { 'presets.yaml': content } }))];
}

test.each([
  'presets:\n  - name: a\n    add: |\n      charts:\n        demo: {}\n',
  'presets: [{ name: a, add: "" }, { name: b, add: }, { name: c }, null, 1]',
  'presets:\n  - name: a\n    add: "charts: { demo: { tag: {{ .spectro.var.tag }} } }"\n',
  'presets: 1',
  '',
  'a: [',
])('nothing to say of %j', async (content) => {
  expect(await found(content)).toEqual([]);
});

test('a mistake in a block is told at its place in the file', async () => {
  expect(await found('presets:\n  - name: a\n    add: |\n      charts:\n        x: 1\n       y: 2\n')).toEqual([
    {
      rule: 'presets/bad-add',
      severity: 'error',
      file: 'presets.yaml',
      place: { line: 6, column: 8, endColumn: 9, source: '       y: 2' },
      args: { name: 'a', reason: expect.any(String) },
    },
  ]);
});

test('a mistake in a text of one line is told at the text', async () => {
  const [finding] = await found('presets:\n  - add: "a: [1"\n');
  expect(finding).toMatchObject({ args: { name: 'number 1' }, place: { line: 2 } });
});

test.each<[string, string]>([
  ['{ a: 1 }', 'it is an object, not a text'],
  ['[a]', 'it is a list, not a text'],
  ['1', 'it is a number, not a text'],
  ['"- a"', 'it holds a list, not a mapping'],
  ['text', 'it holds a string, not a mapping'],
])('add: %s', async (add, reason) => {
  expect((await found(`presets: [{ name: a, add: ${add} }]`)).map(({ args }) => args)).toEqual([{ name: 'a', reason }]);
});
