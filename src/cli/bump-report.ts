import { formatFinding, type Paint } from '../check/format-finding.ts';
import { oneLine } from '../check/one-line.ts';
import type { BumpPlan, ValueConflict } from '../contribute/bump/bump-plan.ts';
import { isError } from '../model/finding.ts';
import { VALUES_FILE } from '../pack/pack.ts';
import { findingDocument } from './finding-document.ts';

/** The next version of a pack for people: where it is, what changed in it, and what is left to decide. */
export function formatBump(plan: BumpPlan, dryRun: boolean, paint: Paint): string {
  return [
    headOf(plan, dryRun),
    ...(dryRun && plan.valuesDiff !== '' ? [formatDiff(plan.valuesDiff, paint)] : []),
    ...plan.findings.map((finding) => formatFinding(finding, paint)),
    ...formatConflicts(plan, paint),
    ...formatDecisions(plan, paint),
    ...(dryRun ? [] : [nextSteps(plan)]),
  ].join('\n');
}

function headOf(plan: BumpPlan, dryRun: boolean): string {
  const { name, version, from, directory, inPlace, changes, charts, valuesDiff } = plan;
  const verb = dryRun ? 'Would make' : 'Made';
  const lines = [`${verb} ${name} ${version} of ${from.version} in ${directory}`];
  if (inPlace) {
    lines.push(
      `  in place: ${from.version} leaves the work tree; a build still has it where registry.yaml says history: all`,
    );
  }
  for (const chart of charts)
    lines.push(`  chart  ${chartName(chart.before)} → ${chartName(chart.after)}  ${chart.after.path}`);
  const removed = changes.filter(({ kind }) => kind === 'remove').length;
  const written = counted(changes.length - removed, 'file');
  lines.push(
    `  ${written}${dryRun ? ' to write' : ' written'}${removed > 0 ? `, ${removed}${dryRun ? ' to remove' : ' removed'}` : ''}`,
  );
  if (charts.length > 0) lines.push(`  values.yaml ${mergedLines(valuesDiff)}`);
  return `${lines.map(oneLine).join('\n')}\n`;
}

function mergedLines(diff: string): string {
  const lines = diff.split('\n').slice(2);
  const [more, less] = ['+', '-'].map((sign) => lines.filter((line) => line.startsWith(sign)).length);
  return diff === '' ? 'stays as it is' : `merged: ${counted(more ?? 0, 'line')} in, ${counted(less ?? 0, 'line')} out`;
}

function chartName({ name, version }: { readonly name: string; readonly version?: string }): string {
  return version === undefined ? name : `${name} ${version}`;
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

const STYLES = { '+': 'green', '-': 'red', '@': 'cyan' } as const;

function formatDiff(diff: string, paint: Paint): string {
  const lines = diff.replace(/\n$/u, '').split(/\r?\n/u);
  return `${lines
    .map((line) => {
      const style = STYLES[line.charAt(0) as keyof typeof STYLES] as (typeof STYLES)[keyof typeof STYLES] | undefined;
      return style === undefined ? oneLine(line) : paint(style, oneLine(line));
    })
    .join('\n')}\n`;
}

function formatConflicts({ conflicts, directory }: BumpPlan, paint: Paint): string[] {
  if (conflicts.length === 0) return [];
  const title = paint('yellow', `${counted(conflicts.length, 'value')} changed by both, the pack and the chart:`);
  const items = conflicts.map((conflict) => {
    const where = `${directory}/${VALUES_FILE}:${conflict.line}`;
    return [`  - ${paint('bold', oneLine(where))} ${oneLine(conflict.path)}`, ...sides(conflict)].join('\n');
  });
  return [`${[title, ...items].join('\n')}\n`];
}

function sides({ base, ours, theirs, kept }: ValueConflict): string[] {
  const side = (name: string, value: string | undefined, isKept: boolean): string =>
    `      ${name}  ${oneLine(value ?? 'not there')}${isKept ? '  (kept)' : ''}`;
  return [
    side('old chart', base, false),
    side('pack     ', ours, kept === 'ours'),
    side('new chart', theirs, kept === 'theirs'),
  ];
}

function formatDecisions({ decisions, unknown, directory }: BumpPlan, paint: Paint): string[] {
  const all = [
    ...unknown.map(({ path, line }) => ({ file: VALUES_FILE, line, text: `The new chart does not know ${path}.` })),
    ...decisions,
  ];
  if (all.length === 0) return [];
  const lines = all.map(({ file, line, text }) => {
    const place = line === undefined ? file : `${file}:${line}`;
    return `  - ${place === undefined ? '' : `${paint('bold', oneLine(place))} `}${oneLine(text)}`;
  });
  return [`${paint('yellow', oneLine(`Left for you to decide, in ${directory}:`))}\n${lines.join('\n')}\n`];
}

function nextSteps({ directory, findings }: BumpPlan): string {
  const errors = findings.filter(isError).length;
  if (errors > 0) return `Mend ${errors === 1 ? 'the error' : `the ${errors} errors`} before it goes anywhere.\n`;
  return oneLine(`Then: packyard check ${directory}, and packyard push ${directory}`).concat('\n');
}

/** The same for programs. */
export function bumpDocument(plan: BumpPlan, dryRun: boolean): object {
  const { changes, findings, ...rest } = plan;
  return {
    format: 'packyard-bump/1',
    dryRun,
    ...rest,
    changes: changes.map(({ path, kind, executable, data }) => ({
      path,
      kind,
      executable,
      ...(data !== undefined && { size: data.length }),
    })),
    findings: findings.map(findingDocument),
  };
}
