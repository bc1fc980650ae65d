import { distance } from 'fastest-levenshtein';

import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { nameFilter } from '../../../pack/name-glob.ts';
import { listedDependencies } from '../../dependencies.ts';
import type { LintRegistry } from '../../lint-registry.ts';
import { manifestFile } from '../../listed-releases.ts';

/** Names of other products are often three letters apart: `operators` and `collectors`. */
const MOST_STEPS = 2;
const MOST_SUGGESTIONS = 10;

/** Packs that a pack requires and that are neither in the repository nor said to be in another registry. */
export function* unknownDependency({ packs, external }: LintRegistry): Generator<Finding> {
  const names = new Set(packs.map(({ manifest }) => propertyOf(manifest.value, 'name')));
  const isExternal = nameFilter(external);
  const known = new Map<string, boolean>();
  const suggestions = new Map<string, string | undefined>();
  for (const { directory, manifest } of packs) {
    for (const { packName, value, path } of listedDependencies(manifest.value)) {
      if (propertyOf(value, 'type') !== 'required' || names.has(packName)) continue;
      if (!known.has(packName)) known.set(packName, isExternal(packName));
      if (known.get(packName) === true) continue;
      // Each suggestion compares with every name: a thousand missing packs would take minutes.
      if (!suggestions.has(packName) && suggestions.size < MOST_SUGGESTIONS)
        suggestions.set(packName, nearest(packName, names));
      const suggestion = suggestions.get(packName);
      const args = { packName, ...(suggestion !== undefined && { suggestion }) };
      const place = manifest.place([...path, 'packName']);
      yield findingOf('constraint/unknown-dependency', manifestFile(directory), args, { place });
    }
  }
}

function nearest(name: string, names: ReadonlySet<unknown>): string | undefined {
  const isNear = (other: unknown): other is string =>
    typeof other === 'string' &&
    Math.abs(other.length - name.length) <= MOST_STEPS &&
    distance(other, name) <= MOST_STEPS;
  return [...names].filter(isNear).toSorted((a, b) => distance(a, name) - distance(b, name))[0];
}
