import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { knownBlobsText, parseKnownBlobs } from '../../../src/publish/git/known-blobs.ts';

const hex = (length: number): fc.Arbitrary<string> =>
  fc.string({ unit: fc.constantFrom(...'0123456789abcdef'), minLength: length, maxLength: length });
const blob = fc.record({ sha256: hex(64), size: fc.nat(), since: fc.nat() });

test('what is written is read, in whatever order it was', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(hex(40), blob)), (blobs) => {
      const known = new Map(blobs);
      const text = knownBlobsText(known.keys(), known);
      expect(parseKnownBlobs(text)).toEqual(known);
      expect(knownBlobsText([...known.keys()].toReversed(), known)).toBe(text);
    }),
  );
});

test('any text is read without a failure', () => {
  fc.assert(fc.property(fc.string(), (text) => parseKnownBlobs(`packyard-blobs/1\n${text}`).size >= 0));
  expect(parseKnownBlobs('packyard-blobs/2\n').size).toBe(0);
  const line = `${'a'.repeat(40)} ${'b'.repeat(64)} 1 1`;
  expect(parseKnownBlobs(`${line}\n`).size).toBe(0);
  expect(parseKnownBlobs(`packyard-blobs/1\n${line}\n${line}0000000000000\n`).size).toBe(1);
});

test('what is not known is left out', () => {
  expect(knownBlobsText(['a'.repeat(40)], new Map())).toBe('packyard-blobs/1\n');
});
