import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';

import type { Finding } from '../../src/model/finding.ts';
import { findLogo, refuseLogo, renderLogo, type LogoFile } from '../../src/pack/logo.ts';
import type { PackFile } from '../../src/pack/pack.ts';
import { png } from '../helpers/png.ts';

const SIZES = [48, 128, 256];
const RED = { r: 255, g: 0, b: 0, alpha: 1 };

function picture(width: number, height: number, background: object = RED): Sharp {
  return sharp({ create: { width, height, channels: 4, background } });
}

function logo(data: Buffer | string, path: string = 'logo.png'): PackFile {
  return { path, executable: false, data: Buffer.from(data) };
}

function svg(content: string, attributes: string): PackFile {
  return logo(`<svg xmlns="http://www.w3.org/2000/svg" ${attributes}>${content}</svg>`, 'logo.svg');
}

async function rendered(file: PackFile, sizes: readonly number[] = SIZES): Promise<readonly LogoFile[]> {
  const result = await renderLogo(file, sizes);
  if (!('files' in result)) throw new Error(JSON.stringify(result.finding));
  return result.files;
}

async function refusal(data: Buffer | string): Promise<Finding | undefined> {
  const result = await renderLogo(logo(data), SIZES);
  return 'finding' in result ? result.finding : undefined;
}

async function sides(files: readonly LogoFile[]): Promise<string[]> {
  const shown = files.map(async ({ size, data }) => {
    const { format, width, height } = await sharp(data).metadata();
    return `${size}: ${format} ${width}x${height}`;
  });
  return Promise.all(shown);
}

function finding(rule: Finding['rule'], args: object, file: string = 'logo.png'): object {
  return { rule, severity: 'error', file, args };
}

/** The colour of one pixel of a logo, as red, green, blue and opacity. */
async function pixel(file: LogoFile | undefined, x: number, y: number): Promise<number[]> {
  const { data, info } = await sharp(file?.data).ensureAlpha().raw().toBuffer({ resolveWithObject: true });
  return [...data.subarray((y * info.width + x) * 4, (y * info.width + x) * 4 + 4)];
}

