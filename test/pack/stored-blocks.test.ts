import { randomFillSync } from 'node:crypto';
import { inflateRawSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { storedBlocks } from '../../src/pack/stored-blocks.ts';

const LAST = Buffer.from([0x03, 0x00]);

describe('stored blocks', () => {
  test.each([0, 1, 65_534, 65_535, 65_536, 16 * 65_535, 16 * 65_535 + 1, 3_000_000])(
    'of %d bytes are inflated to the same bytes',
    (size) => {
      const data = randomFillSync(Buffer.alloc(size));
      expect(inflateRawSync(Buffer.concat([...storedBlocks(data), LAST])).equals(data)).toBe(true);
    },
  );

  test('take five bytes more for each that is begun, and come about a megabyte at a time', () => {
    const sizes = Array.from(storedBlocks(Buffer.alloc(16 * 65_535 + 1)), ({ length }) => length);
    expect(sizes).toEqual([16 * 65_540, 6]);
    expect([...storedBlocks(Buffer.alloc(0))]).toEqual([]);
  });
});
