import { expect, test } from 'vitest';

import { nameFilter } from '../../src/pack/name-glob.ts';

test.each([
  ['kubernetes', 'kubernetes'],
  ['kubernetes*', 'kubernetes'],
  ['kubernetes*', 'kubernetes-eks'],
  ['*-eks', 'kubernetes-eks'],
  ['k*n*s-?ks', 'kubernetes-eks'],
  ['*', ''],
  ['?', '💥'],
])('%s fits %s', (glob, name) => {
  expect(nameFilter(['nothing', glob])(name)).toBe(true);
});

test.each([
  ['kubernetes', 'kubernetes-eks'],
  ['kubernetes-?', 'kubernetes-eks'],
  ['?', ''],
  ['', 'a'],
  ['a.c', 'abc'],
  ['[a]', 'a'],
])('%s does not fit %s', (glob, name) => {
  expect(nameFilter([glob])(name)).toBe(false);
});

test('without globs no name fits', () => {
  expect(nameFilter([])('kubernetes')).toBe(false);
});

test('globs that take too long fit everything from then on', () => {
  const fits = nameFilter([`*${'a'.repeat(2000)}b`]);
  expect(fits('a'.repeat(20_000))).toBe(true);
  expect(fits('other')).toBe(true);
});
