import { decoded } from './decoded.ts';
import { entropy } from './entropy.ts';
import { isPlaceholder } from './placeholder.ts';

const SHORTEST = 16;
const LONGEST = 512;
/**
 * Bits per character. Of what machines make, 99.5% has more (32 hexadecimal digits) or 99.9% (16 letters and digits).
 * Names have up to 3.9: it is the mixture of letters and digits that tells them apart, this only drops `1a1a1a1a`.
 */
const LEAST = 3.2;

/** Whether a value looks like a secret that a machine made. */
export function looksRandom(value: string): boolean {
  if (value.length < SHORTEST || value.length > LONGEST || !isMixed(value)) return false;
  const inner = decoded(value) ?? value;
  return inner.length >= SHORTEST && isMixed(inner) && entropy(inner) >= LEAST;
}

/** One word of letters and digits mixed, as no name has it: names are words and numbers with marks between them. */
function isMixed(value: string): boolean {
  if (!/^[\w+/=.:~!@#%^&*?-]+$/u.test(value) || isPlaceholder(value)) return false;
  let mixed = 0;
  for (const piece of value.split(/[-_.:/@]/u)) if (/\d/u.test(piece) && /[A-Za-z]/u.test(piece)) mixed += piece.length;
  return mixed * 2 >= value.length;
}
