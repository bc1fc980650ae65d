import type { MissingArgs } from './args.ts';

/** What the findings of each rule of this group carry. */
export interface ChartRules {
  'chart/missing-file': MissingArgs;
  'chart/unreadable': { path: string; reason: string };
  'chart/too-large': { path: string; limit: number };
  'chart/no-metadata': { path: string };
}
