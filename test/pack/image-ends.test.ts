import { assert, constantFrom, property, uint8Array } from 'fast-check';
import sharp from 'sharp';
import { expect, test } from 'vitest';

import { missingEnd } from '../../src/pack/image-ends.ts';

async function bytes(format: 'png' | 'jpeg' | 'webp'): Promise<Buffer> {
  const noise = { type: 'gaussian', mean: 128, sigma: 60 } as const;
  return sharp({ create: { width: 64, height: 64, channels: 3, background: '#f00', noise } })
    .withMetadata()
    .toFormat(format)
    .toBuffer();
}

test.each(['png', 'jpeg', 'webp'] as const)('a whole %s, and one with something behind it', async (format) => {
  const data = await bytes(format);
  expect(missingEnd(data)).toBeUndefined();
  expect(missingEnd(Buffer.concat([data, Buffer.from('something more')]))).toBeUndefined();
});

test('a PNG that is cut', async () => {
  const data = await bytes('png');
  expect(missingEnd(data.subarray(0, -12))).toBe('its last chunk (IEND) is not there');
  expect(missingEnd(data.subarray(0, -20))).toBe('it ends in the middle of a chunk');
  expect(missingEnd(data.subarray(0, data.length >> 1))).toBe('it ends in the middle of a chunk');
  expect(missingEnd(data.subarray(0, 8))).toBe('its last chunk (IEND) is not there');
  expect(missingEnd(data.subarray(0, 10))).toBe('it ends in the middle of a chunk');
});

test('a JPEG that is cut', async () => {
  const data = await bytes('jpeg');
  expect(missingEnd(data.subarray(0, -2))).toBe('it has no end marker');
  expect(missingEnd(data.subarray(0, data.length - 200))).toBe('it has no end marker');
  expect(missingEnd(data.subarray(0, 20))).toBe('it ends before its pixels');
  expect(missingEnd(data.subarray(0, 3))).toBe('it ends before its pixels');
});

test('the end marker of a small picture in the metadata does not count', () => {
  const data = Buffer.from('ffd8ffe10006ffd8ffd9ffda00021234567890', 'hex');
  expect(missingEnd(data)).toBe('it has no end marker');
  expect(missingEnd(Buffer.concat([data, Buffer.from('ffd9', 'hex')]))).toBeUndefined();
});

test('a WebP that is cut', async () => {
  expect(missingEnd((await bytes('webp')).subarray(0, -10))).toBe('it is shorter than it says');
});

test.each(['<svg>', 'text', ''])('%j is none of these', (text) => {
  expect(missingEnd(Buffer.from(text))).toBeUndefined();
});

test('a PNG of a million empty chunks is walked once', () => {
  const chunks = Buffer.alloc(12_000_000);
  expect(missingEnd(Buffer.concat([Buffer.from('89504e470d0a1a0a', 'hex'), chunks]))).toMatch(/IEND/u);
});

test('no bytes behind a signature make it throw', () => {
  const signatures = constantFrom('89504e470d0a1a0a', 'ffd8ff', 'ffd8ffda', '524946460000000057454250');
  assert(
    property(signatures, uint8Array({ maxLength: 64 }), (signature, more) => {
      expect(['string', 'undefined']).toContain(
        typeof missingEnd(Buffer.concat([Buffer.from(signature, 'hex'), more])),
      );
    }),
  );
});
