import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { isText, treeName } from '../../src/repo/tree-name.ts';

test.each([
  ['text', [0x61, 0xc3, 0xbc], 'aü', true],
  ['latin-1', [0x61, 0xfc, 0x62], 'a\ufffdfcb', false],
  ['a character cut off', [0xe2, 0x82], '\ufffde2\ufffd82', false],
  ['a character cut off by another', [0xe2, 0x82, 0xc3, 0xbc], '\ufffde2\ufffd82ü', false],
  ['half of a pair', [0xed, 0xa0, 0x80], '\ufffded\ufffda0\ufffd80', false],
  ['too long for what it says', [0xc0, 0xaf], '\ufffdc0\ufffdaf', false],
  ['beyond Unicode', [0xf8, 0x88, 0x80, 0x80, 0x80], '\ufffdf8\ufffd88\ufffd80\ufffd80\ufffd80', false],
  ['the mark itself', [0xef, 0xbf, 0xbd], '\ufffdef\ufffdbf\ufffdbd', false],
  ['a byte order mark', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa', true],
])('%s', (_name, bytes, name, text) => {
  expect(treeName(Buffer.from(bytes))).toBe(name);
  expect(isText(name)).toBe(text);
});

const names = fc.uint8Array({ maxLength: 12 }).map((bytes) => Buffer.from(bytes));

test('UTF-8 is what it says, and different bytes are different names', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      fc.pre(!text.includes('\ufffd'));
      expect(treeName(Buffer.from(text))).toBe(text);
    }),
  );
  fc.assert(
    fc.property(names, names, (a, b) => {
      expect(treeName(a) === treeName(b)).toBe(a.equals(b));
    }),
  );
});
