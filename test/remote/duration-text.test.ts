import { expect, test } from 'vitest';

import { durationText } from '../../src/remote/duration-text.ts';

test.each([
  [0, '0 s'],
  [1, '1 s'],
  [40_000, '40 s'],
  [119_000, '119 s'],
  [120_000, '2 minutes'],
  [3_600_000, '60 minutes'],
  [7_200_001, '3 hours'],
  [86_400_000, '24 hours'],
  [172_800_000, '2 days'],
])('%d ms are %s', (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
