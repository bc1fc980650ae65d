import { PRESETS_FILE, presetsOf, type Preset } from '../../../pack/presets.ts';
import type { SourceDocument } from '../../../pack/source-document.ts';
import type { LintPack } from '../../lint-pack.ts';

export interface PresetsDocument extends SourceDocument {
  readonly presets: readonly Preset[];
}

/** `presets.yaml`, if it can be read. */
export function presetsDocument(pack: LintPack): PresetsDocument | undefined {
  const parsed = pack.yaml(PRESETS_FILE);
  if (parsed === undefined || !('document' in parsed)) return undefined;
  return { ...parsed.document, presets: presetsOf(parsed.document.value) };
}

/** What to call a preset, which may have no name. */
export function nameOf({ name, index }: Preset): string {
  return name ?? `number ${index + 1}`;
}
