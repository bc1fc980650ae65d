import { expect, test } from 'vitest';

import { kindOf, propertyOf, stringsAt } from '../../src/model/json-value.ts';

test.each([
  ['an own key', { a: 1 }, 'a', 1],
  ['an inherited key', {}, 'toString', undefined],
  ['a key named __proto__', JSON.parse('{"__proto__": 1}'), '__proto__', 1],
  ['a list', [1], 'length', undefined],
  ['a text', 'abc', 'length', undefined],
  ['null', null, 'a', undefined],
])('propertyOf: %s', (_, value, key, wanted) => {
  expect(propertyOf(value, key)).toBe(wanted);
});

test('stringsAt keeps indexes', () => {
  expect(stringsAt({ charts: ['a', 1, null, 'b'] }, 'charts')).toEqual(['a', '', '', 'b']);
  expect(stringsAt({ charts: 'a' }, 'charts')).toEqual([]);
  expect(stringsAt(undefined, 'charts')).toEqual([]);
});

test.each([
  [null, 'null'],
  [[], 'a list'],
  [{}, 'an object'],
  ['', 'a string'],
  [0, 'a number'],
  [false, 'a boolean'],
])('%j is %s', (value, words) => {
  expect(kindOf(value)).toBe(words);
});
