import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { isMapping, kindOf, propertyOf } from '../../../model/json-value.ts';
import type { LintPack } from '../../lint-pack.ts';
import { SCHEMA_FILE, schemaDocument, schemaEntries } from './schema-entries.ts';

/** Every entry of `schema.yaml` must be a mapping with a text under `schema`. */
export function* notAnEntry(pack: LintPack): Generator<Finding> {
  const document = schemaDocument(pack);
  if (document === undefined || document.value === null) return;
  if (typeof document.value !== 'object' || (Array.isArray(document.value) && document.value.length > 0)) {
    const found = kindOf(document.value);
    yield findingOf('schema/not-an-entry', SCHEMA_FILE, { path: '', found }, { place: document.place([]) });
  }
  for (const { path, value, expression } of schemaEntries(document)) {
    if (typeof expression === 'string') continue;
    const place = expression === undefined ? document.place([path], 'key') : document.place([path, 'schema']);
    yield findingOf('schema/not-an-entry', SCHEMA_FILE, { path, found: foundInstead(value, expression) }, { place });
  }
}

function foundInstead(value: unknown, expression: unknown): string {
  if (expression === undefined) return isMapping(value) ? 'no such key' : kindOf(value);
  return isMacro(expression) ? 'a mapping, as the braces are not in quotes' : kindOf(expression);
}

/** YAML reads `{{ x }}` without quotes as a mapping whose only key is a mapping. */
function isMacro(value: unknown): boolean {
  return propertyOf(value, '[object Object]') === null;
}
