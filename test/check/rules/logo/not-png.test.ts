import sharp from 'sharp';
import { expect, test } from 'vitest';

import { notPng } from '../../../../src/check/rules/logo/not-png.ts';
import type { Finding } from '../../../../src/model/finding.ts';
import type { FileMap } from '../../../helpers/git-repository.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';
import { png } from '../../../helpers/png.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg"></svg>';

async function found(files: FileMap): Promise<Finding[]> {
  return [...notPng(await lintPackOf({ files }))];
}

test('a PNG called logo.png, and no logo at all', async () => {
  expect(await found({ 'logo.png': png(64, 64) })).toEqual([]);
  expect(await found({})).toEqual([]);
});

test('a JPEG called logo.png', async () => {
  const image = sharp({ create: { width: 64, height: 64, channels: 3, background: '#f00' } });
  expect(await found({ 'logo.png': await image.jpeg().toBuffer() })).toEqual([
    { rule: 'logo/not-png', severity: 'error', file: 'logo.png', args: { path: 'logo.png', found: 'JPEG' } },
  ]);
});

test.each([
  ['logo.svg', SVG, 'SVG'],
  ['logo.png', SVG, 'SVG'],
  ['logo.jpg', png(64, 64), 'PNG'],
  ['logo.webp', Buffer.from('524946460000000057454250', 'hex'), 'WebP'],
  ['logo.jpeg', Buffer.from('ffd8ff', 'hex'), 'JPEG'],
])('%s', async (path, data, type) => {
  expect((await found({ [path]: data })).map(({ args }) => args)).toEqual([{ path, found: type }]);
});

test('beside a logo.png no other counts', async () => {
  expect(await found({ 'logo.png': png(64, 64), 'logo.svg': SVG })).toEqual([]);
});

test('what is no image is another finding', async () => {
  expect(await found({ 'logo.png': 'GIF89a' })).toEqual([]);
});
