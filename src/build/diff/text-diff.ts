import { formatFinding, type Paint } from '../../check/format-finding.ts';
import { oneLine } from '../../check/one-line.ts';
import { shortened } from '../../check/shortened.ts';
import { plural } from '../../check/reporters/summary.ts';
import { growthText, refusalText, releaseWords, sizeText, statusText, summaryOf } from './diff-words.ts';
import type { FormatDiffOptions } from './format-diff.ts';
import { isOver } from './is-over.ts';
import type { RegistryDiff, ReleaseDiff, StatusChange } from './registry-diff.ts';
import { sectionsOf, type Row, type Section } from './sections.ts';

/** For people: what becomes of each release, the findings that are new, and a summary at the end. */
export function textDiff(diff: RegistryDiff, { paint, links }: FormatDiffOptions): string {
  const releases = diff.releases.map((release) => releaseText(release, { paint, links }));
  const statuses =
    diff.statuses.length === 0
      ? []
      : [`${paint('bold', '── Status')}\n\n${diff.statuses.map((status) => statusLine(status, paint)).join('')}`];
  const findings =
    diff.findings.length === 0
      ? []
      : [
          [
            `${paint('bold', '── New findings elsewhere')}\n`,
            ...diff.findings.map((finding) => formatFinding(finding, paint, { links })),
          ].join('\n'),
        ];
  const growth = growthText(diff.growth);
  const size = isOver(diff.growth) ? paint('red', growth) : growth;
  return [...releases, ...statuses, ...findings, `${summaryOf(diff)}\n${size}\n`].join('\n');
}

function releaseText(release: ReleaseDiff, { paint, links }: FormatDiffOptions): string {
  const { name, version, directory, refusals, findings, known } = release;
  const title = `${paint('bold', `── ${safe(`${name}@${version}`)}`)} ${safe(releaseWords(release))}`;
  const size = sizeText(release);
  return [
    `${title}\n`,
    `  ${paint('dim', safe(directory))}${size === undefined ? '' : `  ${size}`}\n`,
    ...refusals.map((refusal) => `  ${paint('red', 'refused')} ${refusalText(refusal)}\n`),
    ...sectionsOf(release).map((section) => sectionText(section, paint)),
    ...(known === 0 ? [] : [`  ${paint('dim', `${plural(known, 'finding')} from before`)}\n`]),
    ...findings.map((finding) => `\n${formatFinding(finding, paint, { links })}`),
  ].join('');
}

function sectionText({ title, summary, rows, more }: Section, paint: Paint): string {
  const lines = rows.map((row) => `    ${rowText(row, paint)}\n`);
  const rest = more === 0 ? [] : [`    ${paint('dim', `… and ${more} more`)}\n`];
  return [`  ${paint('bold', title)} ${summary}\n`, ...lines, ...rest].join('');
}

const STYLES = { '+': 'green', '-': 'red', '~': 'yellow' } as const;

function rowText({ sign, what, before, after }: Row, paint: Paint): string {
  const values = [before, after].flatMap((value) => (value === undefined ? [] : [safe(value)]));
  const shown = values.length === 0 ? '' : `  ${paint('dim', values.join(' → '))}`;
  return `${paint(STYLES[sign], sign)} ${safe(what)}${shown}`;
}

function statusLine({ name, version, before, after }: StatusChange, paint: Paint): string {
  return `  ${paint('bold', safe(`${name}@${version}`))} ${safe(statusText(before))} → ${safe(statusText(after))}\n`;
}

function safe(text: string): string {
  return oneLine(shortened(text));
}
