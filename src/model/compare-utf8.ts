import { compareText } from './version.ts';

const HAS_SURROGATE = /[\ud800-\udbff][\udc00-\udfff]/;

/** The order of two texts by their UTF-8 bytes, which is that of their code points. */
export function compareUtf8(a: string, b: string): number {
  if (!HAS_SURROGATE.test(a) && !HAS_SURROGATE.test(b)) return compareText(a, b);
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
