import type { UnknownValue, ValueConflict } from './bump-plan.ts';
import { mergeValues, type MergeStyle } from './merge-values.ts';
import { readValues, type ValuesText } from './value-tree.ts';
import { chartEntry, chartSection } from './values-section.ts';

export interface ChartValuesRequest {
  /** Of the old chart and of the new one. */
  readonly name: string;
  readonly newName: string;
  /** Their own values. */
  readonly base: string;
  readonly theirs: string;
  readonly prefer?: 'ours' | 'theirs' | undefined;
}

export interface MergedChartValues {
  /** The whole of `values.yaml`. */
  readonly text: string;
  readonly style?: MergeStyle;
  readonly conflicts: readonly ValueConflict[];
  readonly unknown: readonly UnknownValue[];
  /** Why nothing was merged. */
  readonly problem?: string;
}

/** Merges what a `values.yaml` says of a chart with what has become of the chart's own values. */
export function mergeChartValues(text: string, request: ChartValuesRequest): MergedChartValues {
  const lines = text.includes('\r\n') ? '\r\n' : '\n';
  const merged = mergePlain(text.replaceAll('\r\n', '\n'), request);
  return { ...merged, text: merged.text.replaceAll('\n', lines) };
}

function mergePlain(text: string, { name, newName, base, theirs, prefer }: ChartValuesRequest): MergedChartValues {
  const nothing = { text, conflicts: [], unknown: [] };
  const values = readValues(text);
  if ('problem' in values) return { ...nothing, problem: `values.yaml cannot be read: ${values.problem}` };
  const renamed = (merged: string): string => withKey(merged, name, newName);
  const section = chartSection(values, name);
  if (section === undefined) {
    const entries = chartEntry(values, name)?.value.entries;
    const isEmpty = entries === undefined || entries.size === 0;
    return {
      ...nothing,
      text: renamed(text),
      ...(!isEmpty && { problem: `charts.${name} is not written key by key` }),
    };
  }
  const merged = mergeValues({ base, ours: section, theirs, ...(prefer !== undefined && { prefer }) });
  if ('problem' in merged) return { ...nothing, text: renamed(text), problem: merged.problem };
  const after = renamed(merged.text);
  const result = readValues(after);
  const line = (path: readonly string[]): number => ('problem' in result ? 1 : lineOf(result, newName, path));
  const dotted = (path: readonly string[]): string => ['charts', newName, ...path].join('.');
  return {
    text: after,
    style: merged.style,
    conflicts: merged.conflicts.map(({ path, ...conflict }) => ({ path: dotted(path), line: line(path), ...conflict })),
    unknown: merged.unknown.map((path) => ({ path: dotted(path), line: line(path) })),
  };
}

/** Of the value, or of what contains it where it is gone. */
function lineOf(values: ValuesText, name: string, path: readonly string[]): number {
  let entry = chartEntry(values, name);
  let line = (entry?.written?.from ?? 0) + 1;
  for (const key of path) {
    entry = entry?.value.entries?.get(key);
    if (entry?.written !== undefined) line = entry.written.from + 1;
  }
  return line;
}

/** With another name for a chart; unchanged where there is one of that name. */
function withKey(text: string, name: string, newName: string): string {
  const values = readValues(text);
  if (name === newName || 'problem' in values || chartEntry(values, newName) !== undefined) return text;
  const start = chartEntry(values, name)?.written?.start;
  if (start === undefined) return text;
  const rest = text.slice(start).replace(/^(?:"[^"\n]*"|'[^'\n]*'|[^\n:]+)(?=\s*:)/u, () => newName);
  return text.slice(0, start) + rest;
}
