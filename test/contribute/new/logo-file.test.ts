import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import sharp from 'sharp';
import { expect, test } from 'vitest';

import { readLogoFile } from '../../../src/contribute/new/logo-file.ts';
import { png } from '../../helpers/png.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

async function file(name: string, data: Buffer | string): Promise<string> {
  const path = join(await scratch(), name);
  writeFileSync(path, data);
  return path;
}

test('a PNG keeps its bytes', async () => {
  const data = png(300, 200);
  expect((await readLogoFile(await file('a.png', data))).equals(data)).toBe(true);
});

test('drawings and photographs become square PNGs, whatever they are called', async () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 2 1"><rect width="2" height="1"/></svg>';
  const drawn = await sharp(await readLogoFile(await file('a.png', svg))).metadata();
  expect([drawn.format, drawn.width, drawn.height]).toEqual(['png', 512, 512]);
  const jpeg = await sharp(png(600, 300)).jpeg().toBuffer();
  const photographed = await sharp(await readLogoFile(await file('a.jpg', jpeg))).metadata();
  expect([photographed.format, photographed.width, photographed.height]).toEqual(['png', 512, 512]);
});

test('what is no picture, or not to be trusted, is refused', async () => {
  const gif = await file('a.gif', 'GIF89a');
  expect(await failureOf(readLogoFile(gif))).toEqual({
    code: 'usage',
    message: `The logo ${gif} cannot be used: the logo is a GIF image, not a PNG, JPEG, WebP or SVG image.`,
    hint: 'Replace it with a square PNG of 256 by 256 pixels, or remove it: a logo is then made from the name.',
  });
  const script = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>';
  expect((await failureOf(readLogoFile(await file('a.svg', script)))).message).toContain('cannot be used: ');
  expect((await failureOf(readLogoFile(await file('a.png', png(9, 9).subarray(0, 40))))).message).toContain(
    'cannot be used: ',
  );
  expect((await failureOf(readLogoFile(join(await scratch(), 'none.png')))).message).toContain(
    'none.png is not there.',
  );
});
