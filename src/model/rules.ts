/** What each rule's finding carries, by rule id. The table of words (`check/messages.ts`) is complete over it. */
export interface FindingArgs {
  'config/invalid-yaml': { reason: string };
  'config/schema': SchemaArgs;
  'config/unknown-key': UnknownKeyArgs;
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
  'values/missing': Record<string, never>;
  'values/too-large': LimitArgs;
  'values/not-utf8': { offset: number };
  'values/invalid-yaml': { reason: string };
  'values/too-many-nodes': LimitArgs;
  'values/self-reference': { anchor: string };
  'values/not-a-mapping': { found: string };
  'chart/missing-file': MissingArgs;
  'chart/unreadable': { path: string; reason: string };
  'chart/too-large': { path: string; limit: number };
  'chart/no-metadata': { path: string };
  'manifest/missing-file': MissingArgs;
  'role/missing-directory': MissingArgs;
  'file/symlink': { path: string };
  'file/submodule': { path: string };
  'file/not-portable': { path: string; reason: string };
  'file/case-collision': { path: string; other: string };
  'file/too-large': { path: string; size: number; limit: number };
  'file/too-many': { of: 'entries' | 'levels' | 'characters'; limit: number };
  'file/packignore': { reason: string };
  'file/pack-too-large': LimitArgs;
  'logo/not-an-image': { found: string };
  'logo/too-many-pixels': { limit: number };
  'logo/broken': { reason: string };
  'logo/too-slow': { seconds: number };
  'logo/unsafe-svg': { construct: string };
  'registry/duplicate-release': { name: string; version: string; other: string };
  'registry/nested-pack': { directory: string; inside: string };
  'registry/not-a-directory': { path: string; what: 'a symbolic link' | 'a submodule' };
  'registry/pack-file-case': { found: string };
  'history/shallow': Record<string, never>;
}

export type RuleId = keyof FindingArgs;

export interface SchemaArgs {
  /** JSON Pointer of the value that is wrong. */
  pointer: string;
  /** What the schema wants, in words. */
  expected: string;
}

export interface UnknownKeyArgs {
  key: string;
  suggestion?: string;
}

export interface LimitArgs {
  limit: number;
}

export interface MissingArgs {
  path: string;
  suggestion?: string;
}
