import { expect, test } from 'vitest';

import { tiny } from '../../../../src/check/rules/logo/tiny.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { png } from '../../../helpers/png.ts';

async function found(data: Buffer | string): Promise<Finding[]> {
  return [...tiny(await lintPackOf({ files: { 'logo.png': data } }))];
}

test('both sides are short', async () => {
  expect(await found(png(63, 48))).toEqual([
    { rule: 'logo/tiny', severity: 'error', file: 'logo.png', args: { width: 63, height: 48, least: 64 } },
  ]);
});

test.each([
  [64, 64],
  [64, 10],
  [10, 64],
  [256, 256],
])('%i by %i pixels are enough', async (width, height) => {
  expect(await found(png(width, height))).toEqual([]);
});

test('a drawing has no size, and neither has what is no image', async () => {
  expect(await found('<svg width="10" height="10"></svg>')).toEqual([]);
  expect(await found('text')).toEqual([]);
  expect([...tiny(await lintPackOf())]).toEqual([]);
});
