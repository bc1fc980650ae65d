import type { Finding } from '../../../model/finding.ts';
import { suggest } from '../../../model/suggest.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { PRESETS_FILE, presetAdditions, presetsOf } from '../../../pack/presets.ts';
import { lookUpPathIn, type PathLookup } from '../../../pack/values-path.ts';
import type { LintPack } from '../../lint-pack.ts';
import { SCHEMA_FILE, schemaDocument, schemaEntries } from './schema-entries.ts';

const MOST_STEPS = 2_000_000;
const MOST_KEYS = 200;
const LONGEST_KEY = 100;

/** Every path must lead to a value, in `values.yaml` or in what a preset adds to it. */
export function* unknownPath(pack: LintPack): Generator<Finding> {
  const document = schemaDocument(pack);
  if (document === undefined || pack.values === undefined) return;
  const roots = [pack.values.value, ...additions(pack)];
  const budget = { steps: MOST_STEPS };
  for (const { path } of schemaEntries(document)) {
    const lookup = lookUpPathIn(roots, path, budget);
    if (lookup.found) continue;
    const suggestion = suggestionFor(path, lookup);
    const args = { path, deepest: lookup.deepest, ...(suggestion !== undefined && { suggestion }) };
    yield findingOf('schema/unknown-path', SCHEMA_FILE, args, { place: document.place([path], 'key') });
  }
}

function additions(pack: LintPack): unknown[] {
  const parsed = pack.yaml(PRESETS_FILE);
  return parsed !== undefined && 'document' in parsed ? presetAdditions(presetsOf(parsed.document.value)) : [];
}

/** The path with its first unknown key replaced by one that is alike. */
function suggestionFor(path: string, { deepest, value }: PathLookup): string | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const start = deepest === '' ? '' : `${deepest}.`;
  const [unknown = '', ...rest] = path.slice(start.length).split('.');
  if (unknown.length > LONGEST_KEY) return undefined;
  const key = suggest(unknown, Object.keys(value).slice(0, MOST_KEYS));
  return key === undefined ? undefined : `${start}${[key, ...rest].join('.')}`;
}
