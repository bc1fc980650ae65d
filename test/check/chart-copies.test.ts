import { expect, test } from 'vitest';

import { chartCopies } from '../../src/check/chart-copies.ts';
import type { FileMap } from '../helpers/git-repository.ts';
import { lintPackOf } from '../helpers/lint-pack-of.ts';
import { packedChart } from '../helpers/packed-chart.ts';

async function copies(files: FileMap, charts: readonly string[] = ['a.tgz']): Promise<[string, string][]> {
  const pack = await lintPackOf({ manifest: { charts }, files: { 'a.tgz': packedChart('a'), ...files } });
  return chartCopies(pack).map(({ directory, chart }) => [directory, chart.path]);
}

test('an unpacked chart of the same name is a copy, wherever it lies', async () => {
  const files = { 'charts/a/Chart.yaml': 'name: a', 'old/x/Chart.yaml': 'name: a', 'charts/b/Chart.yaml': 'name: b' };
  expect(await copies(files)).toEqual([
    ['charts/a', 'a.tgz'],
    ['old/x', 'a.tgz'],
  ]);
});

test('a subchart of another is none, and neither is the pack itself', async () => {
  const files = {
    'charts/b/Chart.yaml': 'name: b',
    'charts/b/charts/a/Chart.yaml': 'name: a',
    'Chart.yaml': 'name: a',
  };
  expect(await copies(files)).toEqual([]);
});

test('of several charts of a name, the one of the same version is meant', async () => {
  const files = { 'b.tgz': packedChart('a', '2.0.0'), 'a/Chart.yaml': 'name: a\nversion: 2.0.0' };
  expect(await copies(files, ['a.tgz', 'b.tgz'])).toEqual([['a', 'b.tgz']]);
  expect(await copies({ ...files, 'a/Chart.yaml': 'name: a\nversion: 3.0.0' }, ['a.tgz', 'b.tgz'])).toEqual([]);
});

test.each(['- a', 'name: [a]', 'a: [', '', '\u0000', 'name: null', '__proto__: {name: a}'])(
  'a Chart.yaml that says no name is no copy: %j',
  async (text) => {
    expect(await copies({ 'a/Chart.yaml': text })).toEqual([]);
  },
);

test('charts without a name have no copies', async () => {
  const nameless = packedChart('x', '1', { 'Chart.yaml': 'version: 1.0.0' });
  expect(await copies({ 'a.tgz': nameless, 'a/Chart.yaml': 'version: 1.0.0' })).toEqual([]);
  expect(await copies({ 'a/Chart.yaml': 'name: a' }, [])).toEqual([]);
});
