import { applyBaseline, formatBaseline, parseBaseline, type Baseline } from '../../check/baseline.ts';
import { applyLevels } from '../../check/levels.ts';
import type { CheckConfig } from '../../model/check-config.ts';
import { isError, relocate, type Finding } from '../../model/finding.ts';
import type { Snapshot } from '../../repo/snapshot.ts';
import type { Cache } from '../cache.ts';
import { lintPacks } from '../lint-packs.ts';
import type { ReleaseRecords } from '../release-records.ts';

/** What is found in a directory now, and was not before. */
export interface NewFindings {
  readonly findings: readonly Finding[];
  /** How many were there before, or are put up with. */
  readonly known: number;
}

/** What decides which findings are told. */
export interface FindingFilter {
  readonly config: CheckConfig;
  /** Of the repository. */
  readonly baseline: Baseline;
}

/** A pack's tree, and those whose findings are known; all lie, for that, in one directory. */
export interface TreesToCompare {
  readonly directory: string;
  readonly tree: string;
  readonly known: readonly string[];
}

/** Finds what is wrong with a tree and with none of the known ones. */
export async function newFindings(
  snapshot: Snapshot,
  { cache, records }: { readonly cache: Cache; readonly records: ReleaseRecords },
  { directory, tree, known }: TreesToCompare,
  filter: FindingFilter,
): Promise<NewFindings> {
  const found = async (each: string): Promise<Finding[]> => {
    const [linted] = await lintPacks(snapshot, [{ directory, tree: each }], { cache });
    const findings = linted?.findings ?? [];
    // A build looks at logos as well.
    const { record } = await records.of(each);
    const seen = new Set(findings.map(identity));
    const more = record.findings.filter(isError).map((finding) => relocate(finding, directory));
    return [...findings, ...more.filter((finding) => !seen.has(identity(finding)))];
  };
  const before: Finding[][] = [];
  for (const each of known) before.push(await found(each));
  return withoutKnown(await found(tree), before, filter);
}

/** Findings at their levels, less those that were found before and those that the repository puts up with. */
export function withoutKnown(
  found: readonly Finding[],
  before: readonly (readonly Finding[])[],
  { config, baseline }: FindingFilter,
): NewFindings {
  const entries = before.flatMap((findings) => parseBaseline(formatBaseline(findings)).findings);
  const unknown = applyBaseline(found, { findings: entries }, { complete: false }).findings;
  const { findings } = applyBaseline(applyLevels(unknown, config), baseline, { complete: false });
  return { findings, known: applyLevels(found, config).length - findings.length };
}

function identity({ rule, file, args }: Finding): string {
  return JSON.stringify([rule, file, args]);
}
