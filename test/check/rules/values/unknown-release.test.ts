import { expect, test } from 'vitest';

import { unknownRelease } from '../../../../src/check/rules/values/unknown-release.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { packedChart } from '../../../helpers/packed-chart.ts';

async function found(overrides: string, charts: readonly string[] = ['nginx.tgz']): Promise<Finding[]> {
  const files = { 'values.yaml': `pack:\n  releaseNameOverride:${overrides}\n`, 'nginx.tgz': packedChart('nginx') };
  return [...unknownRelease(await lintPackOf({ manifest: { charts }, files }))];
}

test('a release name for a chart that is not there', async () => {
  expect(await found('\n    nginx: web\n    ngnix: web\n')).toEqual([
    {
      rule: 'values/unknown-release',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 4, column: 5, endColumn: 10, source: '    ngnix: web' },
      args: { chart: 'ngnix', suggestion: 'nginx', known: ['nginx'] },
    },
  ]);
});

test.each([' {}', '', ' [web]', ' web', '\n    nginx: web'])('nothing to say of %j', async (overrides) => {
  expect(await found(overrides)).toEqual([]);
});

test('where a chart is missing, every name could be right', async () => {
  expect(await found('\n    web: x', ['nginx.tgz', 'missing.tgz'])).toEqual([]);
});
