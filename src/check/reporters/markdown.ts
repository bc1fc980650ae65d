import type { CheckReport, ReportedFinding } from '../check-report.ts';
import { messageOf } from '../messages.ts';
import { groupByPack, titleOf, type PackFindings } from './group-by-pack.ts';
import { detailBlocks } from './markdown-details.ts';
import { summaryOf } from './summary.ts';
import { markdownText } from './markdown-text.ts';

/** GitHub refuses comments of more than 65,536 characters. */
const LONGEST = 60_000;

/** What stays free for the lines at the end. */
const RESERVE = 500;

/** For a comment on a pull request or the summary of a job: a table for each pack, those with errors first. */
export function markdownReport(report: CheckReport): string {
  const head = `### packyard check\n\n${summaryOf(report)}\n`;
  if (report.findings.length === 0) return head;
  const groups = groupByPack(report.findings).toSorted((a, b) => Number(hasError(b)) - Number(hasError(a)));
  const room = LONGEST - RESERVE - head.length;
  const { text, shown } = tables(groups, room);
  const details = detailBlocks(groups.flatMap(({ findings }) => findings).slice(0, shown), room - text.length);
  const more = [
    ...leftOut(report.findings.length - shown, 'more finding'),
    ...leftOut(details.hidden, 'list of changes', 'lists of changes'),
  ];
  const pages = 'Each rule has a page: packyard explain RULE, or docs/rules/RULE.md.';
  return `${[`${head}${text}`, ...details.blocks, ...more, pages].join('\n\n')}\n`;
}

function leftOut(count: number, one: string, several: string = `${one}s`): string[] {
  return count === 0
    ? []
    : [`**${count} ${count === 1 ? one : several} left out here:** run packyard check to see all.`];
}

function hasError({ findings }: PackFindings): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** As many rows as there is room for; no row is cut. */
function tables(groups: readonly PackFindings[], room: number): { readonly text: string; readonly shown: number } {
  let text = '';
  let shown = 0;
  for (const group of groups) {
    let heading = `\n#### ${markdownText(titleOf(group))}\n\n| | Where | What | Rule |\n| --- | --- | --- | --- |`;
    for (const finding of group.findings) {
      const addition = `${heading}\n${row(finding)}`;
      if (text.length + addition.length > room) return { text, shown };
      text += addition;
      shown += 1;
      heading = '';
    }
    text += '\n';
  }
  return { text: text.trimEnd(), shown };
}

function row(finding: ReportedFinding): string {
  const { rule, severity, file, place, directory } = finding;
  const inside = directory !== undefined && directory !== '' && file.startsWith(`${directory}/`);
  const path = inside ? file.slice(directory.length + 1) : file;
  const where = place === undefined ? path : `${path}:${place.line}:${place.column}`;
  const { text, hint } = messageOf(finding);
  return `| ${severity} | ${markdownText(where)} | ${markdownText(text)}<br>${markdownText(hint)} | ${rule} |`;
}
