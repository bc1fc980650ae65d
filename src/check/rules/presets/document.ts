import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { PRESETS_FILE } from '../../../pack/presets.ts';
import { yamlProblemReason } from '../../../pack/yaml-problem.ts';
import type { LintPack } from '../../lint-pack.ts';

/** `presets.yaml` must be YAML, and hold at least one preset. */
export function* document(pack: LintPack): Generator<Finding> {
  if (!pack.files.has(PRESETS_FILE)) return;
  const parsed = pack.yaml(PRESETS_FILE);
  if (parsed === undefined) yield findingOf('presets/invalid-yaml', PRESETS_FILE, { reason: 'it is not UTF-8' });
  else if ('problem' in parsed) {
    const { problem } = parsed;
    const reason = yamlProblemReason(problem);
    yield findingOf('presets/invalid-yaml', PRESETS_FILE, { reason }, { place: problem.place });
  } else if (isEmpty(parsed.document.value) || isEmpty(propertyOf(parsed.document.value, 'presets')))
    yield findingOf('presets/empty', PRESETS_FILE, {});
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
