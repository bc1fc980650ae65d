import type { CheckReport, ReportedFinding } from '../check-report.ts';
import { messageOf } from '../messages.ts';
import { pageUrl } from '../rule-page.ts';
import { countsOf } from './counts.ts';
import { jsonText } from './json-text.ts';

/** For programs: one object with everything, names exactly as they are in the packs. */
export function jsonReport(report: CheckReport): string {
  return jsonText({
    format: 'packyard-findings/1',
    findings: report.findings.map(findingDocument),
    counts: countsOf(report),
    stale: report.stale.map(({ rule, file }) => ({ rule, file })),
  });
}

export function findingDocument(finding: ReportedFinding): Record<string, unknown> {
  const { rule, severity, pack, directory, file, place, fix, args, detail } = finding;
  const { text, hint } = messageOf(finding);
  return {
    rule,
    severity,
    pack,
    directory,
    file,
    line: place?.line,
    column: place?.column,
    endColumn: place?.endColumn,
    message: text,
    hint,
    page: pageUrl(rule),
    fix,
    args,
    detail,
  };
}
