import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import type { LintRegistry } from '../../lint-registry.ts';
import { listedReleases } from '../../listed-releases.ts';

/** Releases that people see under another name than the highest version of the same pack. */
export function* displayNameDrift(registry: LintRegistry): Generator<Finding> {
  for (const [highest, ...others] of listedReleases(registry).values()) {
    const { displayName: current, version } = highest;
    if (current === undefined) continue;
    for (const { displayName, file, manifest } of others) {
      if (displayName === undefined || displayName === current) continue;
      const args = { displayName, current, version };
      yield findingOf('registry/display-name-drift', file, args, { place: manifest.place(['displayName']) });
    }
  }
}
