import type { LogoRules } from '../../../src/model/rules/logo-rules.ts';
import type { Cases } from './case.ts';

export const LOGO: Cases<LogoRules> = {
  'logo/not-an-image': [
    {
      args: { found: 'a PDF' },
      text: 'the logo is a PDF, not a PNG, JPEG, WebP or SVG image',
      hint: 'Replace it with a square PNG of 256 by 256 pixels, or remove it: a logo is then made from the name.',
    },
  ],
  'logo/too-many-pixels': [
    {
      args: { limit: 25_000_000 },
      text: 'the logo has more than 25 million pixels',
      hint: 'Scale it down; 256 by 256 is enough.',
    },
  ],
  'logo/broken': [
    {
      args: { reason: 'it ends early' },
      text: 'the logo cannot be decoded: it ends early',
      hint: 'Export it again as PNG.',
    },
  ],
  'logo/too-slow': [
    {
      args: { seconds: 60 },
      text: 'the logo could not be rendered within 60 seconds',
      hint: 'Simplify it, or export it as PNG. If this machine was only busy, build again: this is not remembered.',
    },
  ],
  'logo/unsafe-svg': [
    {
      args: { construct: 'a script' },
      text: 'the SVG logo holds a script, which is not rendered',
      hint: 'Export it as plain SVG with text turned into paths, or as PNG.',
    },
  ],
  'logo/not-png': [
    {
      args: { path: 'logo.png', found: 'JPEG' },
      text: '"logo.png" is a JPEG image in spite of its name',
      hint: 'Convert it to PNG, as logo.png.',
    },
    {
      args: { path: 'logo.svg', found: 'SVG' },
      text: '"logo.svg" is an SVG image, not a PNG',
      hint: 'Convert it to PNG, as logo.png.',
    },
    {
      args: { path: 'logo.webp', found: 'WebP' },
      text: '"logo.webp" is a WebP image, not a PNG',
      hint: 'Convert it to PNG, as logo.png.',
    },
    {
      args: { path: 'logo.jpg', found: 'PNG' },
      text: 'the PNG image "logo.jpg" is not called "logo.png"',
      hint: 'Rename it to logo.png: clients look for no other name.',
    },
  ],
  'logo/tiny': [
    {
      args: { width: 48, height: 32, least: 64 },
      text: 'the logo has 48 by 32 pixels, and no side of 64 or more',
      hint: 'Use a square PNG of 256 by 256 pixels: a logo is never enlarged.',
    },
  ],
  'logo/not-square': [
    {
      args: { width: 200, height: 150 },
      text: 'the logo has 200 by 150 pixels, which is not square',
      hint: 'Put it on a square, transparent canvas that it fills well: it is shown in a square.',
    },
  ],
  'logo/truncated': [
    {
      args: { reason: 'it ends in the middle of a chunk' },
      text: 'the logo is not whole: it ends in the middle of a chunk',
      hint: 'Copy it again from where it came, or export it again as PNG.',
    },
  ],
};
