import type { LimitArgs } from './args.ts';

/** What the findings of each rule of this group carry. */
export interface ValuesRules {
  'values/missing': Record<string, never>;
  'values/too-large': LimitArgs;
  'values/not-utf8': { offset: number };
  'values/invalid-yaml': { reason: string };
  'values/too-many-nodes': LimitArgs;
  'values/self-reference': { anchor: string };
  'values/not-a-mapping': { found: string };
}
