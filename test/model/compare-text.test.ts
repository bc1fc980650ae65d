import { expect, test } from 'vitest';

import { compareText } from '../../src/model/compare-text.ts';

test.each([
  ['a', 'a', 0],
  ['Z', 'a', -1],
  ['ä', 'z', 1],
  ['\uffff', '🦊', 1],
])('text is compared by code units, not by the language: %s, %s', (a, b, order) => {
  expect(compareText(a, b)).toBe(order);
});
