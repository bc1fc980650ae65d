import type sharpModule from 'sharp';
import type { Raw, Sharp } from 'sharp';

import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import type { LogoFormat } from '../model/registry.ts';
import { againAlone } from './again-alone.ts';
import { findingOf } from './finding-of.ts';
import { imageSize } from './image-size.ts';
import { imageType } from './image-type.ts';
import type { PackFile, PackFiles } from './pack.ts';
import { svgDensity } from './svg-density.ts';
import { unsafeSvg } from './svg-safety.ts';
import { decodeText } from './text.ts';

/** A logo in one size and format. */
export interface LogoFile {
  /** Side length that was asked for, in pixels. */
  readonly size: number;
  readonly format: LogoFormat;
  readonly data: Buffer;
}

export type RenderedLogo = { readonly files: readonly LogoFile[] } | { readonly finding: Finding };

const NAMES = ['logo.png', 'logo.svg', 'logo.webp', 'logo.jpg', 'logo.jpeg'];
/** Sharp enough at these sizes, without rings around edges, which also compress badly. */
const KERNEL = 'cubic';
const TRANSPARENT = { r: 0, g: 0, b: 0, alpha: 0 };
/** Seconds after which a picture made to be slow is given up: a hundred times what any real one takes. */
const TIMEOUT = 60;

/** The pack's logo file, by the first of the names that are looked for. */
export function findLogo(files: PackFiles): PackFile | undefined {
  return NAMES.map((name) => files.get(name)).find((file) => file !== undefined);
}

/** Why a logo is not even to be decoded, or undefined. Loads no image library. */
export function refuseLogo({ path, data }: PackFile): Finding | undefined {
  const kind = imageType(data);
  if ('found' in kind) return findingOf('logo/not-an-image', path, { found: kind.found });
  if (kind.type !== 'svg') return undefined;
  if (data.length > LIMITS.svgBytes)
    return findingOf('logo/unsafe-svg', path, { construct: `more than ${LIMITS.svgBytes} bytes` });
  const decoded = decodeText(data);
  const construct = 'text' in decoded ? unsafeSvg(decoded.text) : 'text that is not UTF-8';
  return construct === undefined ? undefined : findingOf('logo/unsafe-svg', path, { construct });
}

/**
 * Renders a logo as PNG and WebP in each size (ascending): aspect kept, transparent padding to a square, no metadata,
 * never enlarged unless it is a drawing (SVG). The same bytes and sizes give the same files.
 */
export async function renderLogo({ path, data }: PackFile, sizes: readonly number[]): Promise<RenderedLogo> {
  const refusal = refuseLogo({ path, data, executable: false });
  if (refusal !== undefined) return { finding: refusal };
  // Outside the try: that the library cannot be loaded is not the picture's fault.
  const { default: sharp } = await import('sharp');
  let began = 0;
  const isTooSlow = (): boolean => performance.now() - began >= TIMEOUT * 1000;
  const rendering = async (): Promise<LogoFile[]> => {
    began = performance.now();
    return render(sharp, data, isSvg(data), sizes);
  };
  try {
    return { files: await attempt(rendering, isTooSlow) };
  } catch (error) {
    return { finding: isTooSlow() ? findingOf('logo/too-slow', path, { seconds: TIMEOUT }) : explain(path, error) };
  }
}

/** The image library has one place for the reasons of all failures: side by side, pictures get each other's, or none. */
const attempt = againAlone();

function isSvg(data: Buffer): boolean {
  const kind = imageType(data);
  return 'type' in kind && kind.type === 'svg';
}

type SharpModule = typeof sharpModule;

/** Pixels without a format: what one step hands to the next, so that nothing is decoded or scaled twice. */
interface Pixels {
  readonly data: Buffer;
  readonly raw: Raw;
}

/** Decodes once, at the largest size; each smaller square is made from the one before, and both formats from the square. */
async function render(
  sharp: SharpModule,
  data: Buffer,
  drawing: boolean,
  sizes: readonly number[],
): Promise<LogoFile[]> {
  const largest = Math.max(...sizes);
  const density = drawing ? { density: await svgDensity(data, largest) } : {};
  const source = sharp(data, { limitInputPixels: LIMITS.logoPixels, failOn: 'error', ...density });
  // The header says how large the square is: one step then decodes, scales and pads.
  const { width, height } = imageSize(data) ?? (await source.metadata()).autoOrient;
  const longest = Math.max(width, height);
  const open = ({ data: bytes, raw }: Pixels): Sharp => sharp(bytes, { raw });
  const decoding = source.timeout({ seconds: TIMEOUT }).autoOrient().toColourspace('srgb');
  const files: Promise<LogoFile[]>[] = [];
  let square = await pixelsOf(inSquare(decoding, Math.min(largest, longest)));
  // From the largest down: a square made from the next larger one is as good, and a quarter of the work.
  for (const size of sizes.toReversed()) {
    const side = Math.min(size, longest);
    if (square.raw.width !== side) square = await pixelsOf(inSquare(open(square), side));
    files.push(encode(open, square, size));
  }
  return (await Promise.all(files)).toReversed().flat();
}

/**
 * Fine grades of transparency are not seen on edges this small, and cost a fifth of the work. The least effort of all takes
 * as long as one more, for files a third larger.
 */
const WEBP = { quality: 80, alphaQuality: 90, effort: 1 } as const;

async function encode(open: (pixels: Pixels) => Sharp, square: Pixels, size: number): Promise<LogoFile[]> {
  const [png, webp] = await Promise.all([
    open(square).png({ compressionLevel: 3 }).toBuffer(),
    open(square).webp(WEBP).toBuffer(),
  ]);
  return [
    { size, format: 'png', data: png },
    { size, format: 'webp', data: webp },
  ];
}

function inSquare(image: Sharp, side: number): Sharp {
  return image.resize(side, side, { fit: 'contain', background: TRANSPARENT, kernel: KERNEL });
}

async function pixelsOf(image: Sharp): Promise<Pixels> {
  const { data, info } = await image.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return { data, raw: { width, height, channels } };
}

function explain(path: string, error: unknown): Finding {
  const reason = error instanceof Error ? error.message : String(error);
  if (/pixel limit/iu.test(reason)) return findingOf('logo/too-many-pixels', path, { limit: LIMITS.logoPixels });
  return findingOf('logo/broken', path, { reason: reason.split('\n')[0] ?? reason });
}
