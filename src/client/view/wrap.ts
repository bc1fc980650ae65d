import type { Piece, Pieces } from './pieces.ts';
import { characterWidth, charactersOf, textWidth } from './text-width.ts';

/** A word, which may be in several styles, and the columns it takes. */
interface Word {
  readonly pieces: Piece[];
  width: number;
}

/**
 * A text in lines of at most that many columns, broken between words. A longer word is broken where the line ends, except
 * for an address, which must stay in one piece for who copies it.
 */
export function wrap(pieces: Pieces, width: number, options: { readonly breakAddresses?: boolean } = {}): Pieces[] {
  const room = Math.max(1, width);
  const lines: Piece[][] = [[]];
  let used = 0;
  for (const word of wordsOf(pieces)) {
    if (used > 0 && used + 1 + word.width <= room) {
      appendTo(lines, blankBetween(lines.at(-1)?.at(-1), word));
      for (const each of word.pieces) appendTo(lines, each);
      used += 1 + word.width;
      continue;
    }
    const parts =
      word.width <= room || (isAddress(word) && options.breakAddresses !== true) ? [word] : broken(word, room);
    for (const part of parts) {
      if (used > 0) lines.push([]);
      for (const each of part.pieces) appendTo(lines, each);
      used = part.width;
    }
  }
  return lines;
}

function appendTo(lines: readonly Piece[][], piece: Piece): void {
  lines.at(-1)?.push(piece);
}

/** A blank between two words of one style belongs to it: an underlined title has no gaps. */
function blankBetween(last: Piece | undefined, { pieces: [first] }: Word): Piece {
  const style = first?.style;
  return style === undefined || style !== last?.style ? { text: ' ' } : { text: ' ', style };
}

function isAddress({ pieces }: Word): boolean {
  return pieces.some(({ text }) => text.includes('://'));
}

function wordsOf(pieces: Pieces): Word[] {
  const words: Word[] = [];
  let open = false;
  for (const { text, ...style } of pieces) {
    for (const part of text.split(/( +)/u)) {
      if (part === '') continue;
      if (part.startsWith(' ')) {
        open = false;
        continue;
      }
      const next: Piece = { text: part, ...style };
      const width = textWidth(part);
      const word = words.at(-1);
      if (open && word !== undefined) {
        word.pieces.push(next);
        word.width += width;
      } else {
        words.push({ pieces: [next], width });
        open = true;
      }
    }
  }
  return words;
}

function broken({ pieces }: Word, room: number): Word[] {
  const parts: Word[] = [{ pieces: [], width: 0 }];
  for (const { text, ...style } of pieces) {
    let run = '';
    for (const character of charactersOf(text)) {
      const width = characterWidth(character);
      let part = parts.at(-1) as Word;
      if (part.width > 0 && part.width + width > room) {
        if (run !== '') part.pieces.push({ text: run, ...style });
        run = '';
        part = { pieces: [], width: 0 };
        parts.push(part);
      }
      run += character;
      part.width += width;
    }
    if (run !== '') parts.at(-1)?.pieces.push({ text: run, ...style });
  }
  return parts;
}
