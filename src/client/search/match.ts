import { isFarther, lettersIn, typosBetween } from './typos.ts';
import { wordsOf, type SearchedText } from './searched-text.ts';

/** How well a text fits, best first. */
export const MATCH_KINDS = ['exact', 'prefix', 'word', 'substring', 'typo'] as const;

export type MatchKind = (typeof MATCH_KINDS)[number];

/** Where in the letters of a text something was found, and how. */
export interface Match {
  readonly kind: MatchKind;
  readonly start: number;
  readonly end: number;
  /** 0 unless the kind is `typo`. */
  readonly typos: number;
}

/**
 * How letters are found in a text: they are all of it, begin it, begin a word of it, or stand within one word. Those that
 * begin with a word may go on over the next ones.
 */
export function findLetters(letters: string, text: SearchedText): Match | undefined {
  if (letters === '') return undefined;
  const found = (kind: MatchKind, start: number): Match => ({ kind, start, end: start + letters.length, typos: 0 });
  let within: Match | undefined;
  let word = 0;
  for (let at = text.letters.indexOf(letters); at !== -1; at = text.letters.indexOf(letters, at + 1)) {
    if (at === 0) return found(letters.length === text.letters.length ? 'exact' : 'prefix', 0);
    while ((text.starts[word] ?? Infinity) < at) word += 1;
    if (text.starts[word] === at) return found('word', at);
    if (within === undefined && at + letters.length <= (text.starts[word] ?? 0)) within = found('substring', at);
  }
  return within;
}

/** A word of a text, with what its letters are. */
export interface TextWord {
  readonly word: string;
  /** Where it begins in the letters of the text. */
  readonly start: number;
  readonly holds: number;
}

export function textWords(text: SearchedText): readonly TextWord[] {
  return wordsOf(text).map((word, index) => ({ word, start: text.starts[index] ?? 0, holds: lettersIn(word) }));
}

/** The word of a text that is nearest to one that was mistyped: the first where several are. */
export function findMistyped(letters: string, words: readonly TextWord[], most: number): Match | undefined {
  if (most === 0) return undefined;
  const holds = lettersIn(letters);
  let best: Match | undefined;
  let left = most;
  for (const { word, start, holds: others } of words) {
    if (Math.abs(word.length - letters.length) > left || isFarther(holds, others, left)) continue;
    const typos = typosBetween(letters, word, left);
    if (typos === undefined) continue;
    best = { kind: 'typo', start, end: start + word.length, typos };
    if (typos <= 1) break;
    left = typos - 1;
  }
  return best;
}
