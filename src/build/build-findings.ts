import { byPlace } from '../check/by-place.ts';
import { duplicateReleases, type ReleaseLocation } from '../check/check-registry.ts';
import { firstFindings } from '../check/first-findings.ts';
import { isError, relocate, type Finding } from '../model/finding.ts';
import { findingOf } from '../pack/finding-of.ts';
import type { SkippedDirectory } from '../repo/pack-directories.ts';
import type { BuiltDirectory } from './assemble-registry.ts';
import type { Source } from './open-source.ts';

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
    ...firstOfEach(skipped.map(skippedFinding)),
    ...duplicates,
    ...byDirectory.flatMap((item) => item.findings),
  ];
  return { findings: findings.toSorted(byPlace), sound: sound.map(({ pack }) => pack) };
}

/** A hundred thousand links are a line that says so; errors and warnings are counted apart, so that none hides another. */
function firstOfEach(findings: readonly Finding[]): Finding[] {
  const [errors, others] = [findings.filter(isError), findings.filter((finding) => !isError(finding))];
  return [...firstFindings(errors), ...firstFindings(others)];
}

function skippedFinding(skipped: SkippedDirectory): Finding {
  const { kind, path } = skipped;
  switch (kind) {
    case 'nested':
      return findingOf('registry/nested-pack', `${path}/pack.json`, { directory: path, inside: skipped.inside });
    case 'case':
      return findingOf('registry/pack-file-case', `${path}/${skipped.found}`, { found: skipped.found });
    case 'symlink':
    case 'submodule': {
      const what = kind === 'symlink' ? 'a symbolic link' : 'a submodule';
      return findingOf('registry/not-a-directory', path, { path, what }, { severity: 'warning' });
    }
  }
}

function locate({ directory, record: { release } }: BuiltDirectory): ReleaseLocation[] {
  if (release === undefined) return [];
  const { name, version } = release.facts;
  return [{ name, version, directory, place: release.versionPlace }];
}
