import { expect, test } from 'vitest';

import { entropy } from '../../../../src/check/rules/secrets/entropy.ts';

test.each([
  ['', 0],
  ['aaaa', 0],
  ['abab', 1],
  ['abcd', 2],
  ['0123456789abcdef', 4],
  ['🙂🙃', 1],
])('%j has %f bits per character', (text, bits) => {
  expect(entropy(text)).toBeCloseTo(bits, 10);
});

test('the order of characters does not matter', () => {
  expect(entropy('aabbc')).toBeCloseTo(entropy('cabab'), 10);
});
