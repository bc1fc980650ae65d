import { compareVersions } from '../../model/version.ts';
import { piece, type Pieces } from '../view/pieces.ts';
import { statusPieces } from '../view/status-pieces.ts';
import { table, type Column } from '../view/table.ts';
import type { OutdatedPack } from './outdated-packs.ts';

const COLUMNS: readonly Column[] = [
  { title: 'pack' },
  { title: 'locked' },
  { title: 'fits' },
  { title: 'newest' },
  { title: 'asked for', least: 6 },
  { title: 'status', least: 10 },
];

/** Whether there is something to say of a pack: also that there is a newer release than what is asked for. */
export function isBehind({ outdated, locked, newest }: OutdatedPack): boolean {
  const higher = locked !== undefined && newest !== undefined && compareVersions(newest.version, locked.version) > 0;
  return outdated || higher || locked?.status !== undefined;
}

/** Packs as a table; the last column only where a pinned release has a status. */
export function outdatedLines(packs: readonly OutdatedPack[], width?: number): Pieces[] {
  const spoken = packs.some(({ locked }) => locked?.status !== undefined);
  const rows = packs.map(({ name, selector, locked, fits, newest }) => [
    [piece(name)],
    versionPieces(locked, undefined),
    versionPieces(fits, locked),
    versionPieces(newest, locked),
    [piece(selector)],
    locked?.status === undefined ? [] : statusPieces(locked.status),
  ]);
  return table(spoken ? COLUMNS : COLUMNS.slice(0, -1), rows, width);
}

function versionPieces(shown: OutdatedPack['locked'], locked: OutdatedPack['locked']): Pieces {
  if (shown === undefined) return [piece('-')];
  return [
    locked === undefined || locked.version === shown.version ? piece(shown.version) : piece(shown.version, 'green'),
  ];
}
