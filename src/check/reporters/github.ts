import type { Severity } from '../../model/finding.ts';
import type { CheckReport, ReportedFinding } from '../check-report.ts';
import { messageOf } from '../messages.ts';
import { oneLine } from '../one-line.ts';
import { plural, summaryOf } from './summary.ts';

const COMMANDS: Readonly<Record<Severity, string>> = { error: 'error', warning: 'warning', hint: 'notice' };
const SEVERITIES: readonly Severity[] = ['error', 'warning', 'hint'];

/** GitHub shows no more annotations of a kind than this for a step. */
const SHOWN = 10;

/** For GitHub Actions: annotations, errors first; findings that would not be shown stand in the log. */
export function githubReport(report: CheckReport): string {
  const bySeverity = SEVERITIES.map((severity) => report.findings.filter((finding) => finding.severity === severity));
  const annotated = bySeverity.flatMap((findings) => findings.slice(0, SHOWN));
  const others = bySeverity.flatMap((findings) => findings.slice(SHOWN));
  const group =
    others.length === 0
      ? []
      : [`::group::${plural(others.length, 'more finding')}`, ...others.map(logLine), '::endgroup::'];
  return `${[...annotated.map(annotation), ...group, summaryOf(report)].join('\n')}\n`;
}

function annotation(finding: ReportedFinding): string {
  const { rule, severity, file, place } = finding;
  const { text, hint } = messageOf(finding);
  const properties = [
    ...(file === '' ? [] : [`file=${escapeProperty(oneLine(file))}`]),
    ...(place === undefined
      ? []
      : [`line=${place.line}`, `endLine=${place.line}`, `col=${place.column}`, `endColumn=${place.endColumn}`]),
    `title=${escapeProperty(rule)}`,
  ];
  return `::${COMMANDS[severity]} ${properties.join(',')}::${escapeData(`${oneLine(text)}\n${oneLine(hint)}`)}`;
}

function logLine(finding: ReportedFinding): string {
  const { rule, severity, file, place } = finding;
  const where = place === undefined ? file : `${file}:${place.line}:${place.column}`;
  return `${severity} ${oneLine(where)} ${oneLine(messageOf(finding).text)} (${rule})`;
}

/** As GitHub's own toolkit escapes the text of a command. */
function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
