import { isUtf8 } from 'node:buffer';

/** Bytes as text, or where they stop being UTF-8. A byte order mark is kept: whoever reads decides about it. */
export type DecodedText = { readonly text: string } | { readonly badOffset: number };

export function decodeText(data: Buffer): DecodedText {
  if (isUtf8(data)) return { text: data.toString('utf8') };
  return { badOffset: firstBadOffset(data) };
}

/**
 * Where the first byte sequence that is no character begins. Halves the range until the shortest prefix that is no
 * longer UTF-8 is found, in which a cut character still counts as good, and goes back to where that character begins.
 */
function firstBadOffset(data: Buffer): number {
  let good = 0;
  let bad = data.length;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isPrefixUtf8(data.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  while (!isUtf8(data.subarray(0, good))) good -= 1;
  return good;
}

function isPrefixUtf8(data: Buffer): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(data, { stream: true });
    return true;
  } catch {
    return false;
  }
}
