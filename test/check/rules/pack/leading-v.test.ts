import { expect, test } from 'vitest';

import { leadingV } from '../../../../src/check/rules/pack/leading-v.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(version: unknown): Promise<unknown[]> {
  return [...leadingV(await lintPackOf({ manifest: { version } }))];
}

test('a v in front of a version is found at the version', async () => {
  expect(await found('v1.8.7')).toEqual([
    {
      rule: 'pack/leading-v',
      severity: 'error',
      file: 'pack.json',
      place: { line: 3, column: 14, endColumn: 22, source: '  "version": "v1.8.7",' },
      args: { version: 'v1.8.7' },
    },
  ]);
});

test('a capital V is one too', async () => {
  expect(await found('V2')).toMatchObject([{ args: { version: 'V2' } }]);
});

test.each(['1.8.7', '1.8.7-v2', 'version-1', 'v', 'vv1', '', 1, null, ['v1'], undefined])(
  '%j has none',
  async (version) => {
    expect(await found(version)).toEqual([]);
  },
);

test('without a readable pack.json there is nothing to say', async () => {
  expect([...leadingV(await lintPackOf({ files: { 'pack.json': '[]' } }))]).toEqual([]);
});
