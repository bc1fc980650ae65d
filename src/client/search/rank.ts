import type { SearchPack } from '../../model/documents.ts';
import { allowedTypos } from './typos.ts';
import { findLetters, findMistyped, MATCH_KINDS, textWords, type Match, type TextWord } from './match.ts';
import { searchedText, type SearchedText } from './searched-text.ts';

/** What is searched, from what counts most. */
export const SEARCHED_FIELDS = ['name', 'displayName', 'description'] as const;

export type SearchedField = (typeof SEARCHED_FIELDS)[number];

/** What is asked for. */
export interface Query {
  /** Each of its words has to be found. Never empty. */
  readonly words: readonly string[];
  /** All of them, one right after the other. */
  readonly letters: string;
}

export interface PreparedPack {
  readonly pack: SearchPack;
  /** In the order of `SEARCHED_FIELDS`. */
  readonly fields: readonly PreparedField[];
}

interface PreparedField {
  readonly text: SearchedText;
  readonly words: readonly TextWord[];
}

/** Where something was found in a pack. */
export interface FieldMatch extends Match {
  readonly field: SearchedField;
}

/** How well a pack fits, and what was found in it. */
export interface Ranked {
  readonly pack: SearchPack;
  /** Compared from its first number on: less is better. */
  readonly rank: readonly number[];
  readonly matches: readonly FieldMatch[];
}

export function preparePack(pack: SearchPack): PreparedPack {
  const fields = SEARCHED_FIELDS.map((field): PreparedField => {
    const text = searchedText(pack[field] ?? '');
    return { text, words: textWords(text) };
  });
  return { pack, fields };
}

/** How well a pack fits; undefined when one of the words is not in it. */
export function rankPack({ pack, fields }: PreparedPack, { words, letters }: Query): Ranked | undefined {
  const whole = bestWhole(letters, fields);
  // Words that stand together as they were typed are more than the same words here and there.
  const matches = whole === undefined ? eachOf(words, fields) : [whole];
  if (matches === undefined) return undefined;
  const worst = Math.max(...matches.map(rankOf));
  const typos = matches.reduce((sum, match) => sum + match.typos, 0);
  const sum = matches.reduce((total, match) => total + rankOf(match), 0);
  const unusable = Number(Object.hasOwn(pack.states ?? {}, pack.latest));
  return {
    pack,
    rank: [Number(whole === undefined), worst, typos, sum, unusable, fields[0]?.text.letters.length ?? 0],
    matches,
  };
}

/** Every field counts more than all below it, but what was mistyped comes after all that was not. */
function rankOf({ field, kind }: FieldMatch): number {
  const [place, quality] = [SEARCHED_FIELDS.indexOf(field), MATCH_KINDS.indexOf(kind)];
  const whole = MATCH_KINDS.length - 1;
  return kind === 'typo' ? SEARCHED_FIELDS.length * whole + place : place * whole + quality;
}

/** Where each of some words is found; undefined when one is not. */
function eachOf(words: readonly string[], fields: readonly PreparedField[]): readonly FieldMatch[] | undefined {
  const matches: FieldMatch[] = [];
  for (const word of words) {
    const match = bestWhole(word, fields) ?? bestMistyped(word, fields);
    if (match === undefined) return undefined;
    matches.push(match);
  }
  return matches;
}

function bestWhole(letters: string, fields: readonly PreparedField[]): FieldMatch | undefined {
  return firstMatch(fields, ({ text }) => findLetters(letters, text));
}

function bestMistyped(letters: string, fields: readonly PreparedField[]): FieldMatch | undefined {
  const most = allowedTypos(letters.length);
  return firstMatch(fields, ({ words }) => findMistyped(letters, words, most));
}

function firstMatch(
  fields: readonly PreparedField[],
  find: (field: PreparedField) => Match | undefined,
): FieldMatch | undefined {
  for (const [index, field] of SEARCHED_FIELDS.entries()) {
    const prepared = fields[index];
    const match = prepared === undefined ? undefined : find(prepared);
    if (match !== undefined) return { ...match, field };
  }
  return undefined;
}
