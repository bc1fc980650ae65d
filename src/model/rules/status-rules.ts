import type { LimitArgs, SchemaArgs, UnknownKeyArgs } from './args.ts';

/** What the findings of each rule of this group carry. */
export interface StatusRules {
  'status/bad-date': { date: string };
  'status/bad-versions': { versions: string };
  'status/duplicate-key': { key: string; firstLine: number };
  'status/invalid-yaml': { reason: string };
  'status/misplaced-file': { what: string; suggestion?: string };
  'status/not-a-file': { what: string };
  'status/own-replacement': { replacement: string };
  'status/schema': SchemaArgs;
  'status/too-large': { size: number } & LimitArgs;
  'status/too-many-files': { count: number } & LimitArgs;
  'status/unknown-key': UnknownKeyArgs;
  'status/unknown-pack': { name: string; suggestion?: string };
  'status/unknown-replacement': { name: string; version?: string; suggestion?: string };
  'status/unknown-version': { name: string; versions: string; suggestion?: string };
  'status/withdrawn-replacement': { replacement: string; state: string };
}
