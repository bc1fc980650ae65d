import sharp from 'sharp';
import { expect, test } from 'vitest';

import { imageType } from '../../src/pack/image-type.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"></svg>';

test.each(['png', 'jpeg', 'webp'] as const)('%s, by what an encoder writes', async (type) => {
  const image = sharp({ create: { width: 2, height: 2, channels: 3, background: '#f00' } });
  expect(imageType(await image.toFormat(type).toBuffer())).toEqual({ type });
});

test.each([
  ['alone', SVG],
  ['behind a byte order mark', `\uFEFF${SVG}`],
  ['behind a declaration', `<?xml version="1.0" encoding="UTF-8"?>\n${SVG}`],
  ['behind comments', `<!-- made by --><!-- hand -->\n${SVG}`],
  ['behind a document type', `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">${SVG}`],
  ['with a prefix', '<s:svg xmlns:s="http://www.w3.org/2000/svg"></s:svg>'],
  ['over several lines', '<svg\n width="1"></svg>'],
])('SVG %s', (_, text) => {
  expect(imageType(Buffer.from(text))).toEqual({ type: 'svg' });
});

test('a GIF and an AVIF, by what an encoder writes', async () => {
  const image = sharp({ create: { width: 16, height: 16, channels: 3, background: '#f00' } });
  expect(imageType(await image.clone().gif().toBuffer())).toEqual({ found: 'a GIF image' });
  expect(imageType(await image.clone().avif({ effort: 0 }).toBuffer())).toEqual({ found: 'an AVIF image' });
  expect(imageType(await image.clone().tiff().toBuffer())).toEqual({ found: 'a TIFF image' });
});

test.each([
  ['4d4d002a', 'a TIFF image'],
  ['424d3600', 'a BMP image'],
  ['0000010001', 'an icon file (ICO)'],
  ['000000186674797068656963', 'a HEIF image'],
  ['255044462d', 'a PDF document'],
  ['1f8b08', 'a gzip archive'],
  ['504b0304', 'a ZIP archive'],
  ['7f454c46', 'a program'],
  ['', 'empty'],
  ['00ff', 'binary data'],
  ['52494646000000004156492000', 'binary data'],
])('%s is %s', (hex, found) => {
  expect(imageType(Buffer.from(hex, 'hex'))).toEqual({ found });
});

test.each([
  ['<!doctype html><html><svg></svg></html>', 'a text file'],
  ['<svgx>', 'a text file'],
  ['404: Not Found\n', 'a text file'],
  ['version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n', 'a Git LFS pointer'],
])('%s is %s', (text, found) => {
  expect(imageType(Buffer.from(text))).toEqual({ found });
});

test('hundreds of comments in front of nothing are given up', () => {
  expect(imageType(Buffer.from(`${'<!---->'.repeat(580)}x`))).toEqual({ found: 'a text file' });
});
