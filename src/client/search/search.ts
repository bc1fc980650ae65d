import type { SearchDocument, SearchPack } from '../../model/documents.ts';
import { compareText } from '../../model/compare-text.ts';
import type { Layer } from '../../model/layer.ts';
import type { MatchKind } from './match.ts';
import { nearestNames } from './nearest-names.ts';
import { preparePack, rankPack, type PreparedPack, type Query, type Ranked, type SearchedField } from './rank.ts';
import { searchedText, tracedText, wordsOf } from './searched-text.ts';

/** Which packs are searched. */
export interface SearchFilter {
  readonly layer?: Layer;
  /** A cloud that the pack supports; a pack for all clouds supports each. */
  readonly cloud?: string;
  /** Type of an add-on: `ingress`, `app services`; case, blanks and hyphens do not matter. */
  readonly type?: string;
  /** Hits at most; all unless told. */
  readonly limit?: number;
}

/** A part of a field, in code units: the first one, and the one behind the last. */
export interface FoundPart {
  readonly field: SearchedField;
  readonly start: number;
  readonly end: number;
}

export interface SearchHit {
  readonly pack: SearchPack;
  /** How the best part was found, and in which field; absent where nothing was asked for. */
  readonly kind?: MatchKind;
  readonly field?: SearchedField;
  readonly found: readonly FoundPart[];
}

export interface SearchResult {
  /** Best first. */
  readonly hits: readonly SearchHit[];
  /** How many there are, with those beyond the limit. */
  readonly total: number;
  /** How many more there are without the filter. */
  readonly filteredOut: number;
  /** Where there is no hit at all: names that are nearest to what was asked for, at most three. */
  readonly nearest: readonly string[];
}

/** Longer questions are cut off: nobody types so much. */
const LONGEST = 256;
const MOST_WORDS = 12;

const prepared = new WeakMap<SearchDocument, readonly PreparedPack[]>();

/**
 * The packs of a registry that fit some words, best first. All words have to be found, in its name, its display name or
 * its description, in this order; as the whole of it, its beginning, a word of it, a part of a word, or with typos: one
 * in a word from four letters on, two from eight on, and two letters that changed places are one. Case, accents and what
 * stands between words do not matter: `argocd` finds `argo-cd`. Blank text finds every pack, ordered by name.
 *
 * The order is total, and depends on the packs alone. Takes time in proportion to them, and never throws. A document is
 * prepared when it is searched first, and must not be changed after that.
 */
export function search(document: SearchDocument, text: string, filter: SearchFilter = {}): SearchResult {
  const query = queryOf(text);
  const all = preparedPacks(document);
  const ranked = query === undefined ? [] : all.flatMap((pack) => rankPack(pack, query) ?? []);
  const found = text.trim() === '' ? all.map(({ pack }): Ranked => ({ pack, rank: [], matches: [] })) : ranked;
  const wanted = found.filter(({ pack }) => passes(pack, filter)).toSorted(compareRanked);
  return {
    hits: wanted.slice(0, filter.limit ?? Infinity).map(hitOf),
    total: wanted.length,
    filteredOut: found.length - wanted.length,
    nearest: found.length === 0 && query !== undefined ? nearestNames(query, all) : [],
  };
}

/** Whether a filter lets a pack through. Its limit counts for nothing. */
function passes({ layer, cloudTypes, addonType }: SearchPack, filter: SearchFilter): boolean {
  if (filter.layer !== undefined && layer !== filter.layer) return false;
  if (filter.type !== undefined && !isSame(addonType ?? '', filter.type)) return false;
  const { cloud } = filter;
  return cloud === undefined || cloudTypes.some((each) => isSame(each, cloud) || isSame(each, 'all'));
}

function isSame(a: string, b: string): boolean {
  return searchedText(a).letters === searchedText(b).letters;
}

function queryOf(text: string): Query | undefined {
  const words = wordsOf(searchedText(text.slice(0, LONGEST))).slice(0, MOST_WORDS);
  return words.length === 0 ? undefined : { words, letters: words.join('') };
}

function preparedPacks(document: SearchDocument): readonly PreparedPack[] {
  const before = prepared.get(document);
  if (before !== undefined) return before;
  const packs = document.packs.map(preparePack);
  prepared.set(document, packs);
  return packs;
}

function compareRanked(a: Ranked, b: Ranked): number {
  for (let index = 0; index < a.rank.length; index += 1) {
    const order = (a.rank[index] ?? 0) - (b.rank[index] ?? 0);
    if (order !== 0) return order;
  }
  return compareText(a.pack.name, b.pack.name);
}

function hitOf({ pack, matches }: Ranked): SearchHit {
  const [best] = matches;
  const found = matches.map(({ field, start, end }): FoundPart => {
    const { origins } = tracedText(pack[field] ?? '');
    return { field, start: origins[start]?.[0] ?? 0, end: origins[end - 1]?.[1] ?? 0 };
  });
  return { pack, ...(best !== undefined && { kind: best.kind, field: best.field }), found };
}
