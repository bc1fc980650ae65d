import type { ReleaseStatus } from '../../model/status.ts';
import { piece, type Pieces, type Style } from './pieces.ts';

const STYLES: Readonly<Record<ReleaseStatus['state'], Style>> = {
  deprecated: 'yellow',
  disabled: 'red',
  yanked: 'red',
};

/** A state, in its colour. */
export function statePieces(state: ReleaseStatus['state']): Pieces {
  return [piece(state, STYLES[state])];
}

/** What is said of a release: its state, since when, why, and what to use instead. */
export function statusPieces({ state, at, reason, replacement }: ReleaseStatus): Pieces {
  return [
    ...statePieces(state),
    piece(at === undefined ? '' : ` since ${at}`),
    piece(reason.trim() === '' ? '' : `: ${reason.trim().replaceAll(/\s+/gu, ' ')}`),
    ...(replacement === undefined ? [] : [piece(' → '), piece(replacement, 'green')]),
  ];
}
