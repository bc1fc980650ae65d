import { createHash } from 'node:crypto';

import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  parseDocument,
  Scalar,
  type Document,
  type Node,
  type Pair,
  type YAMLMap,
} from 'yaml';

import { LIMITS } from '../../model/limits.ts';
import { parseYaml } from '../../pack/yaml-document.ts';
import { lineIndex, type LineIndex } from './line-index.ts';

/** A value of a YAML text. Two are the same value where `identity` is the same, however they are written. */
export interface ValueTree {
  readonly identity: string;
  /** Of a mapping with keys that are text, in the order of the text; those of merge keys last. */
  readonly entries?: ReadonlyMap<string, ValueEntry>;
  /** Whether it is a mapping with each key on a line of its own. */
  readonly block: boolean;
  readonly node: Node | undefined;
}

export interface ValueEntry {
  readonly value: ValueTree;
  /** Absent for what a merge key brings, and in a mapping in braces. */
  readonly written?: WrittenPair;
}

/** Where a key and its value stand. */
export interface WrittenPair {
  /** Lines, counted from 0; the end is exclusive. */
  readonly from: number;
  readonly to: number;
  /** Blanks in front of the key. */
  readonly indent: number;
  /** Offsets of the key, and of the end of the value. */
  readonly start: number;
  readonly end: number;
}

/** A YAML text that can be merged. */
export interface ValuesText {
  readonly text: string;
  readonly lines: LineIndex;
  readonly document: Document.Parsed;
  /** An empty text is an empty mapping. */
  readonly root: ValueTree;
}

export const EMPTY: ValueTree = { identity: identityOfMapping([]), entries: new Map(), block: false, node: undefined };

/** Reads one YAML document, which must be a mapping or empty; otherwise why it is none. */
export function readValues(text: string): ValuesText | { readonly problem: string } {
  // Bounds on depth and on what aliases expand to are kept there.
  const checked = parseYaml(text, { depth: LIMITS.depth, nodes: LIMITS.yamlNodes });
  if ('problem' in checked) {
    const { problem } = checked;
    return { problem: problem.kind === 'invalid' ? problem.reason : problem.kind.replaceAll('-', ' ') };
  }
  // Keys that stand twice were refused above; looking for them again takes the square of their number.
  const document = parseDocument(text, {
    uniqueKeys: false,
    version: '1.2',
    merge: true,
    keepSourceTokens: false,
    logLevel: 'silent',
  });
  const [error] = document.errors;
  if (error !== undefined) return { problem: error.message.split('\n', 1)[0] ?? '' };
  const lines = lineIndex(text);
  const reader: Reader = { text, lines, document, known: new Map() };
  const { contents } = document;
  const isEmpty = contents === null || (isScalar(contents) && contents.value === null);
  const root = isEmpty ? EMPTY : treeOf(reader, contents);
  return root.entries === undefined ? { problem: 'it is no mapping' } : { text, lines, document, root };
}

/** The identity of a mapping with these entries. */
export function identityOfMapping(entries: Iterable<readonly [string, string]>): string {
  const sorted = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return shortened(`{${sorted.map(([key, identity]) => `${JSON.stringify(key)}:${identity}`).join(',')}}`);
}

interface Reader {
  readonly text: string;
  readonly lines: LineIndex;
  readonly document: Document.Parsed;
  readonly known: Map<Node, ValueTree>;
}

function treeOf(reader: Reader, node: unknown): ValueTree {
  if (isAlias(node)) {
    const target = node.resolve(reader.document);
    return { ...treeOf(reader, target ?? null), block: false, node };
  }
  if (isScalar(node)) return { identity: identityOfScalar(node), block: false, node };
  if (!isMap(node) && !isSeq(node)) return { identity: 'null', block: false, node: undefined };
  const known = reader.known.get(node);
  if (known !== undefined) return known;
  const tree = isMap(node) ? mappingOf(reader, node) : listOf(reader, node.items, node);
  reader.known.set(node, tree);
  return tree;
}

function listOf(reader: Reader, items: readonly unknown[], node: Node): ValueTree {
  const identities = items.map((item) => (isPair(item) ? opaque(reader, node) : treeOf(reader, item)).identity);
  return { identity: shortened(`[${identities.join(',')}]`), block: false, node };
}

