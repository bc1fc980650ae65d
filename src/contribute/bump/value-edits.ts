import { flowValue } from './shown-value.ts';
import type { TextEdit } from './text-edits.ts';
import type { ValueEntry, ValuesText, ValueTree, WrittenPair } from './value-tree.ts';

/** What is to become of a value that is there on one side or both. */
export interface Outcome {
  readonly take: 'ours' | 'theirs' | 'either' | 'both';
  /** Of what it becomes; undefined for nothing. */
  readonly identity: string | undefined;
  readonly ours: ValueTree | undefined;
  readonly theirs: ValueTree | undefined;
  /** By key, where two mappings become one. */
  readonly children?: ReadonlyMap<string, Outcome>;
}

/** A mapping of a text. */
export interface Part {
  readonly values: ValuesText;
  readonly root: ValueTree;
}

export interface Sides {
  /** The text that is changed. */
  readonly host: Part;
  /** The text that changes are taken from. */
  readonly guest: Part;
  /** Which of them the host is. */
  readonly side: 'ours' | 'theirs';
}

/** The changes of a text after which it says what is wanted. */
export function editsFor(outcome: Outcome, sides: Sides): TextEdit[] {
  return mappingEdits(outcome, sides, sides.host.root, sides.guest.root);
}

function mappingEdits({ children = new Map() }: Outcome, sides: Sides, host: ValueTree, guest: ValueTree): TextEdit[] {
  const edits: TextEdit[] = [];
  for (const [key, child] of children) {
    const [here, there] = [host.entries?.get(key), guest.entries?.get(key)];
    if (here === undefined || child.take === 'either' || child.take === sides.side) continue;
    edits.push(...entryEdits(child, sides, key, here, there));
  }
  let place = placeInFront(sides, host, guest);
  for (const [key, there] of guest.entries ?? []) {
    const written = host.entries?.get(key)?.written;
    if (written !== undefined) place = { at: written.to, indent: written.indent };
    const child = children.get(key);
    if (child === undefined || host.entries?.has(key) === true) continue;
    if (child.take !== sides.side && child.identity !== undefined) edits.push(addition(sides, place, key, there));
  }
  return edits;
}

function entryEdits(
  child: Outcome,
  sides: Sides,
  key: string,
  here: ValueEntry,
  there: ValueEntry | undefined,
): TextEdit[] {
  // What a merge key brings cannot be changed where it stands; that it was not is noticed in the end.
  const { written } = here;
  if (written === undefined) return [];
  if (child.take === 'both' && there !== undefined) {
    if (here.value.block) return mappingEdits(child, sides, here.value, there.value);
    if (child.identity === here.value.identity) return [];
    const whole = child.identity === there.value.identity ? undefined : flowOf(child, sides);
    return [replacement(sides, key, { ...here, written }, there, whole)];
  }
  if (there === undefined) {
    const { from, to } = written;
    return [{ from: attachedFrom(sides.host.values, written), to, lines: [] }].filter(() => from < to);
  }
  return [replacement(sides, key, { ...here, written }, there)];
}

/** A pair in place of another; the comment behind a value of one line stays. */
function replacement(
  { host: { values: host }, guest: { values: guest } }: Sides,
  key: string,
  here: ValueEntry & { readonly written: WrittenPair },
  there: ValueEntry,
  whole?: string,
): TextEdit {
  const { written } = here;
  const { from, to, indent, start, end } = written;
  const blanks = ' '.repeat(indent);
  const other = there.written;
  const isOneLine = to === from + 1;
  const behind = isOneLine ? host.text.slice(end, lineEnd(host, from)) : '';
  const hostKey = keyOf(host, start) ?? keyText(key);
  if (whole !== undefined) return { from, to, lines: [`${blanks}${hostKey}: ${whole}${behind}`] };
  if (other === undefined) return { from, to, lines: [`${blanks}${hostKey}: ${flowOfEntry(guest, there)}${behind}`] };
  if (isOneLine && other.to === other.from + 1) {
    const [front, value] = [frontOf(host, here), frontOf(guest, there)];
    const pair =
      front === undefined || value === undefined
        ? guest.text.slice(other.start, other.end)
        : front + guest.text.slice(other.start + value.length, other.end);
    return { from, to, lines: [blanks + pair + behind] };
  }
  return { from, to, lines: pairLines(guest, other, indent) };
}

