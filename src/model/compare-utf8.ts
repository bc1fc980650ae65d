import { compareText } from './compare-text.ts';

const HAS_SURROGATE = /[\ud800-\udfff]/;

/** The order of two texts by their UTF-8 bytes, which is that of their code points; 0 only for the same text. */
export function compareUtf8(a: string, b: string): number {
  if (!HAS_SURROGATE.test(a) && !HAS_SURROGATE.test(b)) return compareText(a, b);
  let at = 0;
  while (at < a.length && at < b.length && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === a.length || at === b.length) return Math.sign(a.length - b.length);
  return Math.sign(rank(a.charCodeAt(at)) - rank(b.charCodeAt(at)));
}

/** Surrogates stand for characters above all others, though their code units do not. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
