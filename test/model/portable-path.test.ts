import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { foldedPath, notPortable } from '../../src/model/portable-path.ts';

describe('notPortable', () => {
  test.each([
    'values.yaml',
    'charts/demo-1.0.0.tgz',
    '.helmignore',
    '...a',
    'console.log',
    'com/lpt',
    'com10',
    'conin',
    'git~12',
    'my.git',
    'with space/ж 日本',
    `${'a/'.repeat(499)}ab`,
    'a'.repeat(240),
  ])('%s can be used everywhere', (path) => {
    expect(notPortable(path)).toBeUndefined();
  });

  test.each([
    ['', 'it has an empty name in it'],
    ['a//b', 'it has an empty name in it'],
    ['/etc/passwd', 'it has an empty name in it'],
    ['../pack.json', 'it holds ".."'],
    ['a/./b', 'it holds "."'],
    ['a/.GIT/config', 'it holds ".git"'],
    ['a:b', 'it holds ":", which Windows or a terminal cannot show'],
    ['a\\b', 'it holds "\\", which Windows or a terminal cannot show'],
    ['what?', 'it holds "?", which Windows or a terminal cannot show'],
    ['a\u001b[31m', 'it holds the character U+001B, which Windows or a terminal cannot show'],
    ['a\u0085', 'it holds the character U+0085, which Windows or a terminal cannot show'],
    ['gnp\u202e.exe', 'it holds the character U+202E, which Windows or a terminal cannot show'],
    ['not-utf8-\ufffdff', 'it is not UTF-8, and each byte that is none is shown with two hexadecimal digits'],
    ['charts/NUL', 'Windows reserves the name "NUL"'],
    ['aux.yaml', 'Windows reserves the name "aux.yaml"'],
    ['com1.tar.gz', 'Windows reserves the name "com1.tar.gz"'],
    ['Lpt³', 'Windows reserves the name "Lpt³"'],
    ['CONIN$', 'Windows reserves the name "CONIN$"'],
    ['conout$.log', 'Windows reserves the name "conout$.log"'],
    ['nul .txt', 'Windows reserves the name "nul .txt"'],
    ['GIT~1/hooks', 'it holds what some system takes for ".git"'],
    ['.g\u200cit/hooks', 'it holds what some system takes for ".git"'],
    ['end.', 'Windows drops a dot or a space at the end of a name'],
    ['end /file', 'Windows drops a dot or a space at the end of a name'],
    ['ж'.repeat(121), 'it holds a name longer than 240 bytes'],
    ['a/'.repeat(500) + 'b', 'it is longer than 1000 bytes'],
  ])('%j: %s', (path, reason) => {
    expect(notPortable(path)).toBe(reason);
  });
});

test.each([
  ['Charts/Demo.TGZ', 'charts/demo.tgz'],
  ['caf\u00e9', 'cafe\u0301'],
  ['CAF\u00c9', 'cafe\u0301'],
  ['stra\u00dfe', 'STRASSE'],
  ['\u017fi\ufb01', 'SIFI'],
  ['\u0391\u03a3', '\u03b1\u03c3'],
])('%s and %s are one name to some file system', (a, b) => {
  expect(foldedPath(a)).toBe(foldedPath(b));
});

test('different names stay different', () => {
  expect(foldedPath('a-b')).not.toBe(foldedPath('a_b'));
});

test('no name is another one in another case or composition', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (path) => {
      const folded = foldedPath(path);
      expect(foldedPath(folded)).toBe(folded);
      for (const other of [path.toUpperCase(), path.toLowerCase(), path.normalize('NFC'), path.normalize('NFD')]) {
        expect(foldedPath(other)).toBe(folded);
      }
    }),
    { numRuns: 2000 },
  );
});
