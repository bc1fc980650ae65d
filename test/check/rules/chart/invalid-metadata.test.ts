import { expect, test } from 'vitest';

import { invalidMetadata } from '../../../../src/check/rules/chart/invalid-metadata.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';

async function found(chartYaml: string): Promise<Finding[]> {
  const files = { 'a.tgz': packedChart('a', '1.0.0', { 'Chart.yaml': chartYaml }) };
  return [...invalidMetadata(await lintPackOf({ manifest: { charts: ['a.tgz'] }, files }))];
}

test('what Helm needs and does not find is named', async () => {
  expect(await found('name: a\nversion: ""\n')).toEqual([
    {
      rule: 'chart/invalid-metadata',
      severity: 'error',
      file: 'pack.json',
      place: { line: 10, column: 5, endColumn: 12, source: '    "a.tgz"' },
      args: { path: 'a.tgz', missing: ['apiVersion', 'version'] },
    },
  ]);
});

test.each(['name: [a]\nversion: {a: 1}\napiVersion: null\n', '{}', '__proto__: {name: a, version: b, apiVersion: c}'])(
  'values of another kind are missing: %j',
  async (text) => {
    expect((await found(text)).map(({ args }) => args)).toEqual([
      { path: 'a.tgz', missing: ['apiVersion', 'name', 'version'] },
    ]);
  },
);

test.each(['apiVersion: v1\nname: a\nversion: 1.2\n', '- a list', 'a: [', ''])('nothing to say of %j', async (text) => {
  expect(await found(text)).toEqual([]);
});
