import { applyBaseline } from '../check/baseline.ts';
import { isError, type Finding } from '../model/finding.ts';
import type { Source } from './open-source.ts';
import { readBaseline } from './read-baseline.ts';
import type { ReadPacks } from './read-packs.ts';

/** What is wrong with packs, where the baseline knows that some cannot be published. */
export interface KnownErrors {
  /** Errors that the baseline knows are warnings. */
  readonly findings: readonly Finding[];
  /** Directories that are left out of the registry and fail nothing. Ordered by path. */
  readonly leftOut: readonly string[];
}

/**
 * A pack that is known to be broken is left out, and the build goes on: what the baseline knows fails neither a check nor
 * a build. Where no pack is sound all errors stay. Rejects with `baseline-invalid`.
 */
export async function knownErrors(
  { snapshot, config }: Source,
  { findings, directories, sound, refused }: ReadPacks,
  workTree: boolean,
): Promise<KnownErrors> {
  const errors = findings.filter(isError);
  if (errors.length === 0 || sound.length === 0) return { findings, leftOut: [] };
  const { baseline } = await readBaseline({
    snapshot,
    workTree: workTree && !snapshot.repository.bare,
    configured: config.check.baseline,
    named: undefined,
    replaced: false,
  });
  const unknown = new Set(applyBaseline(errors, baseline, { complete: false }).findings);
  const inOrder = directories.map(({ directory }) => directory).filter((directory) => refused.has(directory));
  return {
    findings: findings.map((each) => (isError(each) && !unknown.has(each) ? { ...each, severity: 'warning' } : each)),
    leftOut: inOrder.filter((directory) => ![...unknown].some(({ file }) => file.startsWith(`${directory}/`))),
  };
}
