import type { SchemaArgs, UnknownKeyArgs, LimitArgs } from './args.ts';

/** What the findings of each rule of this group carry. */
export interface PackRules {
  'pack/too-large': LimitArgs;
  'pack/not-utf8': { offset: number };
  'pack/byte-order-mark': Record<string, never>;
  'pack/empty': Record<string, never>;
  'pack/too-deep': LimitArgs;
  'pack/invalid-json': { reason: string };
  'pack/duplicate-key': { key: string; firstLine: number };
  'pack/not-an-object': { found: string };
  'pack/schema': SchemaArgs;
  'pack/unknown-key': UnknownKeyArgs;
  'pack/more-findings': LimitArgs;
  'pack/path-outside': { key: string; path: string };
}
