import type { SearchedField } from '../search/rank.ts';
import type { FoundPart, SearchHit } from '../search/search.ts';
import { piece, type Piece, type Pieces } from './pieces.ts';
import { latestPieces } from './list-lines.ts';
import { table, type Column } from './table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'name' },
  { title: 'latest' },
  { title: 'layer', least: 6 },
  { title: 'display name', least: 12 },
  { title: 'description', least: 16 },
];

/** Hits as a table, with what was found in bold. */
export function searchLines(hits: readonly SearchHit[], width?: number): Pieces[] {
  const described = hits.some(({ pack }) => (pack.description ?? '').trim() !== '');
  const rows = hits.map((hit) => [
    markedPieces(hit, 'name'),
    latestPieces(hit.pack),
    [piece(hit.pack.layer)],
    markedPieces(hit, 'displayName'),
    markedPieces(hit, 'description'),
  ]);
  return described ? table(COLUMNS, rows, width) : table(COLUMNS.slice(0, -1), rows, width);
}

function markedPieces({ pack, found }: SearchHit, field: SearchedField): Pieces {
  const text = pack[field] ?? '';
  const pieces: Piece[] = [];
  let at = 0;
  for (const { start, end } of inOrder(found, field)) {
    if (end <= at) continue;
    pieces.push(shown(text.slice(at, Math.max(at, start))), shown(text.slice(Math.max(at, start), end), 'bold'));
    at = end;
  }
  return [...pieces, shown(text.slice(at))];
}

function inOrder(found: readonly FoundPart[], field: SearchedField): readonly FoundPart[] {
  return found.filter((part) => part.field === field).toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/** A description may be of several lines. */
function shown(text: string, style?: 'bold'): Piece {
  return piece(text.replaceAll(/\s+/gu, ' '), style);
}
