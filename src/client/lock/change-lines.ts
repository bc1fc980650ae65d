import { compareVersions } from '../../model/version.ts';
import { dayOf } from '../view/day-of.ts';
import { piece, type Pieces } from '../view/pieces.ts';
import { statePieces } from '../view/status-pieces.ts';
import type { LockChange, PlannedVersion } from './plan-pack.ts';

/** What becomes of pins, a line for each that changes. */
export function changeLines(changes: readonly LockChange[]): Pieces[] {
  const changed = changes.filter(({ kind }) => kind !== 'unchanged');
  const width = changed.reduce((most, { name }) => Math.max(most, name.length), 0);
  return changed.map((change) => [
    piece(`  ${SIGNS[change.kind]} `, STYLES[change.kind]),
    piece(`${change.name.padEnd(width)}  `),
    ...changePieces(change),
  ]);
}

const SIGNS: Readonly<Record<LockChange['kind'], string>> = {
  added: '+',
  removed: '-',
  moved: '~',
  replaced: '!',
  recompressed: '~',
  reworded: '~',
  unchanged: ' ',
};

const STYLES: Partial<Record<LockChange['kind'], 'green' | 'red' | 'cyan' | 'yellow'>> = {
  added: 'green',
  removed: 'red',
  moved: 'cyan',
  replaced: 'yellow',
};

function changePieces({ kind, from, to, reason = '' }: LockChange): Pieces {
  const elsewhere = from !== undefined && to !== undefined && from.registry !== to.registry;
  switch (kind) {
    case 'added':
      return versionPieces(to);
    case 'removed':
      return [...versionPieces(from), piece(', not named any more')];
    case 'moved': {
      const lower = from !== undefined && to !== undefined && compareVersions(to.version, from.version) < 0;
      return [
        ...versionPieces(from, elsewhere),
        piece(' → '),
        ...versionPieces(to, elsewhere),
        ...(lower ? [piece(', a lower version', 'yellow')] : []),
      ];
    }
    case 'replaced':
      return [...versionPieces(to), piece(`, another content: ${reason.trim().replaceAll(/\s+/gu, ' ')}`)];
    case 'recompressed':
      return [...versionPieces(to), piece(', the same content in another archive')];
    case 'reworded':
      return [...versionPieces(to), piece(', as before; packyard.json asks for it in other words')];
    default:
      return versionPieces(to);
  }
}

function versionPieces(version: PlannedVersion | undefined, withRegistry = false): Pieces {
  if (version === undefined) return [];
  const facts = [withRegistry ? version.registry : '', dayOf(version.publishedAt)].filter((fact) => fact !== '');
  const state = version.status === undefined ? [] : [piece(', '), ...statePieces(version.status.state)];
  return [piece(version.version), piece(facts.length === 0 ? '' : ` (${facts.join(', ')})`), ...state];
}
