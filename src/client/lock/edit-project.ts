import { parse, type MemberNode, type ObjectNode } from '@humanwhocodes/momoa';

import { compareUtf8 } from '../../model/compare-utf8.ts';

const BYTE_ORDER_MARK = '\uFEFF';

/** The text of a new `packyard.json`. */
export function newProject(registry: string | undefined): string {
  return `${JSON.stringify({ ...(registry !== undefined && { registry }), packs: {} }, null, 2)}\n`;
}

/**
 * The text of a `packyard.json` that asks for a pack. All the rest of it stays as it was. The text must be that of a
 * project that can be read.
 */
export function withWish(text: string, name: string, selector: string): string {
  const mark = text.startsWith(BYTE_ORDER_MARK) ? BYTE_ORDER_MARK : '';
  return mark + edited(text.slice(mark.length), name, JSON.stringify(selector));
}

function edited(text: string, name: string, wish: string): string {
  const root = parse(text, { mode: 'json', ranges: true }).body;
  if (root.type !== 'Object') return text;
  const line = text.includes('\r\n') ? '\r\n' : '\n';
  const indent = indentOf(text, root);
  const inner = { open: `${line}${indent}${indent}`, close: `${line}${indent}` };
  const member = `${JSON.stringify(name)}: ${wish}`;
  const packs = valueOf(root, 'packs');
  if (packs?.type !== 'Object') {
    const outer = { open: inner.close, close: line };
    return inserted(text, root, root.members.length, `"packs": {${inner.open}${member}${inner.close}}`, outer);
  }
  const there = valueOf(packs, name);
  if (there?.type === 'Object') {
    const version = valueOf(there, 'version');
    if (version !== undefined) return splice(text, rangeOf(version), wish);
    return inserted(text, there, 0, `"version": ${wish}`, { open: ' ', close: ' ' });
  }
  if (there !== undefined) return splice(text, rangeOf(there), wish);
  const behind = packs.members.findIndex((each) => compareUtf8(keyOf(each), name) > 0);
  return inserted(text, packs, behind === -1 ? packs.members.length : behind, member, inner);
}

/** An object with another member, which stands as its neighbours do; `blanks` are those of one without any. */
function inserted(
  text: string,
  object: ObjectNode,
  index: number,
  member: string,
  blanks: { readonly open: string; readonly close: string },
): string {
  const [next, last] = [object.members[index], object.members.at(-1)];
  if (next !== undefined) {
    const [at] = rangeOf(next);
    return splice(text, [at, at], `${member},${blanksBefore(text, at)}`);
  }
  if (last === undefined) return splice(text, rangeOf(object), `{${blanks.open}${member}${blanks.close}}`);
  const [from, at] = rangeOf(last);
  return splice(text, [at, at], `,${blanksBefore(text, from)}${member}`);
}

/** What a member of the root is indented by; two blanks where that cannot be told. */
function indentOf(text: string, { members: [first] }: ObjectNode): string {
  const blanks = first === undefined ? '' : blanksBefore(text, rangeOf(first)[0]);
  return /\n(?<indent>[ \t]+)$/u.exec(blanks)?.groups?.['indent'] ?? '  ';
}

function blanksBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && ' \t\r\n'.includes(text.charAt(start - 1))) start -= 1;
  return text.slice(start, offset);
}

/** Of a key that stands twice, the last counts, as for all who read JSON. */
function valueOf({ members }: ObjectNode, key: string): MemberNode['value'] | undefined {
  return members.findLast((member) => keyOf(member) === key)?.value;
}

function keyOf({ name }: MemberNode): string {
  return name.type === 'String' ? name.value : name.name;
}

type Range = readonly [start: number, end: number];

function rangeOf(node: { readonly range?: readonly number[] | undefined }): Range {
  const [start = 0, end = start] = node.range ?? [];
  return [start, end];
}

function splice(text: string, [start, end]: Range, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
