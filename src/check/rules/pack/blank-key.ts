import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import { pathKey } from '../../../pack/source-document.ts';
import type { LintPack } from '../../lint-pack.ts';

/** Texts that may as well be left out; for some other annotations of OS packs a blank is a value. */
const OPTIONAL: readonly (readonly string[])[] = [
  ['cloudType'],
  ['addonType'],
  ['addonSubType'],
  ['group'],
  ['eol'],
  ['annotations', 'docsURL'],
  ['annotations', 'description'],
  ['annotations', 'commit_msg'],
];

/** Optional keys that are there and say nothing. */
export function* blankKey({ manifest }: LintPack): Generator<Finding> {
  if (manifest === undefined) return;
  // An addon must have an addonType: that it is blank is said by another rule, and removing it would not help.
  const isAddon = propertyOf(manifest.value, 'layer') === 'addon';
  for (const path of OPTIONAL) {
    if (isAddon && path[0] === 'addonType') continue;
    const value = path.reduce(propertyOf, manifest.value);
    if (typeof value !== 'string' || value.trim() !== '') continue;
    yield findingOf(
      'pack/blank-key',
      MANIFEST_FILE,
      { pointer: pathKey(path) },
      { place: manifest.place(path, 'key') },
    );
  }
}
