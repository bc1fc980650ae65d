import { relative } from 'node:path';

import type { BuildResult } from '../build/build.ts';
import type { BuildPlan } from '../build/plan.ts';
import type { BuildReport } from '../build/report.ts';
import { tagChangeText } from '../build/tag-changes.ts';
import type { Paint } from '../check/format-finding.ts';
import { escapeControl } from '../model/escape-control.ts';
import type { Finding } from '../model/finding.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { findingDocument } from './finding-document.ts';

/** The result of `packyard build --json`. */
export function buildDocument({ ok, written, findings, plan, report }: BuildResult): unknown {
  return {
    format: 'packyard-build/1',
    ok,
    written,
    findings: findings.map(findingDocument),
    ...(plan !== undefined && { plan: planDocument(plan) }),
    report,
  };
}

function planDocument({ out, write, keep, remove, tags }: BuildPlan): unknown {
  return {
    out,
    write: write.map(({ entry: { path, size, sha256, mediaType, cache }, reason }) => ({
      path,
      reason,
      size,
      sha256,
      mediaType,
      cache,
    })),
    keep: keep.files,
    remove,
    tags,
  };
}

/** The plan for people: a line for each file that would be written or removed. */
export function formatPlan({ write, keep, remove, tags }: BuildPlan): string {
  const lines = [
    ...write.map(
      ({ entry, reason }) => `${reason === 'new' ? '+' : '~'} ${escapeControl(entry.path)}  ${formatBytes(entry.size)}`,
    ),
    ...remove.map((path) => `- ${escapeControl(path)}`),
    ...tags.map((change) => `! ${escapeControl(tagChangeText(change))}`),
    `${write.length} to write, ${remove.length} to remove, ${keep.files} unchanged`,
  ];
  return `${lines.join('\n')}\n`;
}

/** How many findings there are of each severity, in words. */
export function countFindings(findings: readonly Finding[]): string {
  const count = (severity: Finding['severity'], word: string): string[] => {
    const number = findings.filter((finding) => finding.severity === severity).length;
    return number === 0 ? [] : [plural(number, word)];
  };
  return [...count('error', 'error'), ...count('warning', 'warning'), ...count('hint', 'hint')].join(', ');
}

/** The summary at the end of a build. */
export function formatSummary(result: BuildResult, paint: Paint): string {
  const { report, findings, written, plan } = result;
  const problems = findings.length === 0 ? [] : [`${countFindings(findings)}.`];
  if (plan === undefined) return `${[...problems, nothingWritten(report)].join(' ')}\n`;
  const lines = [
    ...problems,
    releasesLine(report),
    ...namedLine('Removed', report.removedReleases),
    ...namedLine('Superseded', report.superseded),
    ...namedLine('Made anew by a newer recipe, with their published archives', report.renewed),
    ...namedLine('Left out, since the baseline knows that they have errors', report.leftOut),
    ...plan.tags.map((change) => `Tag ${escapeControl(tagChangeText(change))}`),
    ...previousLine(report),
    filesLine(report, written),
  ];
  if (written) {
    const folder = escapeControl(relative('.', report.out) || '.');
    const commit = `commit ${report.commit.slice(0, 12)}${report.dirty ? ', with uncommitted changes' : ''}`;
    lines.push(
      `${paint('bold', 'Registry')} ${folder} (${commit})`,
      paint(
        'dim',
        `Clients start at ${folder}/index.json. Any static server shows it, such as: npx http-server ${folder}`,
      ),
    );
  }
  return `${lines.join('\n')}\n`;
}

function nothingWritten({ directories, releases: { refused } }: BuildReport): string {
  const others = directories - refused;
  const hint = others === 0 ? '' : ` With --keep-going the other ${others === 1 ? 'one is' : `${others} are`} built.`;
  return `Nothing was written: ${plural(refused, 'pack')} refused.${hint}`;
}

function releasesLine({ packs, releases }: BuildReport): string {
  const { total, added, changed, unchanged, removed, refused } = releases;
  const parts = [
    `${added} added`,
    `${changed} changed`,
    `${unchanged} unchanged`,
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
  ];
  return `${plural(packs, 'pack')}, ${plural(total, 'release')}: ${parts.join(', ')}`;
}

/** How many releases the summary names before it only counts them. */
const NAMED = 10;

/** A release that goes may be one that somebody uses, and with `--keep-going` one that was only refused: it is named. */
function namedLine(word: string, releases: readonly string[]): string[] {
  if (releases.length === 0) return [];
  const named = releases.slice(0, NAMED).map((release) => escapeControl(release.replace('@', ' ')));
  const others = releases.length - named.length;
  return [`${word}: ${named.join(', ')}${others > 0 ? ` and ${others} more` : ''}`];
}

function previousLine({ previous, blobsRead }: BuildReport): string[] {
  if (previous === undefined) return [];
  const { location, serial, requests, bytes } = previous;
  const came = `${plural(requests, 'request')}, ${formatBytes(bytes)}`;
  return [
    `Taken over from ${escapeControl(location)} (serial ${serial}): ${came}; ${plural(blobsRead, 'blob')} read from Git`,
  ];
}

function filesLine({ files, bytes, bytesWritten, timings }: BuildReport, written: boolean): string {
  const { added, changed, unchanged, removed } = files;
  const seconds = ((timings['total'] ?? 0) / 1000).toFixed(2);
  const count = `${plural(added + changed + unchanged, 'file')}, ${formatBytes(bytes)}`;
  const work = `${added} new, ${changed} changed, ${removed} removed`;
  return `${count}: ${work}, ${formatBytes(bytesWritten)} ${written ? 'written' : 'to write'} in ${seconds} s`;
}

/** Where the time went, by step. */
export function formatTimings({ timings }: BuildReport): string {
  const lines = Object.entries(timings).map(([step, ms]) => `${step.padEnd(10)} ${ms.toFixed(1).padStart(9)} ms`);
  return `${lines.join('\n')}\n`;
}

function plural(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? '' : 's'}`;
}
