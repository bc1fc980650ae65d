import { expect, test } from 'vitest';

import { truncated } from '../../../../src/check/rules/logo/truncated.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { png } from '../../../helpers/png.ts';

test('an image that was cut', async () => {
  expect([...truncated(await lintPackOf({ files: { 'logo.png': png(64, 64).subarray(0, -20) } }))]).toEqual([
    {
      rule: 'logo/truncated',
      severity: 'error',
      file: 'logo.png',
      args: { reason: 'it ends in the middle of a chunk' },
    },
  ]);
});

test('a whole one, one that is no image, and none', async () => {
  expect([...truncated(await lintPackOf({ files: { 'logo.png': png(64, 64) } }))]).toEqual([]);
  expect([...truncated(await lintPackOf({ files: { 'logo.png': 'text' } }))]).toEqual([]);
  expect([...truncated(await lintPackOf())]).toEqual([]);
});
