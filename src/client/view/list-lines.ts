import type { SearchPack } from '../../model/documents.ts';
import { dayOf } from './day-of.ts';
import { piece, type Pieces } from './pieces.ts';
import { statePieces } from './status-pieces.ts';
import { table, type Column } from './table.ts';

const COLUMNS: readonly Column[] = [
  { title: 'name' },
  { title: 'latest' },
  { title: 'layer', least: 6 },
  { title: 'display name', least: 12 },
  { title: 'updated', least: 10 },
];

/** Packs as a table. */
export function listLines(packs: readonly SearchPack[], width?: number): Pieces[] {
  const rows = packs.map((pack) => [
    [piece(pack.name)],
    latestPieces(pack),
    [piece(pack.layer)],
    [piece(pack.displayName)],
    [piece(dayOf(pack.updatedAt))],
  ]);
  return table(COLUMNS, rows, width);
}

/** The latest version of a pack, with its state where it is not active. */
export function latestPieces({ latest, states = {} }: SearchPack): Pieces {
  const state = Object.hasOwn(states, latest) ? states[latest] : undefined;
  return state === undefined ? [piece(latest)] : [piece(`${latest} `), ...statePieces(state)];
}
