import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { PRESETS_FILE } from '../../../pack/presets.ts';
import type { LintPack } from '../../lint-pack.ts';
import { presetsDocument } from './presets-document.ts';

/** A name belongs to one preset of a pack. */
export function* duplicateName(pack: LintPack): Generator<Finding> {
  const document = presetsDocument(pack);
  if (document === undefined) return;
  const first = new Map<string, number>();
  for (const { name, index } of document.presets) {
    if (name === undefined) continue;
    const other = first.get(name);
    if (other === undefined) first.set(name, index);
    else {
      const firstLine = document.place(['presets', other, 'name']).line;
      const place = document.place(['presets', index, 'name']);
      yield findingOf('presets/duplicate-name', PRESETS_FILE, { name, firstLine }, { place });
    }
  }
}