/** A key, its colon and the blanks behind; undefined where an anchor or the like follows, or no value. */
function frontOf({ text }: ValuesText, { value, written }: ValueEntry): string | undefined {
  const valueStart = value.node?.range?.[0];
  if (written === undefined || valueStart === undefined || valueStart >= written.end) return undefined;
  const front = text.slice(written.start, valueStart);
  return /^[^&!*]+: +$/u.test(front) ? front : undefined;
}

interface Place {
  readonly at: number;
  readonly indent: number;
}

function addition(
  { guest: { values: guest } }: Sides,
  { at, indent }: Place,
  key: string,
  there: ValueEntry,
): TextEdit {
  const lines =
    there.written === undefined
      ? [`${' '.repeat(indent)}${keyText(key)}: ${flowOfEntry(guest, there)}`]
      : [...commentLines(guest, there.written, indent), ...pairLines(guest, there.written, indent)];
  return { from: at, to: at, lines };
}

/** For what stands behind nothing that both sides have: before the first that they have, or at the end. */
function placeInFront({ host: { values } }: Sides, host: ValueTree, guest: ValueTree): Place {
  for (const key of guest.entries?.keys() ?? []) {
    const written = host.entries?.get(key)?.written;
    if (written !== undefined) return { at: attachedFrom(values, written), indent: written.indent };
  }
  const last = [...(host.entries?.values() ?? [])].findLast((each) => each.written !== undefined)?.written;
  return last === undefined ? { at: values.lines.count, indent: 0 } : { at: last.to, indent: last.indent };
}

/** The first line of the comment right above a pair, or of the pair. */
function attachedFrom(values: ValuesText, { from, indent }: WrittenPair): number {
  let line = from;
  while (line > 0 && isCommentAt(lineText(values, line - 1), indent)) line -= 1;
  return line;
}

function isCommentAt(line: string, indent: number): boolean {
  return line.trimStart().startsWith('#') && line.length - line.trimStart().length === indent;
}

function commentLines(values: ValuesText, written: WrittenPair, indent: number): string[] {
  const first = attachedFrom(values, written);
  const count = written.from - first;
  return Array.from({ length: count }, (_, index) => moved(lineText(values, first + index), written.indent, indent));
}

/** All lines of a pair, with what stands behind the value on the last one. */
function pairLines(values: ValuesText, { from, to, indent }: WrittenPair, wanted: number): string[] {
  return Array.from({ length: to - from }, (_, index) => moved(lineText(values, from + index), indent, wanted));
}

function moved(line: string, from: number, to: number): string {
  if (line.trim() === '') return '';
  const blanks = /^ */u.exec(line)?.[0].length ?? 0;
  return ' '.repeat(to) + line.slice(Math.min(from, blanks));
}

export function lineText({ text, lines }: ValuesText, line: number): string {
  return text.slice(lines.startOf(line), lines.startOf(line + 1)).replace(/\n$/u, '');
}

function lineEnd({ text, lines }: ValuesText, line: number): number {
  const next = lines.startOf(line + 1);
  return text[next - 1] === '\n' ? next - 1 : next;
}

/** As it is written. */
function keyOf({ text }: ValuesText, start: number): string | undefined {
  return /^(?:"(?:[^"\\\n]|\\.)*"|'(?:[^'\n]|'')*'|[^\n:#]+)(?=\s*:)/u.exec(text.slice(start, start + 1000))?.[0];
}

function keyText(key: string): string {
  return /^[A-Za-z_][\w./-]*$/u.test(key) && !/^(?:true|false|null|yes|no|on|off|y|n)$/iu.test(key)
    ? key
    : JSON.stringify(key);
}

function flowOfEntry(values: ValuesText, { value }: ValueEntry): string {
  return value.node === undefined ? 'null' : flowValue(values.text, values.document, value.node);
}

/** A mapping of both sides in braces. */
function flowOf({ take, children, ours, theirs }: Outcome, sides: Sides): string {
  const [own, other] = sides.side === 'ours' ? [sides.host, sides.guest] : [sides.guest, sides.host];
  if (children !== undefined) {
    const present = [...children].filter(([, { identity }]) => identity !== undefined);
    return `{ ${present.map(([key, child]) => `${JSON.stringify(key)}: ${flowOf(child, sides)}`).join(', ')} }`;
  }
  const tree = take === 'theirs' ? theirs : ours;
  const { values } = take === 'theirs' ? other : own;
  return tree?.node === undefined ? 'null' : flowValue(values.text, values.document, tree.node);
}
