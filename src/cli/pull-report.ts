import { relative, isAbsolute, sep } from 'node:path';

import { oneLine } from '../check/one-line.ts';
import { jsonText } from '../check/reporters/json-text.ts';
import type { PlannedPack, PulledPack, PullFailure, PullPlan, PullResult } from '../client/pull/pull-plan.ts';
import { shellWord } from '../client/settings/shell-word.ts';
import { PackyardError } from '../errors.ts';
import { formatBytes } from '../model/format-bytes.ts';

/** What was pulled, or would be, as lines for people. */
export function pullText({ packs, archive }: PullResult, cwd: string): string {
  const rows = packs.map((pack) => [
    `${pack.name} ${pack.version}`,
    `${OUTCOMES[pack.outcome]} ${placeOf(pack.target, archive, cwd)}`,
    formatBytes(pack.size),
  ]);
  return `${table(rows)}${nextSteps(packs, archive, cwd)}`;
}

const OUTCOMES = { created: '→', replaced: '→ replaced', unchanged: '= unchanged' } as const;

export function planText({ packs, archive }: PullPlan, cwd: string): string {
  const rows = packs.map((pack) => [
    `${pack.name} ${pack.release.version}`,
    `→ ${placeOf(pack.target, archive, cwd)}${pack.exists ? ' (something is there already)' : ''}`,
    formatBytes(pack.release.artifact.size),
  ]);
  const bytes = packs.reduce((sum, pack) => sum + pack.release.artifact.size, 0);
  if (packs.length === 0) return '';
  const count = packs.length === 1 ? '1 pack' : `${packs.length} packs`;
  return `${table(rows)}Would pull ${count}, ${formatBytes(bytes)}; nothing was fetched.\n`;
}

function table(rows: readonly (readonly string[])[]): string {
  const safe = rows.map((row) => row.map(oneLine));
  const widths = [0, 1].map((column) => safe.reduce((most, row) => Math.max(most, (row[column] ?? '').length), 0));
  return safe.map((row) => `${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}\n`).join('');
}

function placeOf(target: string, archive: boolean, cwd: string): string {
  return archive ? shownPath(target, cwd) : `${shownPath(target, cwd)}${sep}`;
}

/** From the current folder where it is below that. */
function shownPath(path: string, cwd: string): string {
  const short = relative(cwd, path);
  if (short === '') return '.';
  return short.startsWith('..') || isAbsolute(short) ? path : short;
}

function nextSteps(packs: readonly PulledPack[], archive: boolean, cwd: string): string {
  const fresh = packs.filter(({ outcome }) => outcome !== 'unchanged');
  const [first] = fresh;
  if (first === undefined) return '';
  const place = shownPath(first.target, cwd);
  const look = archive ? '' : `look at ${quoted(`${place}${sep}values.yaml`)}; `;
  const what = fresh.length === 1 ? 'it' : 'that one';
  return `Next: ${look}"packyard verify ${quoted(place)}" tells whether ${what} is still as it was published.\n`;
}

/** As a shell takes it. */
function quoted(path: string): string {
  return shellWord(oneLine(path));
}

/** `packyard-pull/1` */
export function pullDocument(result: PullResult, failures: readonly PullFailure[]): string {
  const { directory, archive, packs } = result;
  return jsonText({
    format: 'packyard-pull/1',
    dryRun: false,
    directory,
    archive,
    packs,
    failures: described(failures),
  });
}

export function planDocument({ directory, archive, packs, failures }: PullPlan): string {
  return jsonText({
    format: 'packyard-pull/1',
    dryRun: true,
    directory,
    archive,
    packs: packs.map(plannedDocument),
    failures: described(failures),
  });
}

function plannedDocument({ name, release, references, target, exists, warnings }: PlannedPack): object {
  const { sha256, size, contentSha256 } = release.artifact;
  return { name, version: release.version, references, target, exists, sha256, size, contentSha256, warnings };
}

function described(failures: readonly PullFailure[]): readonly object[] {
  return failures.map(({ references, error }) => {
    if (!(error instanceof PackyardError)) return { references, error: { code: 'internal', message: String(error) } };
    const { code, message, hint } = error;
    return { references, error: { code, message, ...(hint !== undefined && { hint }) } };
  });
}
