import { hiddenLine, sameLine } from './same-line.ts';

/**
 * A line that is on both sides, one that only the guide shows, one that only was printed, or the guide's `…` with what it
 * stands for.
 */
export type AlignedLine =
  | { readonly kind: 'both'; readonly guide: string; readonly printed: string }
  | { readonly kind: 'guide'; readonly guide: string }
  | { readonly kind: 'printed'; readonly printed: string }
  | { readonly kind: 'left-out'; readonly guide: string; readonly lines: readonly string[] };

/** A line of the guide that is not there counts more: else the guide's `…` would take too much for its own. */
const COST = { guide: 3, printed: 2 } as const;

/** Brings what a guide shows and what was printed together, with as few differences as there can be. */
export function alignOutput(guide: readonly string[], printed: readonly string[]): AlignedLine[] {
  const costs = costsOf(guide, printed);
  const cost = (row: number, column: number): number => costs[row]?.[column] ?? Infinity;
  const aligned: AlignedLine[] = [];
  let [row, column] = [0, 0];
  while (row < guide.length || column < printed.length) {
    const [shown, there] = [guide[row], printed[column]];
    const here = cost(row, column);
    if (shown !== undefined && hiddenLine(shown)) {
      const from = column;
      while (cost(row + 1, column) !== here) column += 1;
      aligned.push({ kind: 'left-out', guide: shown, lines: printed.slice(from, column) });
      row += 1;
    } else if (
      shown !== undefined &&
      there !== undefined &&
      sameLine(shown, there) &&
      cost(row + 1, column + 1) === here
    ) {
      aligned.push({ kind: 'both', guide: shown, printed: there });
      row += 1;
      column += 1;
    } else if (shown !== undefined && cost(row + 1, column) + COST.guide === here) {
      aligned.push({ kind: 'guide', guide: shown });
      row += 1;
    } else {
      aligned.push({ kind: 'printed', printed: there ?? '' });
      column += 1;
    }
  }
  return aligned;
}

/** By how many lines of the guide and how many printed ones are passed: the fewest differences from there on. */
function costsOf(guide: readonly string[], printed: readonly string[]): number[][] {
  const costs = Array.from({ length: guide.length + 1 }, () => Array.from({ length: printed.length + 1 }, () => 0));
  const cost = (row: number, column: number): number => costs[row]?.[column] ?? Infinity;
  for (let row = guide.length; row >= 0; row -= 1) {
    for (let column = printed.length; column >= 0; column -= 1) {
      const [shown, there] = [guide[row], printed[column]];
      const least = ((): number => {
        if (shown === undefined) return (printed.length - column) * COST.printed;
        if (hiddenLine(shown)) return Math.min(cost(row + 1, column), cost(row, column + 1));
        const same = there !== undefined && sameLine(shown, there) ? cost(row + 1, column + 1) : Infinity;
        return Math.min(same, cost(row + 1, column) + COST.guide, cost(row, column + 1) + COST.printed);
      })();
      costs[row]?.splice(column, 1, least);
    }
  }
  return costs;
}
