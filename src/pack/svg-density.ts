import { LIMITS } from '../model/limits.ts';

/** At which one unit of an SVG is one pixel. */
const OWN = 72;
/** The most that sharp takes. */
const MOST = 100_000;

/**
 * The density, in dots per inch, at which the longer side of an SVG has about `side` pixels: a drawing loses nothing by
 * being enlarged. At least the one of its own size, and never so high that a square would pass the limit on pixels.
 */
export async function svgDensity(data: Buffer, side: number): Promise<number> {
  const wanted = Math.min(side, Math.floor(Math.sqrt(LIMITS.logoPixels)));
  const own = await longerSide(data, OWN);
  if (own >= wanted) return OWN;
  const density = Math.min((OWN * wanted) / own, MOST);
  const reached = await longerSide(data, density);
  // A side in centimetres or points grows with the square of the density.
  if (reached > 1.5 * wanted) return OWN * Math.sqrt(wanted / own);
  // Sides are told in whole pixels, so that the first look at a small drawing is not exact.
  return Math.min((density * wanted) / reached, MOST);
}

async function longerSide(data: Buffer, density: number): Promise<number> {
  const { default: sharp } = await import('sharp');
  const { width, height } = await sharp(data, { density }).metadata();
  return Math.max(width, height);
}
