import type { SchemaArgs, UnknownKeyArgs } from './args.ts';

/** What the findings of each rule of this group carry. */
export interface ConfigRules {
  'config/invalid-yaml': { reason: string };
  'config/schema': SchemaArgs;
  'config/unknown-key': UnknownKeyArgs;
  'config/unknown-rule': { id: string; suggestion?: string };
}
