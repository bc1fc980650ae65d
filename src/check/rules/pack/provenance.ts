import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { isMapping, propertyOf } from '../../../model/json-value.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';

const ANNOTATIONS = [
  { key: 'source', rule: 'pack/no-source' },
  { key: 'contributor', rule: 'pack/no-contributor' },
] as const;

/** Annotations that say where a pack comes from; what is no string is left to the schema. */
export function* provenance({ manifest }: LintPack): Generator<Finding> {
  if (manifest === undefined || !isMapping(manifest.value)) return;
  const annotations = propertyOf(manifest.value, 'annotations') ?? {};
  if (!isMapping(annotations)) return;
  for (const { key, rule } of ANNOTATIONS) {
    const value = propertyOf(annotations, key);
    const blank = typeof value === 'string' && value.trim() === '';
    if (value !== undefined && !blank) continue;
    const place = blank ? manifest.place(['annotations', key]) : manifest.place(['annotations'], 'key');
    yield findingOf(rule, MANIFEST_FILE, { blank }, { place });
  }
}
