import { propertyOf } from '../model/json-value.ts';

/**
 * The first part of a dotted path, such as `charts.demo.list[0].cpu`, that a value does not have; undefined when it
 * has all. Keys with dots in them are found too, and what only a macro will become counts as there.
 */
export function missingPart(value: unknown, path: string): string | undefined {
  const parts = path
    .trim()
    .replaceAll(/(?:\.\$)?\[(\d*)\]/gu, '.$1')
    .split('.');
  let current = value;
  for (let at = 0; at < parts.length; at += 1) {
    if (typeof current === 'string' && current.includes('{{')) return undefined;
    const length = lengthOfKey(current, parts, at);
    if (length === 0) return parts[at] ?? '';
    current = childOf(current, parts.slice(at, at + length).join('.'));
    at += length - 1;
  }
  return undefined;
}

/** How many parts make up the next key; 0 when no key begins here. */
function lengthOfKey(value: unknown, parts: readonly string[], at: number): number {
  for (let end = at + 1; end <= parts.length; end += 1) {
    if (childOf(value, parts.slice(at, end).join('.')) !== undefined) return end - at;
  }
  return 0;
}

/** An empty index and `$` stand for any item of a list, of which the first is looked at. */
function childOf(value: unknown, key: string): unknown {
  if (!Array.isArray(value)) return propertyOf(value, key);
  if (key === '' || key === '$' || key === '*') return value[0];
  return /^\d{1,9}$/u.test(key) ? (value[Number(key)] as unknown) : undefined;
}
