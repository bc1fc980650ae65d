import { expect, test } from 'vitest';

import { large } from '../../../../src/check/rules/file/large.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

const LIMIT = 5 * 1024 * 1024;

test('a file of exactly 5 MiB is no finding', async () => {
  expect([...large(await lintPackOf({ files: { 'data.bin': Buffer.alloc(LIMIT) } }))]).toEqual([]);
});

test('one byte more is', async () => {
  expect([...large(await lintPackOf({ files: { 'charts/data.bin': Buffer.alloc(LIMIT + 1) } }))]).toEqual([
    {
      rule: 'file/large',
      severity: 'error',
      file: 'charts/data.bin',
      args: { path: 'charts/data.bin', size: LIMIT + 1, limit: LIMIT },
    },
  ]);
});
