import { createHash } from 'node:crypto';

import { GLYPHS } from './logo-glyphs.ts';

/** The logo, as SVG, of a pack that has none: its initials on a colour, both from its name alone. */
export function generatedLogo(name: string): Buffer {
  const initials = initialsOf(name);
  const scale = 18;
  const advance = 5.6 * scale;
  const width = (initials.length - 1) * advance + 4 * scale;
  const paths = initials.map((letter, index) => {
    const x = 128 - width / 2 + index * advance;
    return `<path transform="translate(${x} ${128 - 3 * scale}) scale(${scale})" d="${GLYPHS[letter] ?? ''}"/>`;
  });
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="256" height="256" viewBox="0 0 256 256">` +
      `<rect width="256" height="256" rx="48" fill="${colourOf(name)}"/>` +
      `<g fill="none" stroke="#fff" stroke-width=".9" stroke-linecap="round" stroke-linejoin="round">${paths.join('')}</g></svg>`,
  );
}

/** One or two letters or digits: those that words of the name begin with. */
export function initialsOf(name: string): string[] {
  const words = name.toUpperCase().match(/[A-Z0-9]+/gu) ?? [];
  const [first = '?', second] = words;
  return second === undefined ? first.slice(0, 2).split('') : [first.charAt(0), second.charAt(0)];
}

function colourOf(name: string): string {
  const hue = createHash('sha256').update(name).digest().readUInt16BE(0) % 360;
  return `hsl(${hue}, 52%, 38%)`;
}
