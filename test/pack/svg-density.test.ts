import sharp from 'sharp';
import { describe, expect, test } from 'vitest';

import { svgDensity } from '../../src/pack/svg-density.ts';

function svg(attributes: string): Buffer {
  return Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}><path d="M0 0H9V9z"/></svg>`);
}

/** The sides in pixels at the density for a side. */
async function sides(attributes: string, side: number): Promise<string> {
  const density = await svgDensity(svg(attributes), side);
  const { info } = await sharp(svg(attributes), { density }).raw().toBuffer({ resolveWithObject: true });
  return `${info.width}x${info.height}`;
}

test.each([
  ['viewBox="0 0 24 24"', 256, '256x256'],
  ['width="24" height="12"', 256, '256x128'],
  ['width="12" height="24"', 512, '256x512'],
  ['width="23.6" height="23.6"', 256, '256x256'],
  ['viewBox="0 0 .5 .5"', 256, '256x256'],
  ['width="1em" height="1em"', 256, '256x256'],
  ['viewBox="0 0 256 256"', 256, '256x256'],
  ['viewBox="0 0 300 200"', 256, '300x200'],
  ['viewBox="0 0 24 24"', 4096, '4096x4096'],
])('%s for %i pixels: %s', async (attributes, side, wanted) => {
  expect(await sides(attributes, side)).toBe(wanted);
});

test.each(['10mm', '1in', '24pt', '2pc'])('%s becomes about 256 pixels', async (length) => {
  const [width] = (await sides(`width="${length}" height="${length}"`, 256)).split('x');
  expect(Math.abs(Number(width) - 256)).toBeLessThanOrEqual(5);
});

describe('limits', () => {
  test('never more pixels than a logo may have', async () => {
    expect(await sides('viewBox="0 0 24 24"', 20_000)).toBe('5000x5000');
  });

  test('never a higher density than sharp takes', async () => {
    expect(await svgDensity(svg('viewBox="0 0 1 1"'), 5000)).toBe(100_000);
    expect(await svgDensity(svg('viewBox="0 0 .5 .5"'), 1000)).toBe(100_000);
  });

  test('never below its own size', async () => {
    expect(await svgDensity(svg('width="1000" height="10"'), 48)).toBe(72);
  });
});
