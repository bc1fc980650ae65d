import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { VALUES_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';

const PLACES = [['namespace'], ['pack', 'content', 'namespace'], ['charts', 'namespace'], ['manifests', 'namespace']];

/** Only `pack.namespace` is read. */
export function* misplacedNamespace({ values }: LintPack): Generator<Finding> {
  if (values === undefined) return;
  const given = propertyOf(propertyOf(values.value, 'pack'), 'namespace') !== undefined;
  for (const path of PLACES) {
    const value = path.reduce<unknown>(propertyOf, values.value);
    if (typeof value !== 'string') continue;
    const place = values.place(path, 'key');
    yield findingOf('values/misplaced-namespace', VALUES_FILE, { path: path.join('.'), given }, { place });
  }
}
