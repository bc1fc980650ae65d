import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import type { LintRegistry } from '../../lint-registry.ts';
import { listedReleases, type ListedRelease } from '../../listed-releases.ts';

/** Packs that people cannot tell apart by what they see: a finding in the highest release of each. */
export function* displayNameShared(registry: LintRegistry): Generator<Finding> {
  const byDisplayName = new Map<string, ListedRelease[]>();
  for (const [highest] of listedReleases(registry).values()) {
    if (highest.displayName === undefined) continue;
    const seen = highest.displayName.trim().toLowerCase();
    const alike = byDisplayName.get(seen);
    if (alike === undefined) byDisplayName.set(seen, [highest]);
    else alike.push(highest);
  }
  for (const releases of byDisplayName.values()) {
    const [first, second] = releases;
    for (const release of releases) {
      const other = release === first ? second : first;
      if (other === undefined) continue;
      const args = { displayName: release.displayName ?? '', other: other.name };
      const place = release.manifest.place(['displayName']);
      yield findingOf('registry/display-name-shared', release.file, args, { place });
    }
  }
}
