import { expect, test } from 'vitest';

import { suggest } from '../../src/model/suggest.ts';

const KEYS = ['name', 'version', 'displayName', 'layer', 'cloudTypes', 'charts'];

test.each([
  ['chart', 'charts'],
  ['dispalyName', 'displayName'],
  ['DISPLAYNAME', 'displayName'],
  ['nam', 'name'],
  ['layers', 'layer'],
  ['nmae', 'name'],
  ['laeyr', 'layer'],
])('%s was meant to be %s', (word, meant) => {
  expect(suggest(word, KEYS)).toBe(meant);
});

test.each(['readme', 'x', '', 'versionOfTheThing', 'commit_msg'])('%s is near nothing', (word) => {
  expect(suggest(word, KEYS)).toBeUndefined();
});

test('the nearest wins, and the first of equally near ones', () => {
  expect(suggest('chartz', ['chants', 'charts', 'chart'])).toBe('charts');
  expect(suggest('cat', ['car', 'can'])).toBe('car');
  expect(suggest('cat', ['can', 'car'])).toBe('can');
});
