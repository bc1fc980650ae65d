import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { PRESETS_FILE, presetAdditions } from '../../../pack/presets.ts';
import { lookUpPathIn } from '../../../pack/values-path.ts';
import type { LintPack } from '../../lint-pack.ts';
import { nameOf, presetsDocument } from './presets-document.ts';

const MOST_STEPS = 2_000_000;

/** What a preset removes must be in `values.yaml`, or come from another preset. */
export function* unknownRemove(pack: LintPack): Generator<Finding> {
  const document = presetsDocument(pack);
  if (document === undefined || pack.values === undefined) return;
  const roots = [pack.values.value, ...presetAdditions(document.presets)];
  const budget = { steps: MOST_STEPS };
  for (const preset of document.presets) {
    for (const [index, path] of preset.remove.entries()) {
      if (path === '') continue;
      const lookup = lookUpPathIn(roots, path, budget);
      if (lookup.found) continue;
      const place = document.place(['presets', preset.index, 'remove', index]);
      const args = { name: nameOf(preset), path, deepest: lookup.deepest };
      yield findingOf('presets/unknown-remove', PRESETS_FILE, args, { place });
    }
  }
}
