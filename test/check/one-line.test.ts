import { expect, test } from 'vitest';

import { escapeLogCommands, maskLogCommands, oneLine } from '../../src/check/one-line.ts';

test.each([
  ['charts/a.tgz', 'charts/a.tgz'],
  ['ünï 日本', 'ünï 日本'],
  ['a\nb\tc\r', 'a\\nb\\tc\\u000d'],
  ['\u001B[31m\u202E', '\\u001b[31m\\u202e'],
  ['::error::x', '\\u003a:error::x'],
  [' \u00A0::error::x', ' \u00A0\\u003a:error::x'],
  ['a::error::x', 'a::error::x'],
  [':a', ':a'],
  ['\n::error::x', '\\n::error::x'],
  ['##[error]x', '\\u0023#[error]x'],
  ['a ###[error]x', 'a #\\u0023#[error]x'],
  ['##vso[x]##teamcity[y]', '\\u0023#vso[x]\\u0023#teamcity[y]'],
  ['## heading [x]', '## heading [x]'],
])('shows %j as %j', (text, shown) => {
  expect(oneLine(text)).toBe(shown);
});

test('breaks commands of a log so that JSON stays the same', () => {
  const text = JSON.stringify(['##[error]', '\\##[error]', '####vso[x]']);
  const escaped = escapeLogCommands(text);
  expect(escaped).not.toMatch(/##\w*\[/u);
  expect(JSON.parse(escaped)).toEqual(JSON.parse(text));
});

test('masks commands of a log in their place', () => {
  expect(maskLogCommands('a ##[group]b ###vso[c] ##d')).toBe('a ?#[group]b #?#vso[c] ##d');
});
