import { expect, test } from 'vitest';

import { tooManyPixels } from '../../../../src/check/rules/logo/too-many-pixels.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { png } from '../../../helpers/png.ts';

async function found(width: number, height: number): Promise<Finding[]> {
  const data = png(8, 8);
  data.writeUInt32BE(width, 16);
  data.writeUInt32BE(height, 20);
  return [...tooManyPixels(await lintPackOf({ files: { 'logo.png': data } }))];
}

test('more than what is decoded', async () => {
  expect(await found(5001, 5000)).toEqual([
    { rule: 'logo/too-many-pixels', severity: 'error', file: 'logo.png', args: { limit: 25_000_000 } },
  ]);
  expect(await found(0xffffffff, 0xffffffff)).toHaveLength(1);
});

test('exactly as many, and no logo', async () => {
  expect(await found(5000, 5000)).toEqual([]);
  expect([...tooManyPixels(await lintPackOf())]).toEqual([]);
});
