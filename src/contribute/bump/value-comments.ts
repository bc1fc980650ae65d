import { Parser } from 'yaml';

import { lineText } from './value-edits.ts';
import { applyEdits, type TextEdit } from './text-edits.ts';
import type { ValuesText, ValueTree, WrittenPair } from './value-tree.ts';
import type { ValuesPart } from './values-section.ts';

interface Comment {
  readonly line: number;
  /** From the `#` on. */
  readonly text: string;
  /** Whether a value stands in front of it. */
  readonly beside: boolean;
}

interface PlacedPair {
  readonly path: string;
  readonly written: WrittenPair;
  readonly isLeaf: boolean;
}

/** A text with the comments that the author added to the base, above or beside the values that they are about. */
export function withComments(
  { values: host, root, to }: ValuesPart,
  { base, ours }: { readonly base: ValuesText; readonly ours: ValuesPart },
): string {
  const known = new Set([...commentsOf(base.text), ...commentsOf(host.text)].map((comment) => comment.text));
  const added = commentsOf(ours.values.text).filter(
    ({ line, text }) => ours.from <= line && line < ours.to && !known.has(text),
  );
  if (added.length === 0) return host.text;
  const pairs = pairsOf(ours.root);
  const here = new Map(pairsOf(root).map((pair) => [pair.path, pair]));
  const following: (PlacedPair | undefined)[] = [];
  for (const { path } of pairs.toReversed()) following.push(here.get(path) ?? following.at(-1));
  following.reverse();
  const places = { host, here, pairs, following, end: to, indent: indentOf(root), taken: new Set<number>() };
  return applyEdits(
    host.text,
    added.map((comment) => editFor(comment, places)),
  );
}

function indentOf({ entries }: ValueTree): number {
  return [...(entries?.values() ?? [])].find(({ written }) => written !== undefined)?.written?.indent ?? 0;
}

interface Places {
  readonly host: ValuesText;
  readonly here: ReadonlyMap<string, PlacedPair>;
  readonly pairs: readonly PlacedPair[];
  /** For each of the pairs the first from there on that is still there, as it stands there. */
  readonly following: readonly (PlacedPair | undefined)[];
  /** Where what is about nothing that is still there goes, and how far it is indented. */
  readonly end: number;
  readonly indent: number;
  /** Lines that got a comment behind their value. */
  readonly taken: Set<number>;
}

function editFor({ line, text, beside }: Comment, places: Places): TextEdit {
  const { host, here, pairs, taken } = places;
  const next = firstBehind(pairs, line);
  const inside = pairs[next - 1];
  const isInside = inside !== undefined && inside.isLeaf && line < inside.written.to;
  const isKey = beside && inside?.written.from === line;
  const own = isInside || isKey ? here.get(inside.path) : undefined;
  const owner = own ?? places.following[next];
  if (owner === undefined) return { from: places.end, to: places.end, lines: [' '.repeat(places.indent) + text] };
  const { from, to, indent, end } = owner.written;
  const shown = lineText(host, from);
  const isFree = to === from + 1 && end - host.lines.startOf(from) === shown.length;
  if (beside && isFree && !taken.has(from)) {
    taken.add(from);
    return { from, to, lines: [`${shown} ${text}`] };
  }
  return { from, to: from, lines: [' '.repeat(indent) + text] };
}

/** The index of the first pair that begins behind a line. */
function firstBehind(pairs: readonly PlacedPair[], line: number): number {
  let [low, high] = [0, pairs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((pairs[middle]?.written.from ?? 0) > line) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** In the order of the text. */
function pairsOf(tree: ValueTree, path: readonly string[] = []): PlacedPair[] {
  if (!tree.block) return [];
  return [...(tree.entries ?? [])].flatMap(([key, { value, written }]): PlacedPair[] => {
    if (written === undefined) return [];
    const own = [...path, key];
    const inner = pairsOf(value, own);
    return [{ path: JSON.stringify(own), written, isLeaf: inner.length === 0 }, ...inner];
  });
}

/** Of a text that was parsed before, so that it is bounded in depth. */
function commentsOf(text: string): Comment[] {
  const comments: Comment[] = [];
  let line = 0;
  let counted = 0;
  const visit = (token: unknown): void => {
    if (typeof token !== 'object' || token === null) return;
    if ('type' in token && token.type === 'comment' && 'offset' in token && 'source' in token) {
      const [offset, source] = [Number(token.offset), String(token.source)];
      for (let at = text.indexOf('\n', counted); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) {
        line += 1;
        counted = at + 1;
      }
      const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
      comments.push({ line, text: source.trimEnd(), beside: text.slice(lineStart, offset).trim() !== '' });
      return;
    }
    for (const value of Object.values(token)) visit(value);
  };
  for (const token of new Parser().parse(text)) visit(token);
  return comments.toSorted((a, b) => a.line - b.line);
}
