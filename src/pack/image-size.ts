import { imageType } from './image-type.ts';
import { jpegSegments } from './jpeg-segments.ts';

/** In pixels, as the file says; nothing is decoded, and a rotation in its metadata is not applied. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** The size of a PNG, JPEG or WebP by its first bytes; undefined for a drawing, and where the bytes make no sense. */
export function imageSize(data: Buffer): ImageSize | undefined {
  const kind = imageType(data);
  if (!('type' in kind) || kind.type === 'svg') return undefined;
  const size = { png: pngSize, jpeg: jpegSize, webp: webpSize }[kind.type](data);
  return size === undefined || size.width === 0 || size.height === 0 ? undefined : size;
}

function pngSize(data: Buffer): ImageSize | undefined {
  if (data.length < 24 || data.toString('latin1', 12, 16) !== 'IHDR') return undefined;
  return { width: data.readUInt32BE(16), height: data.readUInt32BE(20) };
}

/** Tables and an extension of JPEG, whose markers stand among those of frames. */
const NO_FRAMES = new Set([0xc4, 0xc8, 0xcc]);

function jpegSize(data: Buffer): ImageSize | undefined {
  for (const { marker, start } of jpegSegments(data)) {
    if (marker < 0xc0 || marker > 0xcf || NO_FRAMES.has(marker)) continue;
    if (start + 5 > data.length) return undefined;
    return { height: data.readUInt16BE(start + 1), width: data.readUInt16BE(start + 3) };
  }
  return undefined;
}

function webpSize(data: Buffer): ImageSize | undefined {
  if (data.length < 30) return undefined;
  switch (data.toString('latin1', 12, 16)) {
    case 'VP8 ':
      return { width: data.readUInt16LE(26) & 0x3fff, height: data.readUInt16LE(28) & 0x3fff };
    case 'VP8L': {
      const bits = data.readUInt32LE(21);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 'VP8X':
      return { width: data.readUIntLE(24, 3) + 1, height: data.readUIntLE(27, 3) + 1 };
    default:
      return undefined;
  }
}
