import { join } from 'node:path';

import { formatFinding, type Paint } from '../check/format-finding.ts';
import { oneLine } from '../check/one-line.ts';
import type { NewPackPlan } from '../contribute/new/new-pack-options.ts';
import type { Decision } from '../contribute/draft-part.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { piece, linesText } from '../client/view/pieces.ts';
import { wrap } from '../client/view/wrap.ts';
import { formatBump } from './bump-report.ts';
import { findingDocument } from './finding-document.ts';

const MOST_FILES = 20;

/**
 * A new pack for people: where it is, what it holds, what is wrong with it and what is left to decide, in lines of at most
 * so many columns.
 */
export function formatNewPack(plan: NewPackPlan, dryRun: boolean, paint: Paint, width: number = Infinity): string {
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
    ...(decisions.length === 0 ? [] : [formatDecisions(plan, decisions, paint, width)]),
    ...(dryRun ? [] : [nextSteps(plan)]),
  ].join('\n');
}

const INDENT = 4;

function formatDecisions(plan: NewPackPlan, decisions: readonly Decision[], paint: Paint, width: number): string {
  const items = decisions.map(({ file, line, text }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    const where = place === undefined ? [] : [piece(place, 'bold'), piece(' ')];
    const lines = wrap([...where, piece(text)], width - INDENT);
    return linesText(
      lines.map((each, index) => [{ text: index === 0 ? '  - ' : ' '.repeat(INDENT) }, ...each]),
      paint,
    );
  });
  return `${paint('yellow', oneLine(`Left for you to decide, in ${shownFolder(plan)}:`))}\n${items.join('')}`;
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
    ...(bump !== undefined && {
      from: bump.from,
      charts: bump.charts,
      conflicts: bump.conflicts,
      unknown: bump.unknown,
    }),
  };
}
