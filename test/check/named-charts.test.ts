import { expect, test } from 'vitest';

import { namedCharts } from '../../src/check/named-charts.ts';
import { lintPackOf } from '../helpers/lint-pack-of.ts';
import { packedChart } from '../helpers/packed-chart.ts';

const FILES = { 'a.tgz': packedChart('nginx'), 'b.tgz': packedChart('redis') };

test('names of listed charts are known, and those of others accepted', async () => {
  const charts = namedCharts(await lintPackOf({ manifest: { charts: ['a.tgz'] }, files: FILES }));
  expect([...(charts?.names ?? [])]).toEqual(['nginx', 'redis']);
  expect(charts?.facts('ngnix')).toEqual({ chart: 'ngnix', suggestion: 'nginx', known: ['nginx'] });
  expect(charts?.facts('x'.repeat(1000)).chart).toHaveLength(200);
});

test('a chart that is missing leaves all open', async () => {
  for (const charts of [['a.tgz', 'c.tgz'], ['a.tgz', '../c.tgz'], [1]]) {
    expect(namedCharts(await lintPackOf({ manifest: { charts }, files: FILES }))).toBeUndefined();
  }
});
