import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { MANIFEST_FILE, type Pack } from '../../../pack/pack.ts';
import { pathKey, type SourceDocument } from '../../../pack/source-document.ts';
import { firstFindings } from '../../first-findings.ts';
import { schemaValidator, type SchemaValidator } from '../../schema-validator.ts';

/** `pack.json` against its schema. Keys that it does not describe are a warning, never an error. */
export async function schema({ manifest }: Pack): Promise<Finding[]> {
  if (manifest === undefined) return [];
  const validator = await schemaValidator('pack');
  return [...firstFindings(wrong(validator, manifest)), ...firstFindings(unknown(validator, manifest))];
}

function* wrong(validator: SchemaValidator, { value, place }: SourceDocument): Generator<Finding> {
  for (const { path, expected } of validator.problems(value)) {
    yield findingOf('pack/schema', MANIFEST_FILE, { pointer: pathKey(path), expected }, { place: place(path) });
  }
}

function* unknown(validator: SchemaValidator, { value, place }: SourceDocument): Generator<Finding> {
  for (const { path, ...args } of validator.unknownKeys(value)) {
    yield findingOf('pack/unknown-key', MANIFEST_FILE, args, { place: place(path, 'key'), severity: 'warning' });
  }
}
