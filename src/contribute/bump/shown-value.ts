import { isCollection } from 'yaml';

import { shortened } from '../../check/shortened.ts';
import type { ValuesText, ValueTree } from './value-tree.ts';

/** A value on one line, as it is written where it has one line there. */
export function shownValue({ text, document }: ValuesText, { node }: ValueTree): string {
  const [start, end] = node?.range ?? [0, 0];
  const source = text.slice(start, end).trim();
  const isBlock = isCollection(node) && node.flow !== true;
  if (source !== '' && !source.includes('\n') && !isBlock) return shortened(source);
  return node === undefined ? 'null' : shortened(flowValue(text, document, node));
}

/** A value as YAML on one line. */
export function flowValue(
  text: string,
  document: ValuesText['document'],
  node: NonNullable<ValueTree['node']>,
): string {
  const [start, end] = node.range ?? [0, 0];
  const source = text.slice(start, end).trim();
  // An unquoted macro has no value of its own.
  if (/^\{\{[^\n]*\}\}$/u.test(source)) return source;
  return JSON.stringify(node.toJS(document, { maxAliasCount: -1 })) ?? 'null';
}
