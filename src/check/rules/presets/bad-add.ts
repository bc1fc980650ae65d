import type { Finding, Place } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { kindOf, propertyOf } from '../../../model/json-value.ts';
import { placeAt } from '../../../pack/place.ts';
import { PRESETS_FILE, type Preset } from '../../../pack/presets.ts';
import { yamlProblemReason } from '../../../pack/yaml-problem.ts';
import type { LintPack } from '../../lint-pack.ts';
import { nameOf, presetsDocument } from './presets-document.ts';

interface Problem {
  readonly reason: string;
  /** Within what is added. */
  readonly place?: Place;
}

/** What a preset adds must be a text that holds a YAML mapping, as it is merged into the values. */
export function* badAdd(pack: LintPack): Generator<Finding> {
  const document = presetsDocument(pack);
  if (document === undefined) return;
  const list = propertyOf(document.value, 'presets');
  for (const preset of document.presets) {
    const add = propertyOf(Array.isArray(list) ? list[preset.index] : undefined, 'add');
    const problem = problemOf(preset, add);
    if (problem === undefined) continue;
    const outer = document.place(['presets', preset.index, 'add']);
    const place = placeWithin(pack.text(PRESETS_FILE) ?? '', outer, problem.place);
    yield findingOf('presets/bad-add', PRESETS_FILE, { name: nameOf(preset), reason: problem.reason }, { place });
  }
}

function problemOf(preset: Preset, add: unknown): Problem | undefined {
  if (add === undefined || add === null) return undefined;
  const parsed = preset.addition();
  if (parsed === undefined) return { reason: `it is ${kindOf(add)}, not a text` };
  if ('problem' in parsed) return { reason: yamlProblemReason(parsed.problem), place: parsed.problem.place };
  const { value } = parsed.document;
  if (value === null || (typeof value === 'object' && !Array.isArray(value))) return undefined;
  return { reason: `it holds ${kindOf(value)}, not a mapping` };
}

/** The place in the file, where what is added is a block that begins at the outer place; the outer place otherwise. */
function placeWithin(text: string, outer: Place, inner: Place | undefined): Place {
  if (inner === undefined) return outer;
  let start = 0;
  for (let line = 1; line < outer.line + inner.line - 1; line += 1)
    start = text.indexOf('\n', start) + 1 || text.length;
  const end = text.indexOf('\n', start);
  const line = text.slice(start, end === -1 ? text.length : end).replace(/\r$/u, '');
  const indent = line.length - inner.source.length;
  if (inner.source === '' || indent < 0 || !line.endsWith(inner.source)) return outer;
  return placeAt(text, start + indent + inner.column - 1, start + indent + inner.endColumn - 1);
}
