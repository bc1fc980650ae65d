import { oneLine } from '../check/one-line.ts';
import { formatFinding, type Paint } from '../check/format-finding.ts';
import type { LeftOut, PlannedPack, PushPlan, PushResult } from '../contribute/push/push-options.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { findingDocument } from './finding-document.ts';

/** The document of `packyard push --json`. */
export function pushDocument(plan: PushPlan | PushResult, dryRun: boolean): unknown {
  const { findings, ...rest } = plan;
  return { format: 'packyard-push/1', dryRun, ...rest, findings: findings.map(findingDocument) };
}

/** What a push would do. */
export function planText(plan: PushPlan): string {
  const { registry, fork, base, branch, packs, outcome } = plan;
  const place = fork ?? registry;
  const head = {
    pushed: `Would push ${branch} to ${place}`,
    updated: `Would push ${branch} to ${place}, in place of what is there`,
    unchanged: `Would push nothing: ${packs.every(isThere) ? registry : `branch ${branch} of ${place}`} has the same content already`,
  }[outcome];
  const lines = [
    head,
    `  ${outcome === 'unchanged' ? 'compared with' : 'on top of'} ${base.branch} of ${registry}, commit ${base.commit.slice(0, 12)}`,
    ...packs.flatMap(packLines),
  ];
  return `${lines.map(oneLine).join('\n')}\n`;
}

function isThere({ change }: PlannedPack): boolean {
  return change === 'unchanged';
}

function packLines({ name, version, directory, change, files, leftOut, message }: PlannedPack): string[] {
  if (change === 'unchanged') return [`${name} ${version} is in ${directory} already, with the same content.`];
  const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
  const width = Math.max(...files.map((file) => formatBytes(file.bytes).length));
  return [
    `${name} ${version} goes to ${directory}: ${files.length} files, ${formatBytes(bytes)}`,
    ...files.map(
      (file) => `  ${formatBytes(file.bytes).padStart(width)}  ${file.path}${file.executable ? ' (executable)' : ''}`,
    ),
    ...leftOutLines(leftOut),
    'Message of the commit:',
    ...(message ?? '')
      .trimEnd()
      .split('\n')
      .map((line) => (line === '' ? '' : `  ${line}`)),
  ];
}

/** Paths that are named. */
const SHOWN = 10;

function leftOutLines(leftOut: readonly LeftOut[]): string[] {
  const reasons = { junk: 'junk', ignored: 'ignored by Git' } as const;
  const lines = leftOut.slice(0, SHOWN).map(({ path, reason }) => `Left out: ${path} (${reasons[reason]})`);
  return leftOut.length > SHOWN ? [...lines, `Left out: ${leftOut.length - SHOWN} more`] : lines;
}

/** What a push did, and what comes next. */
export function resultText(result: PushResult): string {
  const { outcome, registry, fork, branch, packs, commit } = result;
  const place = fork ?? registry;
  const releases = packs.map(({ name, version }) => `${name} ${version}`).join(', ');
  if (commit === undefined) {
    const places = packs.map(({ directory }) => directory).join(', ');
    return `${oneLine(`${releases}: ${place} has the same content already, in ${places}. Nothing was pushed.`)}\n`;
  }
  const head = {
    pushed: `Pushed ${releases} to ${place}, branch ${branch}`,
    updated: `Pushed ${releases} to ${place}, branch ${branch}, in place of what was there`,
    unchanged: `${releases}: branch ${branch} of ${place} has the same content already. Nothing was pushed.`,
  }[outcome];
  const added = packs.filter(({ change }) => change === 'new');
  const lines = [
    head,
    ...(outcome === 'unchanged' ? [] : added.map(({ directory, files }) => `  ${directory}: ${files.length} files`)),
    ...(outcome === 'unchanged'
      ? []
      : added.flatMap(({ leftOut }) => leftOutLines(leftOut).map((line) => `  ${line}`))),
    nextStep(result),
  ];
  return `${lines.map(oneLine).join('\n')}\n`;
}

function nextStep({ pullRequest, opened, branch, base, fork, registry }: PushResult): string {
  if (opened !== undefined && 'url' in opened) {
    return `${opened.existed ? 'Its pull request is open already' : 'Opened the pull request'}: ${opened.url}`;
  }
  if (pullRequest?.url !== undefined) return `Open the pull request: ${pullRequest.url}`;
  return `Ask the owners of ${registry} to merge it into ${base.branch}: git pull --no-ff ${fork ?? registry} ${branch}`;
}

/** Warnings and notes of the check, which are no reason not to push. */
export function findingsText({ findings }: Pick<PushPlan, 'findings'>, paint: Paint): string {
  return findings.map((finding) => `${formatFinding(finding, paint)}\n`).join('');
}
