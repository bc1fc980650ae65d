import { expect, test } from 'vitest';

import { duplicateName } from '../../../../src/check/rules/chart/duplicate-name.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';

const FILES = { 'a-1.tgz': packedChart('a', '1.0.0'), 'a-2.tgz': packedChart('a', '2.0.0'), 'b.tgz': packedChart('b') };

test('two listed charts of one name', async () => {
  const charts = ['a-1.tgz', 'b.tgz', 'a-2.tgz'];
  expect([...duplicateName(await lintPackOf({ manifest: { charts }, files: FILES }))]).toEqual([
    {
      rule: 'chart/duplicate-name',
      severity: 'error',
      file: 'pack.json',
      place: { line: 12, column: 5, endColumn: 14, source: '    "a-2.tgz"' },
      args: { path: 'a-2.tgz', name: 'a', first: 'a-1.tgz' },
    },
  ]);
});

test.each([
  ['one that is not listed', ['a-1.tgz', 'b.tgz']],
  ['one that is listed twice', ['a-1.tgz', './a-1.tgz', 'a-1.tgz']],
  ['nothing', []],
])('%s is no duplicate', async (_, charts) => {
  expect([...duplicateName(await lintPackOf({ manifest: { charts }, files: FILES }))]).toEqual([]);
});

test('charts without names are not compared', async () => {
  const nameless = packedChart('x', '1', { 'Chart.yaml': 'version: 1.0.0\n' });
  const pack = await lintPackOf({
    manifest: { charts: ['x.tgz', 'y.tgz'] },
    files: { 'x.tgz': nameless, 'y.tgz': nameless },
  });
  expect([...duplicateName(pack)]).toEqual([]);
});
