import { expect, test } from 'vitest';

import { rootValues } from '../../../../src/check/rules/values/root-values.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';

const FILES = {
  'nginx.tgz': packedChart('nginx', '1.0.0', { 'values.yaml': 'service: {}\nimage: {}\ncharts: {}\n' }),
  'redis.tgz': packedChart('redis', '1.0.0', { 'values.yaml': 'image: {}\n' }),
};

async function found(values: string): Promise<Finding[]> {
  const manifest = { charts: ['redis.tgz', 'nginx.tgz'] };
  return [...rootValues(await lintPackOf({ manifest, files: { ...FILES, 'values.yaml': values } }))];
}

test('values of the chart that knows most of them', async () => {
  expect(await found('pack: {}\nother: 1\nimage: {}\nservice: {}\n')).toEqual([
    {
      rule: 'values/root-values',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 3, column: 1, endColumn: 6, source: 'image: {}' },
      args: { chart: 'nginx', count: 2, keys: ['image', 'service'] },
    },
  ]);
});

test('a chart that has a section of its own is not meant', async () => {
  expect(await found('image: {}\ncharts:\n  nginx: {image: {}}\n')).toMatchObject([{ args: { chart: 'redis' } }]);
  expect(await found('image: {}\ncharts:\n  nginx: {image: {}}\n  redis: {image: {}}\n')).toEqual([]);
});

test('an empty section is none', async () => {
  expect(await found('service: {}\ncharts:\n  nginx:\n')).toHaveLength(1);
});

test.each(['', 'pack: {}\ncharts: {}\nmanifests: {}\n', 'kubeadmconfig: {}\n', '- image\n', 'image: ['])(
  'nothing to say of %j',
  async (values) => {
    expect(await found(values)).toEqual([]);
  },
);

test('charts without values or without names are passed over', async () => {
  const files = {
    'values.yaml': 'image: {}\n',
    'a.tgz': packedChart('a', '1', { 'Chart.yaml': 'version: 1' }),
    'b.tgz': packedChart('b', '1', { 'values.yaml': 'a: [' }),
  };
  expect([...rootValues(await lintPackOf({ manifest: { charts: ['a.tgz', 'b.tgz'] }, files }))]).toEqual([]);
});
