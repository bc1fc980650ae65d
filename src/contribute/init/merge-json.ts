import {
  evaluate,
  parse,
  type ArrayNode,
  type MemberNode,
  type ObjectNode,
  type ValueNode,
} from '@humanwhocodes/momoa';

import { isMapping } from '../../model/json-value.ts';

/** A JSON text with what was missing, all the rest as it was. */
export interface MergedJson {
  readonly text: string;
  /** What is there and is something else. It stays. */
  readonly different: readonly DifferentJson[];
}

export interface DifferentJson {
  readonly path: readonly string[];
  /** What was to be there. */
  readonly wanted: unknown;
}

export interface MergeJsonOptions {
  /** Members by which entries of lists are told apart: an entry with the same one is there already. */
  readonly identity?: string;
}

/** An addition to a text, between two characters of it. */
interface Insertion {
  readonly offset: number;
  readonly text: string;
}

interface Merging extends MergeJsonOptions {
  readonly source: string;
  readonly insertions: Insertion[];
  readonly different: DifferentJson[];
}

/**
 * Adds members and list entries that are missing to a JSON text, which may have comments and commas at the end. Undefined
 * where the text cannot be read or is no object.
 */
export function mergeJson(
  text: string,
  wanted: Readonly<Record<string, unknown>>,
  options: MergeJsonOptions = {},
): MergedJson | undefined {
  const root = rootOf(text);
  if (root?.type !== 'Object') return undefined;
  const merging: Merging = { ...options, source: text, insertions: [], different: [] };
  mergeObject(merging, root, wanted, []);
  // From the end, so that offsets stay right.
  const ordered = merging.insertions.map((each, order) => ({ ...each, order }));
  ordered.sort((a, b) => b.offset - a.offset || b.order - a.order);
  const merged = ordered.reduce(
    (all, { offset, text: added }) => all.slice(0, offset) + added + all.slice(offset),
    text,
  );
  return { text: merged, different: merging.different };
}

function rootOf(text: string): ValueNode | undefined {
  try {
    return parse(text, { mode: 'jsonc', ranges: true, allowTrailingCommas: true }).body;
  } catch {
    return undefined;
  }
}

function mergeObject(
  merging: Merging,
  node: ObjectNode,
  wanted: Readonly<Record<string, unknown>>,
  path: readonly string[],
): void {
  const missing: string[] = [];
  for (const [key, value] of Object.entries(wanted)) {
    // Of two members with one name the last one counts.
    const there = node.members.findLast((member) => keyOf(member) === key)?.value;
    if (there === undefined) missing.push(key);
    else mergeValue(merging, there, value, [...path, key]);
  }
  append(
    merging,
    node,
    node.members,
    missing.map((key) => ({ key, value: wanted[key] })),
  );
}

function mergeValue(merging: Merging, node: ValueNode, wanted: unknown, path: readonly string[]): void {
  if (node.type === 'Object' && isMapping(wanted)) return mergeObject(merging, node, wanted, path);
  if (node.type === 'Array' && Array.isArray(wanted)) {
    const there: readonly unknown[] = node.elements.map(({ value }) => evaluate(value));
    const missing = wanted.filter((item) => !there.some((each) => isSame(each, item, merging.identity)));
    return append(
      merging,
      node,
      node.elements.map(({ value }) => value),
      missing.map((value: unknown) => ({ value })),
    );
  }
  if (JSON.stringify(evaluate(node)) !== JSON.stringify(wanted)) merging.different.push({ path, wanted });
  return undefined;
}

function isSame(a: unknown, b: unknown, identity: string | undefined): boolean {
  if (identity !== undefined && isMapping(a) && isMapping(b) && a[identity] === b[identity]) return true;
  return JSON.stringify(a) === JSON.stringify(b);
}

type Child = MemberNode | ValueNode;

/** Behind the last member or element, laid out as the others are. */
function append(
  { source, insertions }: Merging,
  node: ObjectNode | ArrayNode,
  children: readonly Child[],
  added: readonly { readonly key?: string; readonly value: unknown }[],
): void {
  if (added.length === 0) return;
  const [start, end] = rangeOf(node);
  const last = children.at(-1);
  const line = source.includes('\r\n') ? '\r\n' : '\n';
  const outer = indentAt(source, start);
  const before = last === undefined ? `${line}${outer}${unitOf(source)}` : blanksBefore(source, rangeOf(last)[0]);
  const inner = /[\r\n]/u.test(before) ? (/[^\r\n]*$/u.exec(before)?.[0] ?? '') : undefined;
  const items = added.map((item) => written(item, inner, unitOf(source), line));
  const separator = inner === undefined ? ' ' : `${line}${inner}`;
  const joined = items.map((item) => `${separator}${item}`).join(',');
  if (last === undefined) {
    // What stands between the brackets can be a comment.
    const tail = source.slice(start + 1, end - 1).trimEnd().length;
    insertions.push({
      offset: start + 1 + tail,
      text: `${joined}${/[\r\n]\s*$/u.test(source.slice(start, end - 1)) ? '' : `${line}${outer}`}`,
    });
    return;
  }
  const [, behind] = rangeOf(last);
  const [rest = '', comma] =
    /^(\s*,)?(?:[ \t]*(?:\/\/[^\r\n]*|\/\*[^]*?\*\/))*/u.exec(source.slice(behind, end - 1)) ?? [];
  if (comma === undefined) insertions.push({ offset: behind, text: ',' });
  insertions.push({ offset: behind + rest.length, text: comma === undefined ? joined : `${joined},` });
}

function written(
  { key, value }: { readonly key?: string; readonly value: unknown },
  inner: string | undefined,
  unit: string,
  line: string,
): string {
  const name = key === undefined ? '' : `${JSON.stringify(key)}: `;
  if (inner === undefined) return `${name}${JSON.stringify(value)}`;
  return `${name}${JSON.stringify(value, undefined, unit).replaceAll('\n', `${line}${inner}`)}`;
}

/** What one level is indented by: what stands before the first member that begins a line. */
function unitOf(source: string): string {
  return /\n([ \t]+)(?=["}\]/])/u.exec(source)?.[1] ?? '  ';
}

/** The blanks that the line of an offset begins with. */
function indentAt(source: string, offset: number): string {
  return /^[ \t]*/u.exec(source.slice(source.lastIndexOf('\n', offset - 1) + 1, offset))?.[0] ?? '';
}

/** The white space in front of an offset. */
function blanksBefore(source: string, offset: number): string {
  return /\s*$/u.exec(source.slice(0, offset))?.[0] ?? '';
}

function keyOf({ name }: MemberNode): string {
  return name.type === 'String' ? name.value : name.name;
}

function rangeOf(node: { readonly range?: readonly number[] | undefined }): [start: number, end: number] {
  const [start = 0, end = start] = node.range ?? [];
  return [start, end];
}
