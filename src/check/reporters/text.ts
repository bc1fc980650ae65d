import type { CheckReport } from '../check-report.ts';
import { formatFinding, type Paint } from '../format-finding.ts';
import { oneLine } from '../one-line.ts';
import { groupByPack, titleOf } from './group-by-pack.ts';
import { summaryOf } from './summary.ts';

export interface TextOptions {
  readonly paint: Paint;
  /** Whether the terminal can show links. */
  readonly links: boolean;
}

/** For people: findings under the directory of their pack, each with its source line, and a count at the end. */
export function textReport(report: CheckReport, { paint, links }: TextOptions): string {
  const groups = groupByPack(report.findings).map((group) => {
    const title = paint('bold', `── ${oneLine(titleOf(group))}`);
    const findings = group.findings.map((finding) => formatFinding(finding, paint, { links }));
    return [`${title}\n`, ...findings].join('\n');
  });
  const stale = report.stale.map(({ rule, file }) => `${oneLine(file)} ${paint('dim', oneLine(rule))}\n`);
  const gone = stale.length === 0 ? [] : [`${paint('bold', '── In the baseline, but not found')}\n\n${stale.join('')}`];
  return [...groups, ...gone, `${summaryOf(report)}\n`].join('\n');
}
