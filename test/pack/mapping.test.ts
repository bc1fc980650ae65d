import { expect, test } from 'vitest';

import { isMapping, keysOf } from '../../src/model/json-value.ts';

test.each([null, undefined, 1, 'text', [], [{ a: 1 }]])('%j is no mapping', (value) => {
  expect(isMapping(value)).toBe(false);
  expect(keysOf(value)).toEqual([]);
});

test('a mapping has its own keys only', () => {
  expect(isMapping({})).toBe(true);
  expect(keysOf({ b: 1, a: 2 })).toEqual(['b', 'a']);
});
