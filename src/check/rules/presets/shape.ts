import type { Finding } from '../../../model/finding.ts';
import type { PresetsRules } from '../../../model/rules/presets-rules.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { kindOf, propertyOf } from '../../../model/json-value.ts';
import { PRESETS_FILE } from '../../../pack/presets.ts';
import type { LintPack } from '../../lint-pack.ts';
import { presetsDocument, type PresetsDocument } from './presets-document.ts';

type What = PresetsRules['presets/shape']['what'];

/** `presets` must be a list of mappings, each with a name. */
export function* shape(pack: LintPack): Generator<Finding> {
  const document = presetsDocument(pack);
  if (document === undefined || document.value === null) return;
  const list = propertyOf(document.value, 'presets');
  if (Array.isArray(list)) {
    for (const [index, preset] of list.entries()) yield* presetShape(document, index, preset);
    return;
  }
  if (list === undefined && !isEmpty(document.value)) yield wrong(document, [], 'no list', notUnder(document.value));
  if (list !== undefined && !isEmpty(list)) yield wrong(document, ['presets'], 'no list', kindOf(list));
}

function* presetShape(document: PresetsDocument, index: number, preset: unknown): Generator<Finding> {
  const path = ['presets', index];
  if (typeof preset !== 'object' || preset === null || Array.isArray(preset)) {
    yield wrong(document, path, 'no mapping', kindOf(preset));
    return;
  }
  const name = propertyOf(preset, 'name');
  if (name === undefined) yield wrong(document, path, 'no name', 'no such key');
  else if (typeof name !== 'string') yield wrong(document, [...path, 'name'], 'no name', kindOf(name));
  else if (name.trim() === '') yield wrong(document, [...path, 'name'], 'no name', 'an empty text');
  const remove = propertyOf(preset, 'remove') ?? [];
  if (!Array.isArray(remove)) {
    yield wrong(document, [...path, 'remove'], 'no list of paths', kindOf(remove));
    return;
  }
  const stray = remove.findIndex((item: unknown) => typeof item !== 'string');
  if (stray !== -1) yield wrong(document, [...path, 'remove', stray], 'no list of paths', kindOf(remove[stray]));
}

function notUnder(value: unknown): string {
  return typeof value === 'object' && !Array.isArray(value) ? 'no such key' : kindOf(value);
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}

function wrong(document: PresetsDocument, path: readonly (string | number)[], what: What, found: string): Finding {
  return findingOf('presets/shape', PRESETS_FILE, { what, found }, { place: document.place(path) });
}
