import { mergeValues, type MergeConflict, type MergeStyle } from './merge-values.ts';
import { withPinnedTags, type PinnedTag, type SoftwareVersions } from './pinned-tags.ts';
import { withPlainLines } from './text-edits.ts';
import { readValues } from './value-tree.ts';
import { chartEntry, chartSection } from './values-section.ts';

export interface ChartValuesRequest {
  /** Of the old chart and of the new one. */
  readonly name: string;
  readonly newName: string;
  /** Their own values. */
  readonly base: string;
  readonly theirs: string;
  readonly prefer?: 'ours' | 'theirs' | undefined;
  /** What they install, where both say that. */
  readonly software?: SoftwareVersions | undefined;
}

export interface MergedChartValues {
  /** The whole of `values.yaml`. */
  readonly text: string;
  readonly style?: MergeStyle;
  /** With paths from the root of `values.yaml`, here and below. */
  readonly conflicts: readonly MergeConflict[];
  readonly unknown: readonly (readonly string[])[];
  readonly pinned: readonly PinnedTag[];
  /** Why nothing was merged. */
  readonly problem?: string;
}

/** Merges what a `values.yaml` says of a chart with what has become of the chart's own values. */
export function mergeChartValues(text: string, request: ChartValuesRequest): MergedChartValues {
  let merged: MergedChartValues | undefined;
  const after = withPlainLines(text, (plain) => {
    merged = mergePlain(plain, request);
    return merged.text;
  });
  return { conflicts: [], unknown: [], pinned: [], ...merged, text: after };
}

function mergePlain(text: string, request: ChartValuesRequest): MergedChartValues {
  const { name, newName, base, theirs, prefer, software } = request;
  const nothing = { text, conflicts: [], unknown: [], pinned: [] };
  const values = readValues(text);
  if ('problem' in values) return { ...nothing, problem: `values.yaml cannot be read: ${values.problem}` };
  const section = chartSection(values, name);
  if (section === undefined) {
    const entries = chartEntry(values, name)?.value.entries;
    const isEmpty = entries === undefined || entries.size === 0;
    return {
      ...nothing,
      text: withKey(text, name, newName),
      ...(!isEmpty && { problem: `charts.${name} is not written key by key` }),
    };
  }
  const merged = mergeValues({ base, ours: section, theirs, ...(prefer !== undefined && { prefer }) });
  if ('problem' in merged) return { ...nothing, text: withKey(text, name, newName), problem: merged.problem };
  const renamed = withKey(merged.text, name, newName);
  const after =
    software === undefined
      ? { text: renamed, pinned: [] }
      : withPinnedTags(renamed, { name: newName, base, theirs, software });
  const path = (inChart: readonly string[]): readonly string[] => ['charts', newName, ...inChart];
  return {
    ...after,
    style: merged.style,
    conflicts: merged.conflicts.map((conflict) => ({ ...conflict, path: path(conflict.path) })),
    unknown: merged.unknown.map(path),
  };
}

/** With another name for a chart; unchanged where there is one of that name. */
function withKey(text: string, name: string, newName: string): string {
  if (name === newName) return text;
  const values = readValues(text);
  if ('problem' in values || chartEntry(values, newName) !== undefined) return text;
  const start = chartEntry(values, name)?.written?.start;
  if (start === undefined) return text;
  const rest = text.slice(start).replace(/^(?:"[^"\n]*"|'[^'\n]*'|[^\n:]+)(?=\s*:)/u, () => newName);
  return text.slice(0, start) + rest;
}
