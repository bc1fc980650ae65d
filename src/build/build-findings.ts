import { byPlace } from '../check/by-place.ts';
import { duplicateReleases, type ReleaseLocation } from '../check/check-registry.ts';
import { isError, relocate, type Finding } from '../model/finding.ts';
import { findingOf } from '../pack/finding-of.ts';
import type { SkippedDirectory } from '../repo/pack-directories.ts';
import type { BuiltDirectory } from './assemble-registry.ts';
import type { Source } from './open-source.ts';
import { skippedFindings } from './skipped-findings.ts';

/** What is wrong with everything that a build read, and which of it can be published. */
export interface BuildFindings {
  /** By file and line. */
  readonly findings: readonly Finding[];
  /** Directories without an error. */
  readonly sound: readonly BuiltDirectory[];
}

export function buildFindings(
  source: Source,
  built: readonly BuiltDirectory[],
  skipped: readonly SkippedDirectory[],
): BuildFindings {
  const byDirectory = built.map((pack) => ({
    pack,
    findings: pack.record.findings.map((finding) => relocate(finding, pack.directory)),
  }));
  const duplicates = duplicateReleases(built.flatMap(locate));
  const duplicated = new Set(duplicates.map(({ file }) => file));
  const sound = byDirectory.filter(
    ({ pack, findings }) => !findings.some(isError) && !duplicated.has(`${pack.directory}/pack.json`),
  );
  const shallow = source.snapshot.repository.shallow
    ? [findingOf('history/shallow', '.git/shallow', {}, { severity: 'warning' })]
    : [];
  const findings = [
    ...source.findings,
    ...shallow,
    ...skippedFindings(skipped),
    ...duplicates,
    ...byDirectory.flatMap((item) => item.findings),
  ];
  return { findings: findings.toSorted(byPlace), sound: sound.map(({ pack }) => pack) };
}

function locate({ directory, record: { release } }: BuiltDirectory): ReleaseLocation[] {
  if (release === undefined) return [];
  const { name, version } = release.facts;
  return [{ name, version, directory, place: () => release.versionPlace }];
}
