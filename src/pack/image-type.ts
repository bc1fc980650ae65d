export type ImageType = 'png' | 'jpeg' | 'webp' | 'svg';

/** Signatures of what is no logo, so that a refusal can say what it is. */
const OTHERS: readonly (readonly [signature: string, offset: number, name: string])[] = [
  ['474946383', 0, 'a GIF image'],
  ['424d', 0, 'a BMP image'],
  ['00000100', 0, 'an icon file (ICO)'],
  ['49492a00', 0, 'a TIFF image'],
  ['4d4d002a', 0, 'a TIFF image'],
  ['6674797061766966', 4, 'an AVIF image'],
  ['667479706865', 4, 'a HEIF image'],
  ['25504446', 0, 'a PDF document'],
  ['1f8b', 0, 'a gzip archive'],
  ['504b0304', 0, 'a ZIP archive'],
  ['7f454c46', 0, 'a program'],
];

/** What an image is by its bytes, whatever its name says; for anything else, what it is in words. */
export function imageType(data: Buffer): { readonly type: ImageType } | { readonly found: string } {
  if (startsWith(data, '89504e470d0a1a0a')) return { type: 'png' };
  if (startsWith(data, 'ffd8ff')) return { type: 'jpeg' };
  if (startsWith(data, '52494646') && startsWith(data, '57454250', 8)) return { type: 'webp' };
  if (data.length === 0) return { found: 'empty' };
  const other = OTHERS.find(([signature, offset]) => startsWith(data, signature, offset));
  if (other !== undefined) return { found: other[2] };
  const head = data.toString('latin1', 0, 4096);
  if (
    /^(?:\u00ef\u00bb\u00bf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--(?:(?!-->)[\s\S])*-->\s*)*(?:<!DOCTYPE[^>]*>\s*)?<(?:\w+:)?svg[\s>]/u.test(
      head,
    )
  ) {
    return { type: 'svg' };
  }
  if (head.startsWith('version https://git-lfs.github.com/spec/')) return { found: 'a Git LFS pointer' };
  // eslint-disable-next-line no-control-regex
  return { found: /[\u0000-\u0008\u000e-\u001f]/u.test(head) ? 'binary data' : 'a text file' };
}

function startsWith(data: Buffer, signature: string, offset: number = 0): boolean {
  const end = offset + signature.length / 2;
  return data.toString('hex', offset, Math.ceil(end)).startsWith(signature);
}
