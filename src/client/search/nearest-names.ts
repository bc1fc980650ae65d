import { compareText } from '../../model/compare-text.ts';
import type { PreparedPack, Query } from './rank.ts';
import { typosBetween } from './typos.ts';

const MOST_NAMES = 3;

/** Names of packs that are nearest to what was asked for, nearest first; none where nothing is near. */
export function nearestNames({ letters, words }: Query, packs: readonly PreparedPack[]): readonly string[] {
  const near: { readonly name: string; readonly typos: number }[] = [];
  for (const { pack, fields } of packs) {
    const [name, displayName] = fields;
    if (name === undefined || displayName === undefined) continue;
    const parts = [...name.words, ...displayName.words];
    const typos = Math.min(
      distance(letters, name.text.letters),
      distance(letters, displayName.text.letters),
      ...words.map((word) => Math.min(...parts.map((part) => distance(word, part.word)))),
    );
    if (typos < Infinity) near.push({ name: pack.name, typos });
  }
  return near
    .toSorted((a, b) => a.typos - b.typos || compareText(a.name, b.name))
    .slice(0, MOST_NAMES)
    .map(({ name }) => name);
}

/** Up to four of ten letters may differ: more, and the words have nothing to do with one another. */
function distance(a: string, b: string): number {
  return typosBetween(a, b, Math.min(8, Math.round((2 * Math.min(a.length, b.length)) / 5))) ?? Infinity;
}
