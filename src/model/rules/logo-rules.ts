/** What the findings of each rule of this group carry. */
export interface LogoRules {
  'logo/not-an-image': { found: string };
  'logo/too-many-pixels': { limit: number };
  'logo/broken': { reason: string };
  'logo/too-slow': { seconds: number };
  'logo/unsafe-svg': { construct: string };
  'logo/not-png': { path: string; found: 'PNG' | 'JPEG' | 'WebP' | 'SVG' };
  'logo/tiny': { width: number; height: number; least: number };
  'logo/not-square': { width: number; height: number };
  'logo/truncated': { reason: string };
}
