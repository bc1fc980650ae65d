import { duplicateReleases, twinReleases } from '../check/check-registry.ts';
import type { Finding } from '../model/finding.ts';
import type { FindingArgs } from '../model/rules.ts';
import { findingOf } from '../pack/finding-of.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';
import type { SkippedDirectory } from '../repo/pack-directories.ts';
import type { Candidate } from './candidates.ts';
import type { Source } from './open-source.ts';
import { skippedFindings } from './skipped-findings.ts';

/** Which directories can be published, and what is wrong with the others. */
export interface SoundPacks {
  readonly sound: readonly Candidate[];
  /** Of directories with errors, of releases in several directories, and of what is no pack. */
  readonly findings: readonly Finding[];
}

export async function soundPacks(
  source: Source,
  candidates: readonly Candidate[],
  skipped: readonly SkippedDirectory[],
): Promise<SoundPacks> {
  const duplicated = await duplicatesOf(source, candidates);
  const twins = new Set(duplicated.map(({ file }) => file));
  const refused = candidates.filter(({ identity }) => identity === undefined);
  const isSound = ({ identity, directory }: Candidate): boolean =>
    identity !== undefined && !twins.has(`${directory}/${MANIFEST_FILE}`);
  const shallow = source.snapshot.repository.shallow
    ? [findingOf('history/shallow', '.git/shallow', shallowArgs(source), { severity: 'warning' })]
    : [];
  return {
    sound: candidates.filter(isSound),
    findings: [
      ...source.findings,
      ...shallow,
      ...skippedFindings(skipped),
      ...duplicated,
      ...refused.flatMap(({ findings }) => findings),
    ],
  };
}

function shallowArgs({ config: { history } }: Source): FindingArgs['history/shallow'] {
  return history === 'all' ? { history } : {};
}

/** Only of duplicates is it asked where `pack.json` states the version: finding places takes long. */
async function duplicatesOf({ snapshot }: Source, candidates: readonly Candidate[]): Promise<Finding[]> {
  const releases = candidates.flatMap(({ directory, tree, identity }) =>
    identity === undefined ? [] : [{ ...identity, directory, tree }],
  );
  const twins = twinReleases(releases).flat();
  if (twins.length === 0) return [];
  const { packLister, placedReleases } = await import('./listed-packs.ts');
  return duplicateReleases(placedReleases(await packLister(snapshot)(twins)));
}
