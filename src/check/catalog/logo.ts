import type { LogoRules } from '../../model/rules/logo-rules.ts';
import type { Catalog } from './entry.ts';
import { quoted } from './words.ts';

function otherImage(path: string, found: string): string {
  const image = `${found === 'SVG' ? 'an' : 'a'} ${found} image`;
  return path === 'logo.png' ? `"logo.png" is ${image} in spite of its name` : `${quoted(path)} is ${image}, not a PNG`;
}

export const LOGO: Catalog<LogoRules> = {
  'logo/not-an-image': {
    title: 'The logo is no image',
    severity: 'error',
    message: ({ found }) => ({
      text: `the logo is ${found}, not a PNG, JPEG, WebP or SVG image`,
      hint: 'Replace it with a square PNG of 256 by 256 pixels, or remove it: a logo is then made from the name.',
    }),
  },
  'logo/too-many-pixels': {
    title: 'The logo has too many pixels',
    severity: 'error',
    message: ({ limit }) => ({
      text: `the logo has more than ${limit / 1_000_000} million pixels`,
      hint: 'Scale it down; 256 by 256 is enough.',
    }),
  },
  'logo/broken': {
    title: 'The logo cannot be decoded',
    severity: 'error',
    message: ({ reason }) => ({
      text: `the logo cannot be decoded: ${reason}`,
      hint: 'Export it again as PNG.',
    }),
  },
  'logo/too-slow': {
    title: 'The logo takes too long to render',
    severity: 'error',
    message: ({ seconds }) => ({
      text: `the logo could not be rendered within ${seconds} seconds`,
      hint: 'Simplify it, or export it as PNG. If this machine was only busy, build again: this is not remembered.',
    }),
  },
  'logo/unsafe-svg': {
    title: 'The SVG logo is not safe to render',
    severity: 'error',
    message: ({ construct }) => ({
      text: `the SVG logo holds ${construct}, which is not rendered`,
      hint: 'Export it as plain SVG with text turned into paths, or as PNG.',
    }),
  },
  'logo/not-png': {
    title: 'The logo is not a PNG image',
    severity: 'warning',
    fix: 'safe',
    message: ({ path, found }) => ({
      text: found === 'PNG' ? `the PNG image ${quoted(path)} is not called "logo.png"` : otherImage(path, found),
      hint:
        found === 'PNG' ? 'Rename it to logo.png: clients look for no other name.' : 'Convert it to PNG, as logo.png.',
    }),
  },
  'logo/tiny': {
    title: 'The logo is tiny',
    severity: 'hint',
    message: ({ width, height, least }) => ({
      text: `the logo has ${width} by ${height} pixels, and no side of ${least} or more`,
      hint: 'Use a square PNG of 256 by 256 pixels: a logo is never enlarged.',
    }),
  },
  'logo/not-square': {
    title: 'The logo is not square',
    severity: 'hint',
    message: ({ width, height }) => ({
      text: `the logo has ${width} by ${height} pixels, which is not square`,
      hint: 'Put it on a square, transparent canvas that it fills well: it is shown in a square.',
    }),
  },
  'logo/truncated': {
    title: 'The logo ends early',
    severity: 'warning',
    message: ({ reason }) => ({
      text: `the logo is not whole: ${reason}`,
      hint: 'Copy it again from where it came, or export it again as PNG.',
    }),
  },
};
