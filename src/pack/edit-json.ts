import { parse, type MemberNode, type ObjectNode, type ValueNode } from '@humanwhocodes/momoa';

type Path = readonly (string | number)[];

/**
 * Edits of a JSON text that leave all the rest of it, down to blanks, as it was. The text must be valid JSON; a path that
 * is not in it changes nothing.
 */
export function replaceJsonValue(text: string, path: Path, value: unknown): string {
  const node = nodeAt(text, path);
  return node === undefined ? text : splice(text, ...rangeOf(node), JSON.stringify(value));
}

/** Removes a member of an object, with its comma and its line. */
export function removeJsonMember(text: string, path: Path): string {
  const parent = nodeAt(text, path.slice(0, -1));
  if (parent?.type !== 'Object') return text;
  const index = parent.members.findIndex((member) => keyOf(member) === path.at(-1));
  const member = parent.members[index];
  if (member === undefined) return text;
  const [start, end] = rangeOf(member);
  const next = parent.members[index + 1];
  const previous = parent.members[index - 1];
  // Up to the next member, so that what stands before this one now stands before that.
  if (next !== undefined) return splice(text, start, rangeOf(next)[0], '');
  if (previous !== undefined) return splice(text, rangeOf(previous)[1], end, '');
  return splice(text, rangeOf(parent)[0] + 1, rangeOf(parent)[1] - 1, '');
}

/** Adds a value behind the last of a list below the root, which is made where there is none. */
export function appendJsonItem(text: string, key: string, value: unknown): string {
  const root = nodeAt(text, []);
  if (root?.type !== 'Object') return text;
  const json = JSON.stringify(value);
  const list = root.members.find((member) => keyOf(member) === key)?.value;
  if (list === undefined) return appendMember(text, root, key, `[${json}]`);
  if (list.type !== 'Array') return text;
  const last = list.elements.at(-1)?.value;
  if (last === undefined) return splice(text, ...rangeOf(list), `[${json}]`);
  const [start, end] = rangeOf(last);
  return splice(text, end, end, `,${blanksBefore(text, start)}${json}`);
}

function appendMember(text: string, root: ObjectNode, key: string, json: string): string {
  const member = `${JSON.stringify(key)}: ${json}`;
  const last = root.members.at(-1);
  if (last === undefined) return splice(text, ...rangeOf(root), `{ ${member} }`);
  const [start, end] = rangeOf(last);
  return splice(text, end, end, `,${blanksBefore(text, start)}${member}`);
}

/** The white space in front of an offset: what stands between it and the comma or bracket before. */
function blanksBefore(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && ' \t\r\n'.includes(text.charAt(start - 1))) start -= 1;
  return text.slice(start, offset) || ' ';
}

function nodeAt(text: string, path: Path): ValueNode | undefined {
  let node: ValueNode | undefined = parse(text, { mode: 'json', ranges: true }).body;
  for (const part of path) {
    if (node?.type === 'Object') node = node.members.find((member) => keyOf(member) === part)?.value;
    else if (node?.type === 'Array' && typeof part === 'number') node = node.elements[part]?.value;
    else return undefined;
  }
  return node;
}

function keyOf({ name }: MemberNode): string {
  return name.type === 'String' ? name.value : name.name;
}

function rangeOf(node: { readonly range?: readonly number[] | undefined }): [start: number, end: number] {
  const [start = 0, end = start] = node.range ?? [];
  return [start, end];
}

function splice(text: string, start: number, end: number, replacement: string): string {
  return text.slice(0, start) + replacement + text.slice(end);
}
