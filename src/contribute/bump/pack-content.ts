import { isMap, isScalar, isSeq, type Node, type Scalar, type YAMLSeq } from 'yaml';

import { imagesOf } from '../../pack/images.ts';
import type { ChartMetadata } from '../../pack/chart-archive.ts';
import { bumpedImages } from './bumped-images.ts';
import type { KnownImages } from './images-with.ts';
import { quotedLike } from './quoted-like.ts';
import { lineText } from './value-edits.ts';
import { applyEdits, type TextEdit } from './text-edits.ts';
import { readValues, type ValuesText } from './value-tree.ts';

/** `values.yaml` with the images that were used before replaced under `pack.content`, where they are listed. */
export function withImages(text: string, before: KnownImages, after: KnownImages): string {
  const values = readValues(text);
  const list = listAt(values, 'images');
  if ('problem' in values || list === undefined) return text;
  const items = list.items.map((item) => imageScalar(item));
  const listed = items.map((item) => (item === undefined ? '' : String(item.value)));
  const { replaced, added } = bumpedImages(listed, before, after);
  const edits: TextEdit[] = [];
  for (const [index, image] of replaced) {
    const [node, item] = [items[index], list.items[index]];
    if (node === undefined || item === undefined) continue;
    edits.push(image === undefined ? removal(values, item as Node) : rewriting(values, node, image));
  }
  const last = list.items.findLast((item) => imageScalar(item) !== undefined) as Node | undefined;
  if (last !== undefined) edits.push(...additions(values, last, added));
  const edited = applyEdits(text, edits);
  const wanted = [...listed.map((image, index) => (replaced.has(index) ? replaced.get(index) : image)), ...added];
  return isAsWanted(edited, wanted) ? edited : text;
}

/** The list is written in many ways; one that would not say what is meant stays as it is. */
function isAsWanted(text: string, wanted: readonly (string | undefined)[]): boolean {
  const read = readValues(text);
  if ('problem' in read) return false;
  const images = imagesOf(read.document.toJS({ maxAliasCount: -1 }));
  const expected = [...new Set(wanted.filter((image) => image !== undefined && image !== ''))];
  return images.length === expected.length && images.every((image, index) => image === expected[index]);
}

/** `values.yaml` with the version of a chart under `pack.content`, where that of the one before it stands. */
export function withChartVersion(text: string, before: ChartMetadata, after: ChartMetadata): string {
  const values = readValues(text);
  const list = listAt(values, 'charts');
  if ('problem' in values || list === undefined || after.version === undefined) return text;
  const edits = list.items.flatMap((item): TextEdit[] => {
    if (!isMap(item) || item.get('name') !== before.name) return [];
    const node = item.get('version', true);
    const isOld = isScalar(node) && [before.version, before.appVersion].includes(written(node));
    const version = isScalar(node) && written(node) === before.version ? after.version : after.appVersion;
    return isOld && version !== undefined ? [rewriting(values, node, version)] : [];
  });
  const edited = applyEdits(text, edits);
  return 'problem' in readValues(edited) ? text : edited;
}

function written(node: Scalar): string {
  return typeof node.value === 'string' ? node.value : (node.source ?? '');
}

/** A list of `pack.content` that has a line for each item. */
function listAt(values: ReturnType<typeof readValues>, key: 'images' | 'charts'): YAMLSeq | undefined {
  if ('problem' in values) return undefined;
  const list = values.document.getIn(['pack', 'content', key], true);
  return isSeq(list) && list.flow !== true ? list : undefined;
}

function imageScalar(item: unknown): Scalar | undefined {
  const node = isMap(item) ? item.get('image', true) : undefined;
  return isScalar(node) && typeof node.value === 'string' && Array.isArray(node.range) ? node : undefined;
}

function rewriting({ text, lines }: ValuesText, node: Scalar, value: string): TextEdit {
  const [start, end] = node.range ?? [0, 0];
  const [from, to] = [lines.lineOf(start), lines.lineOf(end) + 1];
  const quoted = quotedLike(node, value);
  const line = text.slice(lines.startOf(from), start) + quoted + text.slice(end, lines.startOf(to)).replace(/\n$/u, '');
  return { from, to, lines: line.split('\n') };
}

function removal({ lines }: ValuesText, item: Node): TextEdit {
  const [start, end] = item.range ?? [0, 0];
  return { from: lines.lineOf(start), to: lines.lineOf(Math.max(start, end - 1)) + 1, lines: [] };
}

function additions(values: ValuesText, last: Node, images: readonly string[]): TextEdit[] {
  const line = values.lines.lineOf(last.range?.[0] ?? 0);
  const dash = /^(?<front>\s*-\s+)/u.exec(lineText(values, line))?.groups?.['front'];
  if (dash === undefined || images.length === 0) return [];
  const { to } = removal(values, last);
  return [{ from: to, to, lines: images.map((image) => `${dash}image: ${image}`) }];
}
