import type { CheckReport, ReportedFinding } from '../check-report.ts';
import { messageOf } from '../messages.ts';
import { oneLine } from '../one-line.ts';
import { groupByPack, titleOf, type PackFindings } from './group-by-pack.ts';
import { plural, summaryOf } from './summary.ts';
import { wellFormed } from './well-formed.ts';

/** GitHub refuses comments of more than 65,536 characters. */
const LONGEST = 60_000;

/** What stays free for the lines at the end. */
const RESERVE = 500;

/** How much of one text is shown, so that one finding cannot use up all the room. */
const LONGEST_CELL = 500;

/** For a comment on a pull request or the summary of a job: a table for each pack, those with errors first. */
export function markdownReport(report: CheckReport): string {
  const head = `### packyard check\n\n${summaryOf(report)}\n`;
  if (report.findings.length === 0) return head;
  const groups = groupByPack(report.findings).toSorted((a, b) => Number(hasError(b)) - Number(hasError(a)));
  const { text, shown } = tables(groups, LONGEST - RESERVE - head.length);
  const hidden = report.findings.length - shown;
  const more =
    hidden === 0 ? [] : [`**${plural(hidden, 'more finding')} left out here:** run packyard check to see all.`];
  const pages = 'Each rule has a page: packyard explain RULE, or docs/rules/RULE.md.';
  return `${[`${head}${text}`, ...more, pages].join('\n\n')}\n`;
}

function hasError({ findings }: PackFindings): boolean {
  return findings.some(({ severity }) => severity === 'error');
}

/** As many rows as there is room for; no row is cut. */
function tables(groups: readonly PackFindings[], room: number): { readonly text: string; readonly shown: number } {
  let text = '';
  let shown = 0;
  for (const group of groups) {
    let heading = `\n#### ${cell(titleOf(group))}\n\n| | Where | What | Rule |\n| --- | --- | --- | --- |`;
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
  return `| ${severity} | ${cell(where)} | ${cell(text)}<br>${cell(hint)} | ${rule} |`;
}

function cell(text: string): string {
  return escapeMarkdown(wellFormed(shorten(oneLine(text.slice(0, LONGEST_CELL + 1)))));
}

function shorten(text: string): string {
  return text.length > LONGEST_CELL ? `${text.slice(0, LONGEST_CELL)}…` : text;
}

/**
 * Text that stays text. Character references end markup; names of people, issues and sites are found in what is shown,
 * so those are broken with a blank of no width.
 */
function escapeMarkdown(text: string): string {
  return text
    .replace(/[#$&*<>[\\\]_`|~]/gu, (character) => `&#${character.charCodeAt(0)};`)
    .replace(/&#35;|@|:(?=\/\/)|(?<=www)(?=\.)|\bGH(?=-\d)/giu, '$&&#8203;');
}
