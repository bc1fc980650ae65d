import { assert, constantFrom, property, uint8Array } from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { expect, test } from 'vitest';

import { imageSize } from '../../src/pack/image-size.ts';

const SIZE = { width: 37, height: 12 };
const PNG = '89504e470d0a1a0a';
const WEBP = '524946460000000057454250';

function image(): Sharp {
  return sharp({ create: { ...SIZE, channels: 4, background: '#f008' } });
}

test.each([
  ['a PNG', () => image().png()],
  ['a JPEG', () => image().jpeg()],
  ['a progressive JPEG', () => image().jpeg({ progressive: true })],
  ['a JPEG with metadata in front', () => image().withMetadata().jpeg()],
  ['a WebP', () => image().flatten().webp()],
  ['a lossless WebP', () => image().webp({ lossless: true })],
  ['a WebP with metadata', () => image().withMetadata().webp()],
])('%s, by what an encoder writes', async (_, make) => {
  expect(imageSize(await make().toBuffer())).toEqual(SIZE);
});

test('the largest sizes that fit', () => {
  expect(imageSize(Buffer.from(`${PNG}0000000d49484452ffffffff7fffffff`, 'hex'))).toEqual({
    width: 0xffffffff,
    height: 0x7fffffff,
  });
  expect(imageSize(Buffer.from(`${WEBP}565038580a00000010000000ffffffffffff`, 'hex'))).toEqual({
    width: 2 ** 24,
    height: 2 ** 24,
  });
});

test.each([
  ['nothing', ''],
  ['a PNG signature alone', PNG],
  ['a PNG that starts with something else', `${PNG}0000000d49444154000000010000000100000000`],
  ['a PNG without width', `${PNG}0000000d494844520000000000000001`],
  ['a JPEG signature alone', 'ffd8ff'],
  ['a JPEG with an empty segment', 'ffd8ffe00000ffc0000b0800010001'],
  ['a JPEG cut in its frame', 'ffd8ffc000110800'],
  ['a JPEG that ends at once', 'ffd8ffd900000000'],
  ['a JPEG of fill bytes', `ffd8${'ff'.repeat(1000)}`],
  ['a JPEG whose segment leads behind its end', 'ffd8ffe0ffff000000'],
  ['a JPEG whose scan comes before its frame', 'ffd8ffda0002ffc00011080001000101'],
  ['a WebP that is cut', WEBP],
  ['a WebP of an unknown kind', `${WEBP}58585858${'00'.repeat(20)}`],
])('%s has none', (_, hex) => {
  expect(imageSize(Buffer.from(hex, 'hex'))).toBeUndefined();
});

test('tables and markers that stand alone are passed over', () => {
  const hex = 'ffd8ff01ffd0ffffc40004aaaaffc80002ffcc0002ffc2001108000500070300';
  expect(imageSize(Buffer.from(hex, 'hex'))).toEqual({ width: 7, height: 5 });
});

test('a drawing has none', () => {
  expect(imageSize(Buffer.from('<svg width="9" height="9"></svg>'))).toBeUndefined();
});

test('no bytes behind a signature make it throw', () => {
  const signatures = constantFrom(PNG, `${PNG}0000000d49484452`, 'ffd8ff', WEBP, `${WEBP}5650384c`);
  assert(
    property(signatures, uint8Array({ maxLength: 64 }), (signature, bytes) => {
      const size = imageSize(Buffer.concat([Buffer.from(signature, 'hex'), bytes]));
      expect(size === undefined || (size.width > 0 && size.height > 0)).toBe(true);
    }),
  );
});
