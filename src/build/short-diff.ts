import { structuredPatch, type StructuredPatchHunk } from 'diff';

import { secretsIn } from '../check/rules/secrets/secrets-in.ts';

/** Lines around a change, hunks of a file, and characters of a line. */
const MOST = { context: 2, hunks: 3, characters: 160 };

/** How many lines may differ: the work grows with the square of it. */
const MOST_EDITS = 400;

const HIDDEN = '(not shown: it holds a secret)';

/**
 * The first differences of two texts as a unified diff of at most `room` lines, without what holds a secret; undefined
 * where more differs than is worth comparing.
 */
export function shortDiff(before: string, after: string, room: number): string[] | undefined {
  const options = { context: MOST.context, maxEditLength: MOST_EDITS };
  const hunks = structuredPatch('', '', before, after, undefined, undefined, options)?.hunks;
  if (hunks === undefined) return undefined;
  const hidden = { before: secretLines(before), after: secretLines(after) };
  const lines = hunks.slice(0, MOST.hunks).flatMap((hunk) => [header(hunk), ...shownLines(hunk, hidden)]);
  const total = hunks.reduce((sum, hunk) => sum + 1 + hunk.lines.length, 0);
  if (total <= room && hunks.length <= MOST.hunks) return lines;
  const shown = lines.slice(0, room - 1);
  const rest = total - shown.length;
  return [...shown, `… and ${rest} more ${rest === 1 ? 'line' : 'lines'}`];
}

/** A side without lines counts from the line before it. */
function header({ oldStart, oldLines, newStart, newLines }: StructuredPatchHunk): string {
  const range = (start: number, lines: number): string => `${lines === 0 ? start - 1 : start},${lines}`;
  return `@@ -${range(oldStart, oldLines)} +${range(newStart, newLines)} @@`;
}

interface HiddenLines {
  readonly before: ReadonlySet<number>;
  readonly after: ReadonlySet<number>;
}

function shownLines({ lines, oldStart, newStart }: StructuredPatchHunk, hidden: HiddenLines): string[] {
  let [old, now] = [oldStart, newStart];
  return lines.map((line) => {
    const sign = line.charAt(0);
    const secret = (sign !== '+' && hidden.before.has(old)) || (sign !== '-' && hidden.after.has(now));
    if (sign === '\\') return line;
    if (sign !== '+') old += 1;
    if (sign !== '-') now += 1;
    return secret ? `${sign} ${HIDDEN}` : cut(line);
  });
}

/** Numbers of the lines that a secret touches, from 1. */
function secretLines(text: string): Set<number> {
  const lines = new Set<number>();
  let [line, offset] = [1, 0];
  for (const { from, start, end } of secretsIn(text)) {
    for (const stop of [Math.min(from, start), end]) {
      for (let next = text.indexOf('\n', offset); next !== -1 && next < stop; next = text.indexOf('\n', offset)) {
        offset = next + 1;
        line += 1;
        if (stop === end) lines.add(line);
      }
      lines.add(line);
    }
  }
  return lines;
}

function cut(line: string): string {
  return line.length > MOST.characters ? `${line.slice(0, MOST.characters - 1)}…` : line;
}
