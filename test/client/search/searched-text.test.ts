import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { searchedText, tracedText, wordsOf } from '../../../src/client/search/searched-text.ts';

test.each([
  ['Argo CD', ['argo', 'cd']],
  ['csi-vsphere_noprovisioner.v2', ['csi', 'vsphere', 'noprovisioner', 'v2']],
  ['Überwachung İstanbul ﬁx', ['uberwachung', 'istanbul', 'fix']],
  ['', []],
  ['--', []],
  ['a\u0000b\ud800c', ['a', 'b', 'c']],
])('the words of %j', (text, words) => {
  expect(wordsOf(searchedText(text))).toEqual(words);
});

test('a text is the same, traced or not', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 30 }), (text) => {
      const { letters, starts } = tracedText(text);
      expect(searchedText(text)).toEqual({ letters, starts });
    }),
  );
});

test('every letter comes from a part of the text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (text) => {
      const { letters, origins } = tracedText(text);
      expect(origins).toHaveLength(letters.length);
      for (const [start, end] of origins) expect(text.slice(start, end)).not.toBe('');
    }),
  );
});

test('what is too long is searched in part', () => {
  expect(searchedText('a'.repeat(100_000)).letters).toHaveLength(10_000);
});
