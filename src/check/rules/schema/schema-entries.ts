import { propertyOf } from '../../../model/json-value.ts';
import type { SourceDocument } from '../../../pack/source-document.ts';
import type { LintPack } from '../../lint-pack.ts';

export const SCHEMA_FILE = 'schema.yaml';

/** What `schema.yaml` says of one value. */
export interface SchemaEntry {
  /** Dotted path into `values.yaml`. */
  readonly path: string;
  /** What stands at the path; an entry in order is a mapping. */
  readonly value: unknown;
  /** What stands under `schema`; an expression in order is a string. */
  readonly expression: unknown;
}

/** Far more than anyone writes: each is looked up in all values and presets. */
const MOST = 20_000;

/** `schema.yaml`, if it can be read. */
export function schemaDocument(pack: LintPack): SourceDocument | undefined {
  const parsed = pack.yaml(SCHEMA_FILE);
  return parsed !== undefined && 'document' in parsed ? parsed.document : undefined;
}

/** The entries in their order; none when the document is no mapping. */
export function schemaEntries({ value }: SourceDocument): SchemaEntry[] {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return [];
  return Object.entries(value)
    .slice(0, MOST)
    .map(([path, entry]) => ({ path, value: entry, expression: propertyOf(entry, 'schema') }));
}
