import { expect, test } from 'vitest';

import { inertOverrides } from '../../../../src/check/rules/values/inert-overrides.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';

async function found(values: string, chart: Readonly<Record<string, string>>): Promise<Finding[]> {
  const files = { 'values.yaml': values, 'nginx.tgz': packedChart('nginx', '1.0.0', chart) };
  return [...inertOverrides(await lintPackOf({ manifest: { charts: ['nginx.tgz'] }, files }))];
}

test('a chart that uses none of its overrides', async () => {
  const values = 'charts:\n  nginx:\n    nginx:\n      image: x\n    web: {}\n';
  expect(await found(values, { 'values.yaml': 'image: y\n' })).toEqual([
    {
      rule: 'values/inert-overrides',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 2, column: 3, endColumn: 8, source: '  nginx:' },
      args: { chart: 'nginx', count: 2, keys: ['nginx', 'web'] },
    },
  ]);
});

test('one override that it uses is enough', async () => {
  expect(await found('charts:\n  nginx: {web: {}, image: x}\n', { 'values.yaml': 'a: 1\nimage: y\n' })).toEqual([]);
});

test('of many overrides the first ten are named', async () => {
  const keys = Array.from({ length: 50 }, (_, at) => `k${at}: 1`);
  const [finding] = await found(`charts:\n  nginx: {${keys.join(', ')}}\n`, {});
  expect(finding?.args).toEqual({ chart: 'nginx', count: 50, keys: keys.slice(0, 10).map((key) => key.slice(0, 2)) });
});

test.each([
  'charts:\n  nginx: {}\n',
  'charts:\n  nginx:\n',
  'charts:\n  nginx: [a]\n',
  'charts:\n  web: {a: 1}\n',
  'charts: x\n',
  '',
])('nothing to say of %j', async (values) => {
  expect(await found(values, {})).toEqual([]);
});
