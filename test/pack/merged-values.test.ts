import { expect, test } from 'vitest';

import { mergedValues } from '../../src/pack/merged-values.ts';

test.each<[string, unknown, unknown, unknown]>([
  ['mappings are merged', { a: 1, b: { c: 2, d: 3 } }, { b: { d: 4, e: 5 } }, { a: 1, b: { c: 2, d: 4, e: 5 } }],
  ['lists are replaced', { a: [1, 2] }, { a: [3] }, { a: [3] }],
  ['null takes out', { a: 1, b: 2 }, { a: null, c: null }, { b: 2 }],
  ['nothing changes nothing', { a: 1 }, undefined, { a: 1 }],
  ['what was no mapping becomes one', { a: 'text' }, { a: { b: 1 } }, { a: { b: 1 } }],
  ['a mapping becomes text', { a: { b: 1 } }, { a: 'text' }, { a: 'text' }],
  ['nothing below', undefined, { a: 1 }, { a: 1 }],
  ['a list over all', { a: 1 }, [1], [1]],
])('%s', (_, values, over, merged) => {
  expect(mergedValues(values, over)).toEqual(merged);
});

test('a key named __proto__ is a key like any other', () => {
  const merged = mergedValues({ a: {} }, JSON.parse('{"__proto__": {"polluted": 1}, "a": {"constructor": {"x": 1}}}'));
  expect(JSON.stringify(merged)).toBe('{"a":{"constructor":{"x":1}},"__proto__":{"polluted":1}}');
  expect(({} as { polluted?: number }).polluted).toBeUndefined();
});

test('what is merged stays as it was', () => {
  const values = { a: { b: 1 } };
  mergedValues(values, { a: { b: 2 } });
  expect(values).toEqual({ a: { b: 1 } });
});
