import { findingDocument } from '../../check/reporters/json.ts';
import { jsonText } from '../../check/reporters/json-text.ts';
import type { RegistryDiff } from './registry-diff.ts';

/** For programs: everything, with names exactly as they are in the packs, and findings with their words. */
export function jsonDiff(diff: RegistryDiff): string {
  return jsonText({
    format: 'packyard-diff/1',
    ...diff,
    releases: diff.releases.map((release) => ({ ...release, findings: release.findings.map(findingDocument) })),
    findings: diff.findings.map(findingDocument),
  });
}
