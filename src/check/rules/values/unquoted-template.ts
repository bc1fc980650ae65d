import type { Finding, Place } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';
import { shortened } from '../../shortened.ts';

/** What the parser makes of a key that is a mapping. */
const MAPPING_AS_KEY = '[object Object]';

const MOST_CANDIDATES = 200;

type Path = readonly (string | number)[];

/** YAML reads `{{ .x }}` as a mapping whose key is a mapping. */
export function* unquotedTemplate({ values, text }: LintPack): Generator<Finding> {
  if (values === undefined || !text(VALUES_FILE)?.includes('{{')) return;
  let candidates = 0;
  for (const path of mappingsAsKeys(values.value, [], new Set())) {
    // Each place is looked up in the whole text.
    if (candidates === MOST_CANDIDATES) return;
    candidates += 1;
    const template = templateAt(values.place(path));
    if (template === undefined) continue;
    const { place, source } = template;
    yield findingOf('values/unquoted-template', VALUES_FILE, { template: shortened(source) }, { place });
  }
}

/** Values that aliases repeat are looked at once. */
function* mappingsAsKeys(value: unknown, path: Path, seen: Set<object>): Generator<Path> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return;
  seen.add(value);
  if (Object.hasOwn(value, MAPPING_AS_KEY)) yield path;
  for (const [key, child] of Object.entries(value)) {
    if (typeof child === 'object')
      yield* mappingsAsKeys(child, [...path, Array.isArray(value) ? Number(key) : key], seen);
  }
}

/** Undefined where the mapping was meant as one. */
function templateAt(place: Place): { readonly source: string; readonly place: Place } | undefined {
  const start = place.column - 1;
  const end = place.source.indexOf('}}', start);
  if (!place.source.startsWith('{{', start) || end === -1) return undefined;
  return { source: place.source.slice(start, end + 2), place: { ...place, endColumn: end + 3 } };
}
