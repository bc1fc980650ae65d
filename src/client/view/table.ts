import { fitted, widthOf, type Pieces } from './pieces.ts';

export interface Column {
  readonly title: string;
  /** Columns of the terminal below which its cells are not cut; without it they never are. */
  readonly least?: number;
  /** Never left out, although its cells can be cut. */
  readonly stays?: true;
  readonly align?: 'right';
}

const GAP = 2;

/**
 * Rows under their titles, in columns that are as wide as they need to be, and with a width given, as they may: cells
 * that can be cut are, the widest first. Columns of such cells are left out where nothing else helps, the last first.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Pieces[])[],
  width: number = Infinity,
): Pieces[] {
  const natural = columns.map(({ title }, index) =>
    rows.reduce((most, row) => Math.max(most, widthOf(row[index] ?? [])), title.length),
  );
  const widths = shrunk(columns, natural, width - GAP * (columns.length - 1));
  const spare = columns.findLastIndex(({ least, stays }) => least !== undefined && stays !== true);
  if (widths.reduce((sum, each) => sum + each + GAP, -GAP) > width && spare > 0) {
    return table(
      columns.toSpliced(spare, 1),
      rows.map((row) => row.toSpliced(spare, 1)),
      width,
    );
  }
  const head = columns.map(({ title }): Pieces => [{ text: title.toUpperCase(), style: 'dim' }]);
  return [head, ...rows].map((row) =>
    row.flatMap((cell, index) => {
      const column = widths[index] ?? 0;
      const shown = fitted(cell, column);
      const blanks = { text: ' '.repeat(Math.max(0, column - widthOf(shown))) };
      const gap = { text: ' '.repeat(index === 0 ? 0 : GAP) };
      return columns[index]?.align === 'right' ? [gap, blanks, ...shown] : [gap, ...shown, blanks];
    }),
  );
}

/** Widths that fit, as far as cells can be cut. */
function shrunk(columns: readonly Column[], natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  let excess = widths.reduce((sum, each) => sum + each, 0) - width;
  if (excess > 0) {
    const lowest = columns.map(({ least = Infinity }, index) => Math.min(least, natural[index] ?? 0));
    for (const index of byWidth(natural)) {
      const taken = Math.min(excess, (widths[index] ?? 0) - (lowest[index] ?? 0));
      widths[index] = (widths[index] ?? 0) - taken;
      excess -= taken;
      if (excess === 0) break;
    }
  }
  return widths;
}

function byWidth(widths: readonly number[]): readonly number[] {
  return widths.map((_, index) => index).toSorted((a, b) => (widths[b] ?? 0) - (widths[a] ?? 0) || b - a);
}
