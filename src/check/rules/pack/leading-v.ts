import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import type { LintPack } from '../../lint-pack.ts';

/** A `v` in front of a number; other versions that begin with one are left to the schema. */
export function* leadingV({ manifest }: LintPack): Generator<Finding> {
  const version = propertyOf(manifest?.value, 'version');
  if (manifest === undefined || typeof version !== 'string' || !/^[vV]\d/u.test(version)) return;
  yield findingOf('pack/leading-v', MANIFEST_FILE, { version }, { place: manifest.place(['version']) });
}
