import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { yamlProblemReason } from '../../../pack/yaml-problem.ts';
import type { LintPack } from '../../lint-pack.ts';
import { SCHEMA_FILE } from './schema-entries.ts';

/** `schema.yaml` must be YAML, and hold something. */
export function* document(pack: LintPack): Generator<Finding> {
  if (!pack.files.has(SCHEMA_FILE)) return;
  const parsed = pack.yaml(SCHEMA_FILE);
  if (parsed === undefined) yield findingOf('schema/invalid-yaml', SCHEMA_FILE, { reason: 'it is not UTF-8' });
  else if ('problem' in parsed) {
    const { problem } = parsed;
    const reason = yamlProblemReason(problem);
    yield findingOf('schema/invalid-yaml', SCHEMA_FILE, { reason }, { place: problem.place });
  } else if (isEmpty(parsed.document.value)) yield findingOf('schema/empty', SCHEMA_FILE, {});
}

function isEmpty(value: unknown): boolean {
  return value === null || (typeof value === 'object' && Object.keys(value).length === 0);
}
