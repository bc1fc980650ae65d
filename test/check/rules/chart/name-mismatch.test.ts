import { expect, test } from 'vitest';

import { nameMismatch } from '../../../../src/check/rules/chart/name-mismatch.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';

async function found(file: string, name: string, version: string): Promise<Finding[]> {
  const files = { [`charts/${file}`]: packedChart(name, version) };
  return [...nameMismatch(await lintPackOf({ manifest: { charts: [`charts/${file}`] }, files }))];
}

test('a file that is named after another version is a warning at its line in pack.json', async () => {
  expect(await found('ako-1.9.2.tgz', 'ako', '0.1.0')).toEqual([
    {
      rule: 'chart/name-mismatch',
      severity: 'error',
      file: 'pack.json',
      place: { line: 10, column: 5, endColumn: 27, source: '    "charts/ako-1.9.2.tgz"' },
      args: { path: 'charts/ako-1.9.2.tgz', name: 'ako', version: '0.1.0' },
    },
  ]);
});

test.each([
  ['ako-1.9.2.tgz', 'ako', '1.9.2'],
  ['ako-v1.9.2.tgz', 'ako', '1.9.2'],
  ['ako-1.9.2.tgz', 'ako', 'v1.9.2'],
  ['ako.tgz', 'ako', '1.9.2'],
  ['ako-1.0.0+up.1.tgz', 'ako', '1.0.0+up.1'],
  ['ako-1.0.0_up.1.tgz', 'ako', '1.0.0+up.1'],
])('%s may hold %s %s', async (file, name, version) => {
  expect(await found(file, name, version)).toEqual([]);
});

test.each([
  ['other-1.9.2.tgz', 'ako', '1.9.2'],
  ['ako-1.9.tgz', 'ako', '1.9.2'],
  ['ako-.tgz', 'ako', '1.9.2'],
  ['AKO-1.9.2.tgz', 'ako', '1.9.2'],
])('%s may not hold %s %s', async (file, name, version) => {
  expect(await found(file, name, version)).toHaveLength(1);
});

test('a long name out of an archive is cut', async () => {
  const [finding] = await found('a.tgz', 'n'.repeat(10_000), '1.0.0');
  expect(JSON.stringify(finding?.args).length).toBeLessThan(300);
});

test('a chart without a name or a version, or that is not listed, is not looked at', async () => {
  const files = {
    'a.tgz': packedChart('a', '1', { 'Chart.yaml': 'name: x\n' }),
    'b.tgz': packedChart('b', '1', { 'Chart.yaml': '- x\n' }),
    'c-2.tgz': packedChart('c', '1'),
  };
  const pack = await lintPackOf({ manifest: { charts: ['a.tgz', 'b.tgz', 'missing.tgz', 5] }, files });
  expect([...nameMismatch(pack)]).toEqual([]);
});
