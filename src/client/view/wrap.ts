import type { Piece, Pieces } from './pieces.ts';
import { characterWidth, charactersOf, textWidth } from './text-width.ts';

/** A word, which may be in several styles, and the columns it takes. */
interface Word {
  readonly pieces: Piece[];
  width: number;
}

/**
 * A text in lines of at most that many columns, broken between words. A longer word is broken where the line ends, or
 * shortly before that behind a dot, a slash or a hyphen; except for an address, which must stay in one piece for who
 * copies it.
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

/** A character of a word, which keeps its style, and the columns it takes. */
type Character = Piece & { readonly width: number };

function broken({ pieces }: Word, room: number): Word[] {
  const characters = pieces.flatMap((each) =>
    charactersOf(each.text).map((text): Character => ({ ...each, text, width: characterWidth(text) })),
  );
  const parts: Word[] = [];
  for (let at = 0; at < characters.length;) {
    const end = endOfPart(characters, at, room);
    parts.push(joined(characters.slice(at, end)));
    at = end;
  }
  return parts;
}

/** Where a part of a word ends that begins there: at least one character is in it. */
function endOfPart(characters: readonly Character[], start: number, room: number): number {
  let [end, used, seam] = [start, 0, start];
  for (; end < characters.length; end += 1) {
    const { text, width } = characters[end] as Character;
    if (used > 0 && used + width > room) return seam > start ? seam : end;
    used += width;
    if (/[./_-]/u.test(text) && used > room / 2) seam = end + 1;
  }
  return end;
}

function joined(characters: readonly Character[]): Word {
  const pieces: Piece[] = [];
  for (const { text, width: _, ...style } of characters) {
    const last = pieces.at(-1);
    if (last !== undefined && last.style === style.style) pieces.splice(-1, 1, { ...last, text: last.text + text });
    else pieces.push({ text, ...style });
  }
  return { pieces, width: characters.reduce((sum, { width }) => sum + width, 0) };
}