/** An unquoted `{{ .x }}` is a mapping that is the key of a mapping: its text is what it is. */
function opaque({ text }: Reader, node: Node): ValueTree {
  const [start, end] = node.range ?? [0, 0];
  return { identity: shortened(`text:${JSON.stringify(text.slice(start, end))}`), block: false, node };
}

function mappingOf(reader: Reader, node: YAMLMap): ValueTree {
  const entries = new Map<string, ValueEntry>();
  const merged: ValueTree[] = [];
  let block = node.flow !== true;
  for (const pair of node.items) {
    const key = isScalar(pair.key) ? keyText(pair.key) : undefined;
    if (key === undefined) return opaque(reader, node);
    const value = treeOf(reader, pair.value);
    const written = block ? writtenPair(reader, pair) : undefined;
    if (written === undefined) block = false;
    if (key === '<<' && isScalar(pair.key) && pair.key.type === Scalar.PLAIN)
      merged.push(...mergedOf(reader, pair.value));
    else entries.set(key, { value, ...(written !== undefined && { written }) });
  }
  for (const { entries: more } of merged) {
    for (const [key, { value }] of more ?? []) if (!entries.has(key)) entries.set(key, { value });
  }
  const identity = identityOfMapping(Array.from(entries, ([key, { value }]) => [key, value.identity] as const));
  return { identity, entries, block, node };
}

function mergedOf(reader: Reader, value: unknown): ValueTree[] {
  const target = isAlias(value) ? value.resolve(reader.document) : value;
  return isSeq(target) ? target.items.map((item) => treeOf(reader, item)) : [treeOf(reader, target)];
}

function keyText({ value, source }: Scalar): string | undefined {
  if (typeof value === 'string') return value;
  // Numbers and the like are keys as they are written.
  return source ?? (value === null ? 'null' : String(value));
}

function writtenPair({ text, lines }: Reader, { key, value }: Pair): WrittenPair | undefined {
  const start = isScalar(key) ? key.range?.[0] : undefined;
  const keyEnd = isScalar(key) ? key.range?.[1] : undefined;
  if (start === undefined || keyEnd === undefined) return undefined;
  const from = lines.lineOf(start);
  const indent = start - lines.startOf(from);
  if (!/^ *$/u.test(text.slice(lines.startOf(from), start))) return undefined;
  const colon = text.indexOf(':', keyEnd);
  let end = Math.max(contentEnd(text, value) ?? keyEnd, colon + 1);
  // A value that is not written is said to begin behind the blanks, at its comment.
  while (end > colon + 1 && /[ \t]/u.test(text.charAt(end - 1))) end -= 1;
  const last = lines.lineOf(text[end - 1] === '\n' ? end - 1 : end);
  return { from, to: last + 1, indent, start, end };
}

/** Behind the last character that belongs to a value, without the comments behind it. */
function contentEnd(text: string, node: unknown): number | undefined {
  if (isMap(node) && node.flow !== true) {
    const last = node.items.at(-1);
    return last === undefined ? undefined : (contentEnd(text, last.value) ?? contentEnd(text, last.key));
  }
  if (isSeq(node) && node.flow !== true) {
    const last = node.items.at(-1);
    if (isPair(last)) return contentEnd(text, last.value) ?? contentEnd(text, last.key);
    return last === undefined ? undefined : (contentEnd(text, last) ?? node.range?.[1]);
  }
  if (isScalar(node) && node.value === null && node.source === '') return node.range?.[0];
  const end = isScalar(node) || isAlias(node) || isMap(node) || isSeq(node) ? node.range?.[1] : undefined;
  const isBlock = isScalar(node) && (node.type === Scalar.BLOCK_LITERAL || node.type === Scalar.BLOCK_FOLDED);
  if (!isBlock || end === undefined) return end;
  const start = node.range?.[0] ?? 0;
  // Blank lines at the end matter only to those that keep them.
  const isKept = /^[|>]\d?\+/u.test(text.slice(start, start + 3));
  return isKept ? end : start + text.slice(start, end).trimEnd().length;
}

function identityOfScalar({ value }: Scalar): string {
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value);
  if (typeof value === 'bigint') return String(value);
  return shortened(JSON.stringify(value) ?? 'null');
}

/** Aliases may repeat large values: what stands for them is small. */
function shortened(identity: string): string {
  return identity.length <= 200 ? identity : `#${createHash('sha256').update(identity).digest('hex')}`;
}
