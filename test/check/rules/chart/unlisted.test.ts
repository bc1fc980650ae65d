import { expect, test } from 'vitest';

import { unlisted } from '../../../../src/check/rules/chart/unlisted.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';
import type { FileMap } from '../../../helpers/git-repository.ts';

async function found(files: FileMap, charts: readonly string[] = []): Promise<Finding[]> {
  return [...unlisted(await lintPackOf({ manifest: { charts }, files }))];
}

test('a chart that lies in the pack and is not listed', async () => {
  expect(await found({ 'charts/a-1.0.0.tgz': packedChart('a') })).toEqual([
    {
      rule: 'chart/unlisted',
      severity: 'error',
      file: 'charts/a-1.0.0.tgz',
      args: { path: 'charts/a-1.0.0.tgz', name: 'a' },
    },
  ]);
});

test('it says which listed chart has its name', async () => {
  const files = { 'a-1.0.0.tgz': packedChart('a'), 'a-2.0.0.tgz': packedChart('a', '2.0.0') };
  expect((await found(files, ['./a-2.0.0.tgz'])).map(({ args }) => args)).toEqual([
    { path: 'a-1.0.0.tgz', name: 'a', listed: 'a-2.0.0.tgz' },
  ]);
});

test.each<[string, FileMap]>([
  [
    'a subchart of an unpacked chart',
    { 'charts/b/charts/a-1.0.0.tgz': packedChart('a'), 'charts/b/Chart.yaml': 'name: b' },
  ],
  ['an archive that is no chart', { 'a.tgz': packedChart('a', '1', { 'Chart.yaml': '- no chart' }) }],
  ['what is no archive', { 'a.tgz': 'text' }],
  ['nothing', {}],
])('%s needs no listing', async (_, files) => {
  expect(await found(files)).toEqual([]);
});

test('a folder of another name, or without a Chart.yaml, makes no subchart', async () => {
  expect(await found({ 'b/charts/a.tgz': packedChart('a') })).toHaveLength(1);
  expect(await found({ 'b/mycharts/a.tgz': packedChart('a'), 'b/my': '', 'b/myChart.yaml': '' })).toHaveLength(1);
});

test('without a readable pack.json there is nothing to say', async () => {
  expect([...unlisted(await lintPackOf({ files: { 'pack.json': '{', 'a.tgz': packedChart('a') } }))]).toEqual([]);
});
