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
};
