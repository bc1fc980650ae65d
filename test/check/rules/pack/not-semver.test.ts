import { expect, test } from 'vitest';

import { notSemver } from '../../../../src/check/rules/pack/not-semver.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(version: unknown): Promise<unknown[]> {
  return [...notSemver(await lintPackOf({ manifest: { version } }))];
}

test('a number with a leading zero is found at the version', async () => {
  expect(await found('25.06.0')).toEqual([
    {
      rule: 'pack/not-semver',
      severity: 'error',
      file: 'pack.json',
      place: { line: 3, column: 14, endColumn: 23, source: '  "version": "25.06.0",' },
      args: { version: '25.06.0', suggestion: '25.6.0' },
    },
  ]);
});

test.each<[string, string | undefined]>([
  ['1.5', '1.5.0'],
  ['v1', '1.0.0'],
  ['00.0.007', '0.0.7'],
  ['1.2-rc.1', '1.2.0-rc.1'],
  ['1.2.3.4', undefined],
  ['1.2.3-01', undefined],
  ['1.2.3_4', undefined],
  ['1.2.3-a..b', undefined],
  ['1.2.3+a+b', undefined],
  ['1..2', undefined],
  ['1.2.3b1', undefined],
])('%s is not SemVer, but perhaps %s was meant', async (version, suggestion) => {
  const args = { version, ...(suggestion !== undefined && { suggestion }) };
  expect(await found(version)).toMatchObject([{ args }]);
});

test.each(['1.2.3', 'v1.2.3', '0.0.0', '2.0.1-up.1', '0.30.0-5.5.2026', '1.0.0-0a.-.x-y+001.exp', '1.0.0+b'])(
  '%s is SemVer',
  async (version) => {
    expect(await found(version)).toEqual([]);
  },
);

test.each(['', 'latest', '1.2.3 ', `1.${'0'.repeat(100_000)}`, 1, null, {}, undefined])(
  'what is no version at all is left to the schema',
  async (version) => {
    expect(await found(version)).toEqual([]);
  },
);

test('without a readable pack.json there is nothing to say', async () => {
  expect([...notSemver(await lintPackOf({ files: { 'pack.json': '' } }))]).toEqual([]);
});
