import { expect, test } from 'vitest';

import { misplacedNamespace } from '../../../../src/check/rules/values/misplaced-namespace.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(values: string): Promise<Finding[]> {
  return [...misplacedNamespace(await lintPackOf({ files: { 'values.yaml': values } }))];
}

test('a namespace below content', async () => {
  expect(await found('pack:\n  content:\n    namespace: demo\n')).toEqual([
    {
      rule: 'values/misplaced-namespace',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 3, column: 5, endColumn: 14, source: '    namespace: demo' },
      args: { path: 'pack.content.namespace', given: false },
    },
  ]);
});

test.each([
  ['namespace: a\n', { path: 'namespace', given: false }],
  ['charts: {namespace: a}\n', { path: 'charts.namespace', given: false }],
  ['manifests: {namespace: a}\npack: {namespace: b}\n', { path: 'manifests.namespace', given: true }],
])('%j', async (values, args) => {
  expect((await found(values)).map((finding) => finding.args)).toEqual([args]);
});

test.each(['', 'pack: {namespace: a}\n', 'charts: {namespace: {image: x}}\n', 'namespace: {}\n', 'pack: []\n', 'a: ['])(
  'nothing to say of %j',
  async (values) => {
    expect(await found(values)).toEqual([]);
  },
);
