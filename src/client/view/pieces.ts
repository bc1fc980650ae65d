import type { Paint } from '../../check/format-finding.ts';
import { escapeLogCommands } from '../../check/one-line.ts';
import { escapeControl } from '../../model/escape-control.ts';
import { characterWidth, charactersOf, textWidth } from './text-width.ts';

export type Style = Parameters<Paint>[0];

/** A part of a line, in one style. */
export interface Piece {
  /** Holds no control characters. */
  readonly text: string;
  readonly style?: Style;
}

export type Pieces = readonly Piece[];

/** A part of a line, from a text that anybody may have written: what a terminal would obey is shown escaped. */
export function piece(text: string, style?: Style): Piece {
  const safe = escapeControl(text).replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  return { text: safe, ...(style !== undefined && { style }) };
}

export function widthOf(pieces: Pieces): number {
  return pieces.reduce((sum, { text }) => sum + textWidth(text), 0);
}

/** GitHub reads `::command::` where a line starts with it, blanks aside. */
const LEADING_COMMAND = /^(?<blanks>\s*):(?=:)/u;

/** A line as it is printed. What a log would take for a command, as a whole, is broken. */
export function lineText(pieces: Pieces, paint: Paint): string {
  const line = pieces
    .map(({ text, style }) => (style === undefined || text === '' ? text : paint(style, text)))
    .join('');
  return escapeLogCommands(line).replace(LEADING_COMMAND, '$<blanks>\\u003a');
}

/** Lines, each with its line feed. */
export function linesText(lines: readonly Pieces[], paint: Paint): string {
  return lines.map((line) => `${lineText(line, paint).trimEnd()}\n`).join('');
}

/** What of a line fits into that many columns. Where the first part with a style would be cut off, its beginning is. */
export function fitted(pieces: Pieces, width: number): Pieces {
  if (widthOf(pieces) <= width) return pieces;
  const marked = pieces.findIndex(({ style }) => style !== undefined);
  const before = pieces.slice(0, Math.max(0, marked));
  const marks = marked === -1 ? 0 : widthOf(before) + Math.min(width - 2, widthOf(pieces.slice(marked, marked + 1)));
  if (marks < width) return cut(pieces, width);
  const lead = cutStart(before, Math.max(0, Math.floor(width / 3)));
  return cut([...lead, ...pieces.slice(marked)], width);
}

function cut(pieces: Pieces, width: number): Pieces {
  if (widthOf(pieces) <= width) return pieces;
  const kept: Piece[] = [];
  let left = width - 1;
  for (const each of pieces) {
    const text = firstColumns(each.text, left);
    kept.push({ ...each, text });
    left -= textWidth(text);
    if (text.length < each.text.length) break;
  }
  return width < 1 ? [] : [...kept, { text: '…' }];
}

/** The end of some pieces that have no style, after a sign that something was left out. */
function cutStart(pieces: Pieces, width: number): Pieces {
  const characters = charactersOf(pieces.map(({ text }) => text).join(''));
  let [at, left] = [characters.length, width - 1];
  while (at > 0 && left >= characterWidth(characters[at - 1] ?? '')) {
    at -= 1;
    left -= characterWidth(characters[at] ?? '');
  }
  return [{ text: `…${characters.slice(at).join('')}` }];
}

/** The longest beginning of a text that takes at most that many columns. */
function firstColumns(text: string, width: number): string {
  let [taken, columns] = ['', 0];
  for (const character of charactersOf(text)) {
    columns += characterWidth(character);
    if (columns > width) break;
    taken += character;
  }
  return taken;
}
