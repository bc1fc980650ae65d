import { expect, test } from 'vitest';

import { escapeControl } from '../../src/model/escape-control.ts';

test.each([
  ['a colour', '\u001b[31mred\u001b[0m', '\\u001b[31mred\\u001b[0m'],
  ['an eight-bit control', '\u009b2J', '\\u009b2J'],
  ['a carriage return', 'safe\revil', 'safe\\u000devil'],
  ['a null and a bell', '\u0000\u0007', '\\u0000\\u0007'],
  ['delete', '\u007f', '\\u007f'],
  ['a turned direction of writing', 'a\u202egnp.exe\u2066', 'a\\u202egnp.exe\\u2066'],
  ['a line separator', 'a\u2028b', 'a\\u2028b'],
  ['a byte order mark', '\ufeffa', '\\ufeffa'],
])('shows %s as an escape', (_, text, shown) => {
  expect(escapeControl(text)).toBe(shown);
});

test.each(['plain', 'line\nand\ttab', 'žluťoučký 日本語 🦊', ''])('leaves %j as it is', (text) => {
  expect(escapeControl(text)).toBe(text);
});
