/** What the findings of each rule of this group carry. */
export interface LogoRules {
  'logo/not-an-image': { found: string };
  'logo/too-many-pixels': { limit: number };
  'logo/broken': { reason: string };
  'logo/too-slow': { seconds: number };
  'logo/unsafe-svg': { construct: string };
}
