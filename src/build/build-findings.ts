import { byPlace } from '../check/by-place.ts';
import { duplicateReleases, twinReleases } from '../check/check-registry.ts';
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

export async function buildFindings(
  source: Source,
  built: readonly BuiltDirectory[],
  skipped: readonly SkippedDirectory[],
): Promise<BuildFindings> {
  const byDirectory = built.map((pack) => ({
    pack,
    findings: pack.record.findings.map((finding) => relocate(finding, pack.directory)),
  }));
  const duplicated = await duplicatesOf(source, built);
  const twins = new Set(duplicated.map(({ file }) => file));
  const sound = byDirectory.filter(
    ({ pack, findings }) => !findings.some(isError) && !twins.has(`${pack.directory}/pack.json`),
  );
  const shallow = source.snapshot.repository.shallow
    ? [findingOf('history/shallow', '.git/shallow', {}, { severity: 'warning' })]
    : [];
  const findings = [
    ...source.findings,
    ...shallow,
    ...skippedFindings(skipped),
    ...duplicated,
    ...byDirectory.flatMap((item) => item.findings),
  ];
  return { findings: findings.toSorted(byPlace), sound: sound.map(({ pack }) => pack) };
}

/** Only of duplicates is it asked where `pack.json` states the version: finding places takes long. */
async function duplicatesOf({ snapshot }: Source, built: readonly BuiltDirectory[]): Promise<Finding[]> {
  const releases = built.flatMap(({ directory, tree, record: { release } }) => {
    if (release === undefined) return [];
    const { name, version } = release.facts;
    return [{ name, version, directory, tree }];
  });
  const twins = twinReleases(releases).flat();
  if (twins.length === 0) return [];
  const { packLister, placedReleases } = await import('./listed-packs.ts');
  return duplicateReleases(placedReleases(await packLister(snapshot)(twins)));
}
