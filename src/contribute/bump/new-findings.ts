import { isAbsolute } from 'node:path';

import { applyLevels } from '../../check/levels.ts';
import type { LintPack } from '../../check/lint-pack.ts';
import { openFindings } from '../../check/open-findings.ts';
import type { CheckConfig } from '../../model/check-config.ts';
import { relocate, type Finding } from '../../model/finding.ts';
import type { SwappedChart } from './bump-plan.ts';

interface Where {
  readonly config: CheckConfig;
  /** Of the new version, from the root. */
  readonly directory: string;
  readonly charts: readonly SwappedChart[];
}

/** What is wrong with the new version of a pack, as far as it was not with the old one as well. */
export async function newFindings(before: LintPack, after: LintPack, where: Where): Promise<Finding[]> {
  const [old, next] = [await openFindings(before), await openFindings(after)];
  const counts = new Map<string, number>();
  for (const finding of old.findings) {
    const key = keyOf(finding, where.charts);
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  const found = next.findings.filter((finding) => {
    const key = keyOf(finding, where.charts);
    const left = counts.get(key) ?? 0;
    counts.set(key, left - 1);
    return left <= 0;
  });
  const { directory } = where;
  return applyLevels(
    found.map((finding) => (isAbsolute(directory) ? finding : relocate(finding, directory))),
    where.config,
  );
}

/** Lines move, and so do names with versions in them: the same rule for the same file is the same to say. */
function keyOf({ rule, file }: Finding, charts: readonly SwappedChart[]): string {
  return JSON.stringify([rule, charts.find(({ after }) => after.path === file)?.before.path ?? file]);
}
