import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import { pathKey, type SourceDocument } from '../../../pack/source-document.ts';
import { firstFindings } from '../../first-findings.ts';
import type { LintPack } from '../../lint-pack.ts';
import { schemaValidator, type SchemaValidator } from '../../schema-validator.ts';

/** The `pack:` section against its schema, and the keys that it does not describe. */
export async function packSchema({ values }: LintPack): Promise<Finding[]> {
  const section = propertyOf(values?.value, 'pack');
  if (values === undefined || section === undefined || section === null) return [];
  const validator = await schemaValidator('values-pack');
  return [...firstFindings(wrong(validator, section, values)), ...firstFindings(unknown(validator, section, values))];
}

function* wrong(validator: SchemaValidator, section: unknown, values: SourceDocument): Generator<Finding> {
  for (const { path: below, expected } of validator.problems(section)) {
    const path = ['pack', ...below];
    const args = { pointer: pathKey(path), expected };
    yield findingOf('values/pack-schema', VALUES_FILE, args, { place: values.place(path) });
  }
}

function* unknown(validator: SchemaValidator, section: unknown, values: SourceDocument): Generator<Finding> {
  for (const { path, ...args } of validator.unknownKeys(section)) {
    // What was meant by it is clear: another rule says where it belongs.
    if (path.join('.') === 'content.namespace') continue;
    const place = values.place(['pack', ...path], 'key');
    yield findingOf('values/pack-unknown-key', VALUES_FILE, args, { place });
  }
}
