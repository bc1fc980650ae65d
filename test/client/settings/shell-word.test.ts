import { execFileSync } from 'node:child_process';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { shellWord } from '../../../src/client/settings/shell-word.ts';

test.each([
  ['https://packs.example.org:8443/team_a/', 'https://packs.example.org:8443/team_a/'],
  ['https://a.example/;id', "'https://a.example/;id'"],
  ["https://a.example/'$(id)'", String.raw`'https://a.example/'\''$(id)'\'''`],
  ['', "''"],
])('%s', (text, word) => {
  expect(shellWord(text, 'linux')).toBe(word);
});

test.each([
  ['https://packs.example.org:8443/team_a/', 'https://packs.example.org:8443/team_a/'],
  [String.raw`C:\packs\nginx-1.2.3`, String.raw`C:\packs\nginx-1.2.3`],
  [String.raw`C:\my packs`, String.raw`'C:\my packs'`],
  ["it's $(id)", "'it''s $(id)'"],
  ['it\u2019s', "'it\u2019\u2019s'"],
  ['a,b', "'a,b'"],
  ['@splat', "'@splat'"],
  ['', "''"],
])('on Windows: %s', (text, word) => {
  expect(shellWord(text, 'win32')).toBe(word);
});

test.skipIf(process.platform === 'win32')('a shell reads what was written', () => {
  const texts = fc.sample(fc.string({ maxLength: 40 }), 50).filter((text) => !/[\0\r\n]/u.test(text));
  const script = texts.map((text) => `printf '%s\\0' ${shellWord(text)}`).join('\n');
  const read = execFileSync('sh', ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1);
  expect(read).toEqual(texts);
});
