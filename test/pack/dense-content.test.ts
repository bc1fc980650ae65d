import { randomFillSync } from 'node:crypto';
import { brotliCompressSync, gzipSync } from 'node:zlib';

import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

import { isDense } from '../../src/pack/dense-content.ts';

const noise = randomFillSync(Buffer.alloc(64 * 64 * 3));
const picture = sharp(noise, { raw: { width: 64, height: 64, channels: 3 } });

function starting(bytes: readonly number[]): Buffer {
  return Buffer.concat([Buffer.from(bytes), Buffer.alloc(5000)]);
}

describe('what is compressed already', () => {
  test('is a chart as Helm packs it, and a picture', async () => {
    expect(isDense(gzipSync(noise))).toBe(true);
    expect(isDense(await picture.clone().png().toBuffer())).toBe(true);
    expect(isDense(await picture.clone().jpeg({ quality: 100 }).toBuffer())).toBe(true);
  });

  test.each([
    ['ZIP', [0x50, 0x4b, 0x03, 0x04]],
    ['Zstandard', [0x28, 0xb5, 0x2f, 0xfd]],
    ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
    ['bzip2', [0x42, 0x5a, 0x68, 0x39]],
    ['WOFF2', [0x77, 0x4f, 0x46, 0x32]],
  ])('is %s', (_name, bytes) => {
    expect(isDense(starting(bytes))).toBe(true);
  });

  test('is not text, nor what only its first byte promises, nor what says nothing of itself', () => {
    expect(isDense(Buffer.from('image:\n  tag: 1\n'.repeat(1000)))).toBe(false);
    expect(isDense(starting([0x1f, 0x00]))).toBe(false);
    expect(isDense(brotliCompressSync(noise))).toBe(false);
  });

  test('is not a file so small that it makes no difference', () => {
    const small = gzipSync(Buffer.from('small'));
    expect(isDense(small)).toBe(false);
    expect(isDense(Buffer.alloc(0))).toBe(false);
  });
});
