import type { Decision } from '../draft-part.ts';
import { VALUES_FILE, type PackFiles } from '../../pack/pack.ts';
import type { UnknownValue, ValueConflict } from './bump-plan.ts';
import type { MergeConflict } from './merge-values.ts';
import type { PinnedTag } from './pinned-tags.ts';
import { readValues, type ValueEntry, type ValueTree } from './value-tree.ts';

/** What a merge has to say of values, by their paths from the root of `values.yaml`. */
export interface MergeRemarks {
  readonly conflicts: readonly MergeConflict[];
  readonly unknown: readonly (readonly string[])[];
  readonly pinned: readonly PinnedTag[];
}

export interface PlacedRemarks {
  readonly conflicts: readonly ValueConflict[];
  readonly unknown: readonly UnknownValue[];
  /** For the tags, which somebody may have meant to stay. */
  readonly decisions: readonly Decision[];
}

/** The same with the lines on which they stand in the end. */
export function placedRemarks({ conflicts, unknown, pinned }: MergeRemarks, files: PackFiles): PlacedRemarks {
  if (conflicts.length + unknown.length + pinned.length === 0) return { conflicts: [], unknown: [], decisions: [] };
  const text = files.get(VALUES_FILE)?.data.toString('utf8') ?? '';
  const values = readValues(text.replaceAll('\r\n', '\n'));
  const line = (path: readonly string[]): number => ('problem' in values ? 1 : lineOf(values.root, path));
  return {
    conflicts: conflicts.map(({ path, ...conflict }) => ({ path: path.join('.'), line: line(path), ...conflict })),
    unknown: unknown.map((path) => ({ path: path.join('.'), line: line(path) })),
    decisions: pinned.map(({ path, before, after }) => ({
      file: VALUES_FILE,
      line: line(path),
      text: `${path.join('.')} was ${before}, as the old chart's appVersion, and became ${after}: put it back if it was meant to stay.`,
    })),
  };
}

/** Of the value, or of what contains it where it is gone. */
function lineOf(root: ValueTree, path: readonly string[]): number {
  let tree: ValueTree | undefined = root;
  let line = 1;
  for (const key of path) {
    const entry: ValueEntry | undefined = tree?.entries?.get(key);
    if (entry?.written !== undefined) line = entry.written.from + 1;
    tree = entry?.value;
  }
  return line;
}
