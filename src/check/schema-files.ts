import { readFile } from 'node:fs/promises';

export type SchemaName =
  | 'pack'
  | 'registry'
  | 'index'
  | 'pack-document'
  | 'search'
  | 'sources'
  | 'status'
  | 'values'
  | 'values-pack';

export const SCHEMA_NAMES: readonly SchemaName[] = [
  'index',
  'pack',
  'pack-document',
  'registry',
  'search',
  'sources',
  'status',
  'values',
  'values-pack',
];

/** The bytes of a schema, as they stand in the package and are published with every registry. */
export function readSchema(name: SchemaName): Promise<Buffer> {
  return readFile(new URL(`../../schemas/${name}.schema.json`, import.meta.url));
}
