import { eastAsianWidth } from 'get-east-asian-width';

const PRINTABLE_ASCII = /^[ -~]*$/u;
const INVISIBLE = /^[\p{M}\p{Cf}\p{Cc}\p{Default_Ignorable_Code_Point}]$/u;
const PICTURE = /^\p{Emoji_Presentation}|^\p{Extended_Pictographic}\ufe0f|^[\u{1f1e6}-\u{1f1ff}]{2}|\ufe0f\u20e3/u;

let segmenter: Intl.Segmenter | undefined;

/** What a reader takes for one character each: a letter with its accents, a picture of several parts. */
export function charactersOf(text: string): readonly string[] {
  if (PRINTABLE_ASCII.test(text)) return text.split('');
  segmenter ??= new Intl.Segmenter('en', { granularity: 'grapheme' });
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Columns that a text takes on a terminal. It holds no line feeds, tabs or sequences. */
export function textWidth(text: string): number {
  if (PRINTABLE_ASCII.test(text)) return text.length;
  return charactersOf(text).reduce((sum, character) => sum + characterWidth(character), 0);
}

export function characterWidth(character: string): number {
  if (PICTURE.test(character)) return 2;
  for (const point of character) {
    if (!INVISIBLE.test(point)) return eastAsianWidth(point.codePointAt(0) ?? 0);
  }
  return 0;
}
