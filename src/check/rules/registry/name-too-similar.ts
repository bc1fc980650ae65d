import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import type { LintRegistry } from '../../lint-registry.ts';
import { listedReleases } from '../../listed-releases.ts';
import { similarNames } from '../../similar-names.ts';

/** Packs whose name is taken for that of another: a finding in the highest release of the one that has fewer. */
export function* nameTooSimilar(registry: LintRegistry): Generator<Finding> {
  const releases = listedReleases(registry);
  const count = (name: string): number => releases.get(name)?.length ?? 0;
  const told = new Set<string>();
  for (const pair of similarNames(releases.keys())) {
    const [other, name] = pair.toSorted((a, b) => count(b) - count(a) || (a < b ? -1 : 1)) as [string, string];
    const highest = releases.get(name)?.[0];
    if (highest === undefined || told.has(name)) continue;
    told.add(name);
    const place = highest.manifest.place(['name']);
    yield findingOf('registry/name-too-similar', highest.file, { name, other }, { place });
  }
}
