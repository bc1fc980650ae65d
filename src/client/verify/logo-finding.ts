import { imageSize } from '../../pack/image-size.ts';
import { imageType } from '../../pack/image-type.ts';
import { verifyFinding, type VerifyFinding } from './verify-finding.ts';

/** As `logos/<sha256>-<size>.png` has them. */
const NAME = /-(?<side>\d{1,5})\.(?<type>png|webp)$/u;

/**
 * Why a logo is not what its name says, by its first bytes; nothing is decoded. It is a square, and may be smaller than
 * its name says, because none is enlarged.
 */
export function logoFinding(path: string, beginning: Uint8Array): VerifyFinding | undefined {
  const { side = '', type = '' } = NAME.exec(path)?.groups ?? {};
  const data = Buffer.from(beginning.buffer, beginning.byteOffset, beginning.byteLength);
  const kind = imageType(data);
  const found = 'type' in kind ? kind.type : kind.found;
  if (found !== type) {
    return verifyFinding('logo', path, `is not the ${type} image that its name says: it is ${found}`, {
      expected: type,
      found,
    });
  }
  const size = imageSize(data);
  const shown = size === undefined ? 'no size' : `${size.width}×${size.height}`;
  if (size !== undefined && size.width === size.height && size.width <= Number(side)) return undefined;
  const message = `has ${shown} pixels, not the ${side}×${side} or less that its name says`;
  return verifyFinding('logo', path, message, { expected: `${side}×${side}`, found: shown });
}
