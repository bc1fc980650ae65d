import { widthOf, type Piece, type Pieces } from '../pieces.ts';
import { wrap } from '../wrap.ts';

export interface MarkdownCell {
  readonly pieces: Pieces;
  readonly align: 'left' | 'center' | 'right';
}

const GAP = 2;
const LEAST = 4;

/** A table whose cells are wrapped, so that it fits; the first row is its head. */
export function markdownTable(rows: readonly (readonly MarkdownCell[])[], width: number): Pieces[] {
  const [head = []] = rows;
  const widths = columnWidths(rows, width - GAP * (head.length - 1));
  const rule: Pieces = [{ text: widths.map((each) => '─'.repeat(each)).join(' '.repeat(GAP)), style: 'dim' }];
  return rows.flatMap((row, index) => {
    const lines = rowLines(row, widths);
    return index === 0 ? [...lines.map((line) => line.map(asHead)), rule] : lines;
  });
}

function asHead({ text, style = 'bold' }: Piece): Piece {
  return { text, style };
}

function rowLines(row: readonly MarkdownCell[], widths: readonly number[]): Pieces[] {
  const cells = widths.map((width, index) => wrap(row[index]?.pieces ?? [], width, { breakAddresses: true }));
  const height = cells.reduce((most, lines) => Math.max(most, lines.length), 1);
  return Array.from({ length: height }, (_, line) =>
    widths.flatMap((width, index): Piece[] => {
      const pieces = cells[index]?.[line] ?? [];
      const blanks = Math.max(0, width - widthOf(pieces));
      const { align = 'left' } = row[index] ?? {};
      const before = align === 'left' ? 0 : align === 'right' ? blanks : Math.floor(blanks / 2);
      const gap = index === 0 ? 0 : GAP;
      return [{ text: ' '.repeat(gap + before) }, ...pieces, { text: ' '.repeat(blanks - before) }];
    }),
  );
}

/** Widths that fit where they can: no column gets less than its share because others are long. */
function columnWidths(rows: readonly (readonly MarkdownCell[])[], room: number): readonly number[] {
  const [head = []] = rows;
  const natural = head.map((_, index) =>
    rows.reduce((most, row) => Math.max(most, widthOf(row[index]?.pieces ?? [])), 1),
  );
  const widths = natural.map(() => 0);
  const byWidth = natural.map((_, index) => index).toSorted((a, b) => (natural[a] ?? 0) - (natural[b] ?? 0));
  let left = room;
  for (const [place, index] of byWidth.entries()) {
    const share = Math.max(LEAST, Math.floor(left / (byWidth.length - place)));
    widths[index] = Math.min(natural[index] ?? 0, share);
    left -= widths[index] ?? 0;
  }
  return widths;
}
