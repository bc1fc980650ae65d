import type { RuleId } from '../rules.ts';
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
  /** `of` is the rule whose findings there are more of. */
  'pack/more-findings': { limit: number; of: RuleId };
  'pack/path-outside': { key: string; path: string };
  'pack/leading-v': { version: string };
  /** `suggestion` is the SemVer that the version was most likely meant to be. */
  'pack/not-semver': { version: string; suggestion?: string };
  'pack/no-source': { blank: boolean };
  'pack/no-contributor': { blank: boolean };
  'pack/no-addon-type': { blank: boolean };
  'pack/addon-type': { addonType: string; suggestion?: string };
  /** JSON Pointer of the blank string. */
  'pack/blank-key': { pointer: string };
  'pack/directory-name': { directory: string; expected: string };
}
