import { expect, test } from 'vitest';

import { chartFileValue } from '../../src/check/chart-files.ts';

test('a file is parsed once', () => {
  const data = Buffer.from('a: {b: 1}\n');
  expect(chartFileValue(data)).toEqual({ a: { b: 1 } });
  expect(chartFileValue(data)).toBe(chartFileValue(data));
});

test.each([
  ['none', undefined],
  ['no YAML', Buffer.from('a: [')],
  ['no UTF-8', Buffer.from([0x61, 0x3a, 0x20, 0xff])],
  ['too large', Buffer.alloc(8_388_609, ' ')],
])('undefined: %s', (_, data) => {
  expect(chartFileValue(data)).toBeUndefined();
});

test('an empty file holds null', () => {
  expect(chartFileValue(Buffer.from(''))).toBeNull();
});
