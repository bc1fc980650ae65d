import { expect, test } from 'vitest';

import { unknownChart } from '../../../../src/check/rules/values/unknown-chart.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';

const NGINX = packedChart('nginx', '1.0.0', { 'values.yaml': 'image: {}\nservice: {}\n' });

async function found(
  values: string,
  charts: readonly string[] = ['nginx.tgz'],
  archive: Buffer = NGINX,
): Promise<Finding[]> {
  const files = { 'values.yaml': values, 'nginx.tgz': archive };
  return [...unknownChart(await lintPackOf({ manifest: { charts }, files }))];
}

test('values for a chart that is not there, with the nearest that is', async () => {
  expect(await found('charts:\n  ngnix:\n    image: {}\n')).toEqual([
    {
      rule: 'values/unknown-chart',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 2, column: 3, endColumn: 8, source: '  ngnix:' },
      args: { chart: 'ngnix', suggestion: 'nginx', known: ['nginx'] },
    },
  ]);
});

test('values of a chart without its name are one finding', async () => {
  expect(await found('charts:\n  web: {}\n  service: {}\n  image: {}\n  nginx: {}\n')).toMatchObject([
    { args: { chart: 'web', known: ['nginx'] }, place: { line: 2 } },
    { args: { chart: 'service', known: ['nginx'], owner: { chart: 'nginx', more: 1 } }, place: { line: 3 } },
  ]);
});

test('a pack without charts has none', async () => {
  const files = { 'values.yaml': 'charts:\n  web: {}\n' };
  expect([...unknownChart(await lintPackOf({ files }))]).toMatchObject([{ args: { chart: 'web', known: [] } }]);
});

test.each([
  'charts:\n  nginx: {}\n',
  'charts:\n',
  'charts: [web]\n',
  'charts: web\n',
  '',
  'pack: {}\n',
  'charts:\n  namespace: x\n',
  'a: [',
])('nothing to say of %j', async (values) => {
  expect(await found(values)).toEqual([]);
});

test('where a chart is missing or has no name, every name could be right', async () => {
  expect(await found('charts:\n  web: {}\n', ['nginx.tgz', 'web.tgz'])).toEqual([]);
  const nameless = packedChart('x', '1', { 'Chart.yaml': 'version: 1\n' });
  expect(await found('charts:\n  web: {}\n', ['nginx.tgz'], nameless)).toEqual([]);
});

test('a chart that was forgotten in pack.json is told by another rule', async () => {
  expect(await found('charts:\n  nginx: {}\n', [])).toEqual([]);
});

test('keys and names of any length are quickly done with', async () => {
  const long = 'x'.repeat(100_000);
  const [finding] = await found(`charts:\n  ${long}: {}\n`, ['nginx.tgz'], packedChart(`${long}y`));
  expect(JSON.stringify(finding?.args).length).toBeLessThan(600);
});

test('keys that every object has are no charts', async () => {
  expect(await found('charts:\n  __proto__: {}\n  constructor: {}\n')).toHaveLength(2);
});
