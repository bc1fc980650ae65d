import { isUtf8 } from 'node:buffer';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { decodeText } from '../../src/pack/text.ts';

test.each([
  ['a lone byte', [0x61, 0x62, 0xff, 0x63], 2],
  ['the first byte', [0xff], 0],
  ['a character that is cut by another', [0x61, 0xc3, 0x28], 1],
  ['a character that is cut by the end', [0x61, 0xe2, 0x82], 1],
  ['a long character that is cut by the end', [0xf0, 0x9f, 0xa6], 0],
  ['a surrogate', [0x61, 0xed, 0xa0, 0x80], 1],
  ['an overlong slash', [0xc0, 0xaf], 0],
])('the offset of %s', (_, bytes, badOffset) => {
  expect(decodeText(Buffer.from(bytes))).toEqual({ badOffset });
});

test('the offset in a long text', () => {
  const data = Buffer.from('ž'.repeat(100_000));
  data[123_457] = 0x20;
  expect(decodeText(data)).toEqual({ badOffset: 123_456 });
});

test('a byte order mark is kept', () => {
  expect(decodeText(Buffer.from([0xef, 0xbb, 0xbf, 0x61]))).toEqual({ text: '\uFEFFa' });
});

test('bytes come back from the text, or everything in front of the offset is a text and one byte more is none', () => {
  const nearlyText = fc
    .tuple(fc.string({ unit: 'binary' }), fc.uint8Array({ maxLength: 3 }), fc.string({ unit: 'binary' }))
    .map(([before, bytes, after]) => Buffer.concat([Buffer.from(before), bytes, Buffer.from(after)]));
  const anyBytes = fc.uint8Array().map((bytes) => Buffer.from(bytes));
  fc.assert(
    fc.property(fc.oneof(nearlyText, anyBytes), (data) => {
      const decoded = decodeText(data);
      if ('text' in decoded) return Buffer.from(decoded.text).equals(data);
      const rest = data.subarray(decoded.badOffset);
      const startsWithCharacter = [1, 2, 3, 4].some((size) => size <= rest.length && isUtf8(rest.subarray(0, size)));
      return isUtf8(data.subarray(0, decoded.badOffset)) && rest.length > 0 && !startsWithCharacter;
    }),
    { numRuns: 2000 },
  );
});
