import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { contentOf } from '../../../src/model/content.ts';
import type { Content } from '../../../src/model/entry.ts';
import { partSize, partsOf, wholeContent } from '../../../src/publish/s3/object-parts.ts';

const MEBIBYTE = 1024 * 1024;

function inChunks(chunks: readonly Uint8Array[]): Content {
  return {
    ...contentOf(Buffer.concat(chunks)),
    async *open() {
      yield* chunks;
    },
  };
}

test('parts are all of one size but the last, and are the content together', async () => {
  const chunks = fc.array(fc.uint8Array({ maxLength: 30 }), { maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(chunks, fc.integer({ min: 1, max: 40 }), async (given, size) => {
      const content = inChunks(given);
      const parts: Buffer[] = [];
      for await (const part of partsOf(content, size)) parts.push(part);
      expect(Buffer.concat(parts)).toEqual(Buffer.concat(given));
      expect(await wholeContent(content)).toEqual(Buffer.concat(given));
      for (const part of parts.slice(0, -1)) expect(part.byteLength).toBe(size);
      const last = parts.at(-1);
      if (last !== undefined) expect(last.byteLength).toBeGreaterThan(0);
      expect(parts).toHaveLength(Math.ceil(content.size / size));
    }),
  );
});

test('parts grow where ten thousand of them would not do', () => {
  expect(partSize(17 * MEBIBYTE)).toBe(8 * MEBIBYTE);
  expect(partSize(80_000 * MEBIBYTE)).toBe(8 * MEBIBYTE);
  expect(partSize(80_001 * MEBIBYTE)).toBe(9 * MEBIBYTE);
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 5 * 1024 ** 4 }), (size) => {
      expect(Math.ceil(size / partSize(size))).toBeLessThanOrEqual(10_000);
    }),
  );
});
