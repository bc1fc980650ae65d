import sharp from 'sharp';
import { expect, test } from 'vitest';

import { generatedLogo, initialsOf } from '../../src/pack/generated-logo.ts';
import { renderLogo } from '../../src/pack/logo.ts';

test.each([
  ['hello-universe', 'HU'],
  ['nginx', 'NG'],
  ['k8s-dashboard-proxy', 'KD'],
  ['3scale', '3S'],
  ['x', 'X'],
  ['--', '?'],
  ['čtyři', 'TI'],
])('the initials of %s are %s', (name, initials) => {
  expect(initialsOf(name).join('')).toBe(initials);
});

test('one name gives one picture, another name another', () => {
  expect(generatedLogo('hello-universe').equals(generatedLogo('hello-universe'))).toBe(true);
  expect(generatedLogo('hello-universe').equals(generatedLogo('hello-uncle'))).toBe(false);
});

test.each(['hello-universe', 'x', '--'])('the logo of %s can be rendered', async (name) => {
  const rendered = await renderLogo({ path: 'logo.svg', executable: false, data: generatedLogo(name) }, [64]);
  if (!('files' in rendered)) throw new Error(JSON.stringify(rendered));
  const png = rendered.files.find(({ format }) => format === 'png');
  const { data, info } = await sharp(png?.data).raw().toBuffer({ resolveWithObject: true });
  expect([info.width, info.height, info.channels]).toEqual([64, 64, 4]);
  expect(data[3], 'the corner is round').toBe(0);
  expect(data[(8 * 64 + 32) * 4 + 3], 'the top is filled').toBe(255);
});

test('every letter and digit draws something', async () => {
  const empty = await strokes('--');
  for (const letter of 'abcdefghijklmnopqrstuvwxyz0123456789') {
    expect(await strokes(letter), letter).toBeGreaterThan(empty + 20);
  }
});

/** How many pixels of the rendered logo are white. */
async function strokes(name: string): Promise<number> {
  const data = await sharp(generatedLogo(name)).resize(64).flatten({ background: '#000' }).raw().toBuffer();
  return Array.from({ length: 64 * 64 }, (_, pixel) => data.subarray(pixel * 3, pixel * 3 + 3)).filter((rgb) =>
    rgb.every((value) => value > 230),
  ).length;
}
