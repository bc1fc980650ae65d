import { expect, test } from 'vitest';

import { copyDiffers } from '../../../../src/check/rules/chart/copy-differs.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import type { FileMap } from '../../../helpers/git-repository.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';

const CHART = 'charts/a-1.0.0.tgz';

/** Findings about a packed chart and a copy of it at `charts/a`. */
async function found(
  packed: Readonly<Record<string, string>>,
  copy: Readonly<Record<string, string>>,
  more: FileMap = {},
): Promise<Finding[]> {
  const unpacked = { 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n', ...copy };
  const below = Object.fromEntries(Object.entries(unpacked).map(([path, text]) => [`charts/a/${path}`, text]));
  const files = { [CHART]: packedChart('a', '1.0.0', packed), ...below, ...more };
  return [...copyDiffers(await lintPackOf({ manifest: { charts: [CHART] }, files }))];
}

test('what was changed, added and removed is said, at the chart in pack.json', async () => {
  const packed = { 'values.yaml': 'a: 1\n', 'templates/x.yaml': 'x', 'README.md': '' };
  const copy = { 'values.yaml': 'a: 2\n', 'templates/x.yaml': 'x', 'templates/y.yaml': 'y' };
  expect(await found(packed, copy)).toEqual([
    {
      rule: 'chart/copy-differs',
      severity: 'error',
      file: 'pack.json',
      place: { line: 10, column: 5, endColumn: 25, source: '    "charts/a-1.0.0.tgz"' },
      args: {
        path: CHART,
        copy: 'charts/a',
        changed: { count: 1, paths: ['values.yaml'] },
        added: { count: 1, paths: ['templates/y.yaml'] },
        removed: { count: 1, paths: ['README.md'] },
      },
    },
  ]);
});

test('a copy of another version says so', async () => {
  const [finding] = await found({}, { 'Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.1.0\n' });
  expect(finding?.args).toMatchObject({
    versions: { packed: '1.0.0', copy: '1.1.0' },
    changed: { count: 1, paths: ['Chart.yaml'] },
  });
});

test('of many files the first ten are named', async () => {
  const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`templates/${at}.yaml`, 'x']));
  const [finding] = await found({}, many);
  const paths = Array.from({ length: 100 }, (_, at) => `templates/${at}.yaml`).toSorted();
  expect(finding?.args).toMatchObject({ added: { count: 100, paths: paths.slice(0, 10) } });
});

test('a copy that is the same, and one of another chart, say nothing', async () => {
  expect(await found({ 'values.yaml': 'a: 1\n' }, { 'values.yaml': 'a: 1\r\n' })).toEqual([]);
  expect(await found({ x: '1' }, { 'Chart.yaml': 'name: b\nversion: 1.0.0\n' })).toEqual([]);
});

test('a chart that lies in its own copy is not a file of it', async () => {
  const path = 'a/a-1.0.0.tgz';
  const files = { [path]: packedChart('a'), 'a/Chart.yaml': 'apiVersion: v2\nname: a\nversion: 1.0.0\n' };
  expect([...copyDiffers(await lintPackOf({ manifest: { charts: [path] }, files }))]).toEqual([]);
});

test('a hundred copies are not all compared', async () => {
  const charts = Array.from({ length: 100 }, (_, at) => [`copies/${at}/Chart.yaml`, 'name: a\nversion: 1.0.0\n']);
  expect(await found({}, {}, Object.fromEntries(charts) as FileMap)).toHaveLength(49);
});

test('without a readable pack.json there is nothing to say', async () => {
  expect([...copyDiffers(await lintPackOf({ files: { 'pack.json': '{' } }))]).toEqual([]);
});
