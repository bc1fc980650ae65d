import type { Finding } from '../../../model/finding.ts';
import { suggest } from '../../../model/suggest.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { MANIFEST_FILE } from '../../../pack/pack.ts';
import { ADDON_TYPES } from '../../addon-types.ts';
import type { LintPack } from '../../lint-pack.ts';

/** Longer texts do not fit the schema. */
const LONGEST = 1000;

const BY_LETTERS: ReadonlyMap<string, string> = new Map(ADDON_TYPES.map((type) => [letters(type), type]));

/** What an addon is for: something must be said, and best in words that catalogs know. */
export function* addonType({ manifest }: LintPack): Generator<Finding> {
  if (manifest === undefined || propertyOf(manifest.value, 'layer') !== 'addon') return;
  const type = propertyOf(manifest.value, 'addonType');
  if (type === undefined) {
    const place = manifest.place(['layer']);
    yield findingOf('pack/no-addon-type', MANIFEST_FILE, { blank: false }, { place });
  }
  if (typeof type !== 'string' || type.length > LONGEST || ADDON_TYPES.includes(type)) return;
  const place = manifest.place(['addonType']);
  if (type.trim() === '') yield findingOf('pack/no-addon-type', MANIFEST_FILE, { blank: true }, { place });
  else {
    const suggestion = BY_LETTERS.get(letters(type)) ?? suggest(type, ADDON_TYPES);
    const args = { addonType: type, ...(suggestion !== undefined && { suggestion }) };
    yield findingOf('pack/addon-type', MANIFEST_FILE, args, { place });
  }
}

/** The form in which `app-services` and `App Services` are one. */
function letters(type: string): string {
  return type.toLowerCase().replaceAll(/[\s_-]/gu, '');
}