describe('what is rendered', () => {
  test.each(['png', 'jpeg', 'webp'] as const)('a %s in every size and format', async (type) => {
    const data = await picture(600, 600).toFormat(type).toBuffer();
    expect(await sides(await rendered(logo(data)))).toEqual([
      '48: png 48x48',
      '48: webp 48x48',
      '128: png 128x128',
      '128: webp 128x128',
      '256: png 256x256',
      '256: webp 256x256',
    ]);
  });

  test('an SVG', async () => {
    const files = await rendered(svg('<rect width="300" height="300" fill="#f00"/>', 'width="300" height="300"'));
    expect((await sides(files)).at(-1)).toBe('256: webp 256x256');
    expect(await pixel(files[0], 24, 24)).toEqual([255, 0, 0, 255]);
  });

  test.each([
    ['of 24 pixels', 'viewBox="0 0 24 24"'],
    ['in millimetres', 'width="10mm" height="10mm" viewBox="0 0 24 24"'],
    ['of half a pixel', 'width=".5" height=".5" viewBox="0 0 24 24"'],
  ])('an SVG %s is as sharp as a large one', async (_, attributes) => {
    const files = await rendered(svg('<path fill="#f00" d="M0 0H12V24H0z"/>', attributes), [48, 256]);
    expect(await sides(files)).toEqual(['48: png 48x48', '48: webp 48x48', '256: png 256x256', '256: webp 256x256']);
    expect(await pixel(files[2], 124, 128)).toEqual([255, 0, 0, 255]);
    expect(await pixel(files[2], 131, 128)).toEqual([0, 0, 0, 0]);
  });

  test('a small wide SVG keeps its aspect, with transparent padding above and below', async () => {
    const files = await rendered(svg('<path fill="#f00" d="M0 0H24V6H0z"/>', 'viewBox="0 0 24 6"'), [256]);
    expect((await sides(files))[0]).toBe('256: png 256x256');
    const column = [92, 99, 156, 163].map((y) => pixel(files[0], 128, y));
    expect(await Promise.all(column)).toEqual([
      [0, 0, 0, 0],
      [255, 0, 0, 255],
      [255, 0, 0, 255],
      [0, 0, 0, 0],
    ]);
  });

  test('a wide picture keeps its aspect, with transparent padding above and below', async () => {
    const [first, second] = await rendered(logo(await picture(400, 100).png().toBuffer()), [128]);
    for (const file of [first, second]) {
      expect(await pixel(file, 64, 20)).toMatchObject({ 3: 0 });
      expect(await pixel(file, 64, 108)).toMatchObject({ 3: 0 });
      expect(await pixel(file, 2, 64)).toMatchObject({ 3: 255 });
    }
    expect(await pixel(first, 64, 49)).toEqual([255, 0, 0, 255]);
    expect(await pixel(first, 64, 46)).toEqual([0, 0, 0, 0]);
  });

  test('a high picture without opacity has its padding left and right', async () => {
    const [first] = await rendered(logo(await picture(100, 400).removeAlpha().png().toBuffer()), [128]);
    expect(await pixel(first, 46, 64)).toEqual([0, 0, 0, 0]);
    expect(await pixel(first, 64, 64)).toEqual([255, 0, 0, 255]);
  });

  test('a small picture is never enlarged', async () => {
    const files = await rendered(logo(await picture(60, 30).png().toBuffer()));
    expect(await sides(files.filter(({ format }) => format === 'png'))).toEqual([
      '48: png 48x48',
      '128: png 60x60',
      '256: png 60x60',
    ]);
    expect(await pixel(files.at(-2), 30, 14)).toEqual([0, 0, 0, 0]);
    expect(await pixel(files.at(-2), 30, 15)).toEqual([255, 0, 0, 255]);
  });

  test('transparency stays', async () => {
    const [first] = await rendered(
      logo(await picture(200, 200, { r: 0, g: 0, b: 255, alpha: 0.5 }).png().toBuffer()),
      [48],
    );
    expect(await pixel(first, 24, 24)).toEqual([0, 0, 255, 128]);
  });

  test.each([
    ['grey', (image: Sharp) => image.toColourspace('b-w').png()],
    ['sixteen bits', (image: Sharp) => image.toColourspace('rgb16').png()],
    ['a palette', (image: Sharp) => image.png({ palette: true })],
    ['CMYK', (image: Sharp) => image.toColourspace('cmyk').jpeg()],
  ])('%s becomes ordinary colour', async (_, encode) => {
    const files = await rendered(
      logo(await encode(picture(64, 64, { r: 255, g: 255, b: 255, alpha: 1 })).toBuffer()),
      [48],
    );
    expect(await pixel(files[0], 24, 24)).toEqual([255, 255, 255, 255]);
    expect(await sharp(files[0]?.data).metadata()).toMatchObject({ space: 'srgb', depth: 'uchar' });
  });

  test('the orientation of a photograph is applied', async () => {
    const data = await picture(100, 50).jpeg().withMetadata({ orientation: 6 }).toBuffer();
    const [first] = await rendered(logo(data), [100]);
    expect(await pixel(first, 10, 50)).toMatchObject({ 3: 0 });
    expect(await pixel(first, 50, 10)).toMatchObject({ 3: 255 });
  });

  test('nothing but the picture is kept', async () => {
    const exif = { IFD0: { Copyright: 'SECRET-OWNER' }, IFD3: { GPSLatitude: '50/1 5/1 0/1' } };
    const data = await picture(64, 64)
      .jpeg()
      .withExif(exif)
      .withIccProfile('p3')
      .withXmp('<x>SECRET-OWNER</x>')
      .toBuffer();
    expect(data.includes('SECRET-OWNER')).toBe(true);
    for (const file of await rendered(logo(data))) {
      const { exif: kept, icc, xmp, orientation } = await sharp(file.data).metadata();
      expect({ kept, icc, xmp, orientation }).toEqual({});
      expect(file.data.includes('SECRET')).toBe(false);
    }
  });

  test('the same picture gives the same bytes', async () => {
    const noise = await sharp({
      create: {
        width: 300,
        height: 200,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 128, sigma: 30 },
      },
    })
      .png()
      .toBuffer();
    const [once, again] = [await rendered(logo(noise)), await rendered(logo(noise))];
    expect(again.map(({ data }) => data.toString('hex'))).toEqual(once.map(({ data }) => data.toString('hex')));
  });
});

