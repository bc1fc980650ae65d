import { expect, test } from 'vitest';

import { versionDiffers } from '../../../../src/check/rules/chart/version-differs.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';

async function found(version: unknown, chartVersion: string, appVersion?: string): Promise<Finding[]> {
  const app = appVersion === undefined ? '' : `appVersion: "${appVersion}"\n`;
  const chartYaml = `name: a\nversion: "${chartVersion}"\n${app}`;
  const files = { 'a.tgz': packedChart('a', '1', { 'Chart.yaml': chartYaml }) };
  return [...versionDiffers(await lintPackOf({ manifest: { version, charts: ['a.tgz'] }, files }))];
}

test('neither the version of the chart nor that of the application', async () => {
  expect(await found('1.4.41', '1.4.42', '1.4.43')).toEqual([
    {
      rule: 'chart/version-differs',
      severity: 'error',
      file: 'pack.json',
      place: { line: 3, column: 14, endColumn: 22, source: '  "version": "1.4.41",' },
      args: { version: '1.4.41', name: 'a', chartVersion: '1.4.42', appVersion: '1.4.43' },
    },
  ]);
});

test.each([
  ['1.2.3', '1.2.3', undefined],
  ['1.2.3', 'v1.2.3', undefined],
  ['v1.2.3', '1.2.3', undefined],
  ['1.2.3', '9.9.9', '1.2.3'],
  ['1.2.3', '9.9.9', 'v1.2.3'],
  ['1.2.3-rev1', '1.2.3', undefined],
  ['1.2.3+build', '9.9.9', '1.2.3'],
  ['1.2.3', '1.2.3-up.1', undefined],
  ['0.30.0-5.5.2026', '0.30.0', undefined],
  [123, '1.0.0', undefined],
  [null, '1.0.0', undefined],
])('%s is fine for %s (%s)', async (version, chartVersion, appVersion) => {
  expect(await found(version, chartVersion, appVersion)).toEqual([]);
});

test.each([
  ['1.2', '1.2.3', undefined],
  ['1.2.30', '1.2.3', undefined],
  ['1.2.3', '1.2.4', ''],
])('%s is not %s (%s)', async (version, chartVersion, appVersion) => {
  expect(await found(version, chartVersion, appVersion)).toHaveLength(1);
});

test('a pack of several charts has a version of its own, even where one of them is missing', async () => {
  const files = { 'a.tgz': packedChart('a', '9.9.9'), 'b.tgz': packedChart('b', '9.9.9') };
  for (const charts of [['a.tgz', 'b.tgz'], ['a.tgz', 'missing.tgz'], []]) {
    expect([...versionDiffers(await lintPackOf({ manifest: { charts }, files }))]).toEqual([]);
  }
});
