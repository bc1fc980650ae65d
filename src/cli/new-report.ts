import { join } from 'node:path';

import { formatFinding, type Paint } from '../check/format-finding.ts';
import { oneLine } from '../check/one-line.ts';
import type { NewPackPlan } from '../contribute/new/new-pack-options.ts';
import type { Decision } from '../contribute/draft-part.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { formatBump } from './bump-report.ts';
import { findingDocument } from './finding-document.ts';

const MOST_FILES = 20;

/** A new pack for people: where it is, what it holds, what is wrong with it and what is left to decide. */
export function formatNewPack(plan: NewPackPlan, dryRun: boolean, paint: Paint): string {
  const { name, version, layer, files, findings, decisions, bump } = plan;
  if (bump !== undefined) return formatBump(bump, dryRun, paint);
  const title = `${dryRun ? 'Would make' : 'Made'} ${name} ${version} (${layer}) in ${shownFolder(plan)}`;
  const shown = files
    .slice(0, MOST_FILES)
    .map(({ path, data }) => `  ${oneLine(path)}  ${paint('dim', formatBytes(data?.length ?? 0))}`);
  const more = files.length > MOST_FILES ? [`  and ${files.length - MOST_FILES} more files`] : [];
  return [
    `${[oneLine(title), ...shown, ...more].join('\n')}\n`,
    ...findings.map((finding) => formatFinding(finding, paint)),
    ...(decisions.length === 0 ? [] : [formatDecisions(plan, decisions, paint)]),
    ...(dryRun ? [] : [nextSteps(plan)]),
  ].join('\n');
}

function formatDecisions(plan: NewPackPlan, decisions: readonly Decision[], paint: Paint): string {
  const lines = decisions.map(({ file, line, text }) => {
    const where = file === undefined ? '' : `${paint('bold', oneLine(placeOf(plan, file, line)))} `;
    return `  - ${where}${oneLine(text)}`;
  });
  return `${paint('yellow', 'Left for you to decide:')}\n${lines.join('\n')}\n`;
}

function placeOf({ directory }: NewPackPlan, file: string, line: number | undefined): string {
  const path = directory === '' ? file : `${directory}/${file}`;
  return line === undefined ? path : `${path}:${line}`;
}

function shownFolder({ root, directory, inRepository }: NewPackPlan): string {
  return inRepository ? directory : join(root, directory);
}

function nextSteps({ inRepository, directory, findings }: NewPackPlan): string {
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) return `Mend ${errors === 1 ? 'the error' : `the ${errors} errors`} before it goes anywhere.\n`;
  return inRepository
    ? `Then: packyard check ${directory}, and packyard push ${directory}\n`
    : 'Then copy it to a repository of packs, or see packyard push.\n';
}

/** The same for programs. */
export function newPackDocument(plan: NewPackPlan, dryRun: boolean): object {
  const { name, version, layer, displayName, root, directory, inRepository, files, findings, decisions, bump } = plan;
  return {
    format: 'packyard-new/1',
    dryRun,
    name,
    version,
    layer,
    displayName,
    root,
    directory,
    inRepository,
    files: files.map(({ path, kind, executable, data }) => ({ path, kind, executable, size: data?.length ?? 0 })),
    findings: findings.map(findingDocument),
    decisions,
    ...(bump !== undefined && { from: bump.from, conflicts: bump.conflicts }),
  };
}