describe('what is refused', () => {
  test('a text', async () => {
    expect(await refusal('not a picture\n')).toEqual(finding('logo/not-an-image', { found: 'a text file' }));
  });

  test('an animated GIF, by the name of its type', async () => {
    const frames = [picture(8, 8).png(), picture(8, 8, { r: 0, g: 0, b: 0, alpha: 1 }).png()];
    const buffers = await Promise.all(frames.map((frame) => frame.toBuffer()));
    const data = await sharp(buffers, { join: { animated: true } })
      .gif()
      .toBuffer();
    expect((await sharp(data).metadata()).pages).toBe(2);
    expect(await refusal(data)).toEqual(finding('logo/not-an-image', { found: 'a GIF image' }));
  });

  test('a PNG that was cut', async () => {
    const data = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        background: '#000',
        noise: { type: 'gaussian', mean: 99, sigma: 40 },
      },
    })
      .png()
      .toBuffer();
    const found = await refusal(data.subarray(0, data.length >> 1));
    expect(found).toMatchObject(finding('logo/broken', { reason: expect.stringMatching(/^[^\n]+$/u) }));
  });

  test('broken ones side by side, each for its own reason', async () => {
    const noise = { type: 'gaussian', mean: 99, sigma: 40 } as const;
    const source = sharp({ create: { width: 200, height: 200, channels: 3, background: '#000', noise } });
    const [first, second] = await Promise.all([source.clone().png().toBuffer(), source.clone().jpeg().toBuffer()]);
    const cut = [first, second].map((data) => data.subarray(0, data.length >> 1));
    const reasons = await Promise.all(Array.from({ length: 12 }, () => Promise.all(cut.map(refusal))));
    const alone = [await refusal(cut[0] ?? ''), await refusal(cut[1] ?? '')];
    expect(alone.map((found) => found?.args)).toEqual([
      { reason: expect.stringMatching(/png/iu) },
      { reason: expect.stringMatching(/jpe?g/iu) },
    ]);
    expect(reasons).toEqual(reasons.map(() => alone));
  });

  test('a PNG of a signature only', async () => {
    expect(await refusal(Buffer.from('89504e470d0a1a0a', 'hex'))).toMatchObject(
      finding('logo/broken', { reason: expect.stringMatching(/^[^\n]+$/u) }),
    );
  });

  test('a hundred million pixels in a few bytes', async () => {
    const data = png(10_000, 10_000);
    expect(data.length).toBeLessThan(1_000_000);
    expect(await refusal(data)).toEqual(finding('logo/too-many-pixels', { limit: 25_000_000 }));
  });

  test('an SVG as large as that', async () => {
    expect(await renderLogo(svg('<path/>', 'width="20000" height="20000"'), SIZES)).toEqual({
      finding: finding('logo/too-many-pixels', { limit: 25_000_000 }, 'logo.svg'),
    });
  });

  test.each([
    ['unsafe', '<script>1</script>', 'a <script> element'],
    ['long', ' '.repeat(524_288), 'more than 524288 bytes'],
    ['not UTF-8', '\u00ff', 'text that is not UTF-8'],
  ])('an SVG that is %s', (_, content, construct) => {
    const { data } = svg(content, 'width="8"');
    const bytes = content === '\u00ff' ? Buffer.from(data.toString('utf8'), 'latin1') : data;
    expect(refuseLogo(logo(bytes, 'logo.svg'))).toEqual(finding('logo/unsafe-svg', { construct }, 'logo.svg'));
  });

  test('an SVG that is no XML', async () => {
    expect(await renderLogo(svg('<path', 'width="8"'), SIZES)).toMatchObject({
      finding: finding('logo/broken', { reason: expect.stringMatching(/^[^\n]+$/u) }, 'logo.svg'),
    });
  });
});

test('refuseLogo lets pictures pass', async () => {
  expect(refuseLogo(logo(await picture(8, 8).png().toBuffer()))).toBeUndefined();
  expect(refuseLogo(svg('<path d="M0 0"/>', 'width="8"'))).toBeUndefined();
});

test('the logo is found by the first of its names', () => {
  const files = ['logo.jpeg', 'logo.svg', 'docs/logo.png', 'Logo.png'].map((path) => logo('', path));
  expect(findLogo(new Map(files.map((file) => [file.path, file])))?.path).toBe('logo.svg');
  expect(findLogo(new Map())).toBeUndefined();
});
