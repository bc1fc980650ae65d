import { expect, test } from 'vitest';

import { notSquare } from '../../../../src/check/rules/logo/not-square.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { png } from '../../../helpers/png.ts';

async function found(data: Buffer | string): Promise<Finding[]> {
  return [...notSquare(await lintPackOf({ files: { 'logo.png': data } }))];
}

test('one side is longer', async () => {
  expect(await found(png(200, 150))).toEqual([
    { rule: 'logo/not-square', severity: 'error', file: 'logo.png', args: { width: 200, height: 150 } },
  ]);
});

test.each([
  [256, 256, 0],
  [105, 100, 0],
  [100, 105, 0],
  [106, 100, 1],
  [100, 106, 1],
  [1, 1000, 1],
])('%i by %i pixels give %i findings', async (width, height, count) => {
  expect(await found(png(width, height))).toHaveLength(count);
});

test('a drawing is made square, and what is no image is another finding', async () => {
  expect(await found('<svg width="10" height="20"></svg>')).toEqual([]);
  expect(await found('text')).toEqual([]);
  expect([...notSquare(await lintPackOf())]).toEqual([]);
});
