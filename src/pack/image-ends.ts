import { imageType } from './image-type.ts';
import { jpegSegments } from './jpeg-segments.ts';

const PNG_SIGNATURE = 8;
/** Length, type and checksum of a chunk. */
const CHUNK = 12;
const START_OF_SCAN = 0xda;
const END_OF_JPEG = Buffer.from('ffd9', 'hex');

/**
 * What a PNG, JPEG or WebP lacks at its end, in words, or undefined when it looks whole. Looks at its structure only:
 * pixels and checksums may still be wrong.
 */
export function missingEnd(data: Buffer): string | undefined {
  const kind = imageType(data);
  if (!('type' in kind)) return undefined;
  switch (kind.type) {
    case 'png':
      return missingInPng(data);
    case 'jpeg':
      return missingInJpeg(data);
    case 'webp':
      return data.length < 8 + data.readUInt32LE(4) ? 'it is shorter than it says' : undefined;
    case 'svg':
      return undefined;
  }
}

function missingInPng(data: Buffer): string | undefined {
  let at = PNG_SIGNATURE;
  while (at + CHUNK <= data.length) {
    if (data.toString('latin1', at + 4, at + 8) === 'IEND') return undefined;
    at += CHUNK + data.readUInt32BE(at);
  }
  return at === data.length ? 'its last chunk (IEND) is not there' : 'it ends in the middle of a chunk';
}

function missingInJpeg(data: Buffer): string | undefined {
  for (const { marker, end } of jpegSegments(data)) {
    // Behind the scan starts compressed data, in which these two bytes cannot stand next to each other.
    if (marker === START_OF_SCAN) return data.includes(END_OF_JPEG, end) ? undefined : 'it has no end marker';
  }
  return 'it ends before its pixels';
}
