import type { ReportedFinding } from '../../check/check-report.ts';
import { messageOf } from '../../check/messages.ts';
import { markdownText } from '../../check/reporters/markdown-text.ts';
import { plural } from '../../check/reporters/summary.ts';
import { shortened } from '../../check/shortened.ts';
import { growthText, refusalText, releaseWords, sizeText, statusText, summaryOf } from './diff-words.ts';
import { isOver } from './is-over.ts';
import type { RegistryDiff, ReleaseDiff, StatusChange } from './registry-diff.ts';
import { sectionsOf, type Section } from './sections.ts';

/** GitHub refuses comments of more than 65,536 characters. */
const LONGEST = 60_000;

/** What stays free for the lines at the end, and what tables before the details may take. */
const ROOM = { end: 1000, statuses: 6000, findings: 10_000, releases: 20_000 };

/** For a comment on a pull request: what becomes of each release in a line, and details that can be opened. */
export function markdownDiff(diff: RegistryDiff): string {
  const releases = inOrder(diff.releases);
  const tables = [
    table(RELEASES, releases.map(releaseRow), ROOM.releases, 'more release'),
    table(STATUSES, diff.statuses.map(statusRow), ROOM.statuses, 'more change of status', 'more changes of status'),
    table(
      FINDINGS,
      diff.findings.map((finding) => findingRow(finding)),
      ROOM.findings,
      'more new finding',
    ),
  ];
  const blocks = ['### packyard diff', summaryOf(diff), growth(diff), ...tables.flatMap(({ blocks: own }) => own)];
  const details = detailBlocks(releases, LONGEST - ROOM.end - length(blocks));
  const left = [
    ...tables.flatMap(({ left: own }) => own),
    ...leftOut(details.hidden, 'block of details', 'blocks of details'),
  ];
  return `${[...blocks, ...details.blocks, ...left].join('\n\n')}\n`;
}

function growth({ growth: found }: RegistryDiff): string {
  return isOver(found) ? `**${growthText(found)}**` : growthText(found);
}

/** Those that are refused come first. */
function inOrder(releases: readonly ReleaseDiff[]): ReleaseDiff[] {
  return releases.toSorted((a, b) => Number(b.refusals.length > 0) - Number(a.refusals.length > 0));
}

function leftOut(count: number, one: string, several: string = `${one}s`): string[] {
  if (count === 0) return [];
  return [`**${count} ${count === 1 ? one : several} left out here:** run packyard diff to see all.`];
}

const RELEASES = '| Release | | Archive | What differs |\n| --- | --- | --- | --- |';
const STATUSES = '| Release | Status before | Status after |\n| --- | --- | --- |';
const FINDINGS = '| | Where | What | Rule |\n| --- | --- | --- | --- |';
const CHANGES = '| | | Before | After |\n| --- | --- | --- | --- |';

function releaseRow(release: ReleaseDiff): string {
  const { refusals, findings } = release;
  const refused = refusals.map((refusal) => `**refused:** ${refusalText(refusal)}`);
  const parts = sectionsOf(release).map(({ title, summary }) => `${title.toLowerCase()}: ${summary}`);
  const news = findings.length === 0 ? [] : [plural(findings.length, 'new finding')];
  const what = [...refused, ...parts, ...news].join('<br>');
  return `| ${nameOf(release)} | ${cell(releaseWords(release))} | ${sizeText(release) ?? ''} | ${what} |`;
}

function statusRow({ name, version, before, after }: StatusChange): string {
  return `| ${nameOf({ name, version })} | ${cell(statusText(before))} | ${cell(statusText(after))} |`;
}

function findingRow(finding: ReportedFinding, directory?: string): string {
  const { rule, severity, file, place } = finding;
  const path = directory !== undefined && file.startsWith(`${directory}/`) ? file.slice(directory.length + 1) : file;
  const where = place === undefined ? path : `${path}:${place.line}:${place.column}`;
  const { text, hint } = messageOf(finding);
  return `| ${severity} | ${markdownText(where)} | ${markdownText(text)}<br>${markdownText(hint)} | ${rule} |`;
}

interface Table {
  /** None where there are no rows. */
  readonly blocks: readonly string[];
  readonly left: readonly string[];
}

/** As many rows as there is room for; no row is cut. */
function table(head: string, rows: readonly string[], room: number, one: string, several?: string): Table {
  let text = '';
  let shown = 0;
  for (const row of rows) {
    const addition = `${shown === 0 ? head : ''}\n${row}`;
    if (text.length + addition.length > room) break;
    text += addition;
    shown += 1;
  }
  return { blocks: text === '' ? [] : [text], left: leftOut(rows.length - shown, one, several) };
}

/** As many blocks as there is room for; none is cut. */
function detailBlocks(
  releases: readonly ReleaseDiff[],
  room: number,
): { readonly blocks: readonly string[]; readonly hidden: number } {
  const blocks: string[] = [];
  let hidden = 0;
  let left = room;
  for (const release of releases) {
    const block = left > 0 ? detailBlock(release) : undefined;
    if (block === '') continue;
    if (block === undefined || block.length + 2 > left) {
      hidden += 1;
      continue;
    }
    blocks.push(block);
    left -= block.length + 2;
  }
  return { blocks, hidden };
}

/** Nothing for a release of which the line in the table says all. */
function detailBlock(release: ReleaseDiff): string {
  const { directory, findings, known } = release;
  const sections = sectionsOf(release).map(sectionText);
  const news =
    findings.length === 0
      ? []
      : [`**New findings**\n\n${FINDINGS}\n${findings.map((finding) => findingRow(finding, directory)).join('\n')}`];
  const body = [...news, ...sections];
  if (body.length === 0) return '';
  const before = known === 0 ? [] : [`${plural(known, 'finding')} from before.`];
  const summary = `<details><summary>${nameOf(release)}</summary>`;
  return [summary, `In ${cell(directory)}`, ...body, ...before, '</details>'].join('\n\n');
}

function sectionText({ title, summary, rows, more }: Section): string {
  const lines = rows.map(
    ({ sign, what, before = '', after = '' }) =>
      `| ${SIGNS[sign]} | ${cell(what)} | ${cell(before)} | ${cell(after)} |`,
  );
  const rest = more === 0 ? '' : `\n\n… and ${more} more`;
  return `**${title}** ${summary}\n\n${CHANGES}\n${lines.join('\n')}${rest}`;
}

const SIGNS = { '+': 'added', '-': 'removed', '~': 'changed' } as const;

function nameOf({ name, version }: { readonly name: string; readonly version: string }): string {
  return cell(`${name}@${version}`);
}

function cell(text: string): string {
  return markdownText(shortened(text));
}

function length(blocks: readonly string[]): number {
  return blocks.reduce((sum, block) => sum + block.length + 2, 0);
}
