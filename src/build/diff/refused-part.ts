import { isError } from '../../model/finding.ts';
import type { RegistryDiff } from './registry-diff.ts';

/** A comparison with what is refused and what is wrong only. */
export function refusedPart(diff: RegistryDiff): RegistryDiff {
  const releases = diff.releases.filter(({ refusals }) => refusals.length > 0);
  return {
    ...diff,
    releases: releases.map((release) => ({ ...release, findings: release.findings.filter(isError) })),
    statuses: [],
    findings: diff.findings.filter(isError),
  };
}
