import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { pathText, valueChanges } from '../../../src/build/diff/value-changes.ts';
import { parseYaml } from '../../../src/pack/yaml-document.ts';

const LIMITS = { depth: 100, nodes: 100_000 };

function valueOf(text: string): unknown {
  const parsed = parseYaml(text, LIMITS);
  if (!('document' in parsed)) throw new Error(JSON.stringify(parsed.problem));
  return parsed.document.value;
}

/** Differences of two YAML documents in one line each. */
function changesOf(before: string, after: string): string[] {
  return valueChanges(valueOf(before), valueOf(after)).map(
    ({ path, before: old, after: now }) =>
      `${pathText(path)}: ${old === undefined ? '' : JSON.stringify(old.value)} -> ${now === undefined ? '' : JSON.stringify(now.value)}`,
  );
}

describe('values differ', () => {
  test.each([
    ['in a scalar', 'a: {b: 1}', 'a: {b: 2}', ['a.b: 1 -> 2']],
    ['in its type', 'a: 1', 'a: "1"', ['a: 1 -> "1"']],
    ['in kind', 'a: {b: 1}', 'a: [1]', ['a: {"b":1} -> [1]']],
    ['by a key that is new', 'a: {b: 1}', 'a: {b: 1, c: {d: 2}}', ['a.c:  -> {"d":2}']],
    ['by a key that is gone', 'a: {b: 1, c: 2}', 'a: {b: 1}', ['a.c: 2 -> ']],
    ['by a key without a value', 'a: {b: 1}', 'a: {b: }', ['a.b: 1 -> null']],
    ['by an item in front', 'a: [x, y]', 'a: [w, x, y]', ['a[0]:  -> "w"']],
    ['by an item behind', 'a: [x, y]', 'a: [x, y, z]', ['a[2]:  -> "z"']],
    ['by an item less', 'a: [x, y, z]', 'a: [x, z]', ['a[1]: "y" -> ']],
    ['in an item', 'a: [{b: 1}, {b: 2}]', 'a: [{b: 1}, {b: 3}]', ['a[1].b: 2 -> 3']],
    ['in a list of lists', 'a: [[1, 2], [3]]', 'a: [[1, 4], [3]]', ['a[0][1]: 2 -> 4']],
    ['at the root', '[1]', 'a: 1', [': [1] -> {"a":1}']],
    ['below a key with dots', '"a.b": {c d: 1}', '"a.b": {c d: 2}', ['["a.b"]["c d"]: 1 -> 2']],
    ['below a key of every object', '__proto__: {a: 1}', '__proto__: {a: 2}', ['__proto__.a: 1 -> 2']],
    ['by such a key', 'a: {}', 'a: {constructor: 1, __proto__: 2}', ['a.constructor:  -> 1', 'a.__proto__:  -> 2']],
  ])('%s', (_what, before, after, changes) => {
    expect(changesOf(before, after)).toEqual(changes);
  });
});

test.each([
  ['the order of keys', 'a: 1\nb: 2', 'b: 2\na: 1'],
  ['comments and form', 'a: [1, 2] # x', 'a:\n  - 1\n  - 2'],
  ['aliases', 'a: &x {b: 1}\nc: *x', 'a: {b: 1}\nc: {b: 1}'],
  ['no number', 'a: .nan', 'a: .NaN'],
])('%s is no difference', (_what, before, after) => {
  expect(changesOf(before, after)).toEqual([]);
});

test('a value that is called by the name beside it', () => {
  const [change] = valueChanges({ env: [{ name: 'TOKEN', value: 'a' }] }, { env: [{ name: 'TOKEN', value: 'b' }] });
  expect(change).toEqual({ path: ['env', 0, 'value'], key: 'TOKEN', before: { value: 'a' }, after: { value: 'b' } });
});

test('large documents that differ deep inside take no longer than to read them', () => {
  const deep = (leaf: number): unknown => {
    let value: unknown = leaf;
    for (let level = 0; level < 90; level += 1) value = [Array.from({ length: 5000 }, (_, index) => index), value];
    return value;
  };
  expect(valueChanges(deep(1), deep(2))).toHaveLength(1);
});

const JSON_VALUES = fc.jsonValue({ maxDepth: 4 });

/** The document with one change made in it. */
function applied(document: unknown, change: ReturnType<typeof valueChanges>[number]): unknown {
  const [first, ...rest] = change.path;
  if (first === undefined) return change.after?.value;
  const copy: Record<string | number, unknown> = Array.isArray(document)
    ? ([...(document as unknown[])] as never)
    : { ...(document as object) };
  if (rest.length > 0) copy[first] = applied(copy[first], { ...change, path: rest });
  else if (change.after !== undefined)
    Object.defineProperty(copy, first, {
      value: change.after.value,
      enumerable: true,
      writable: true,
      configurable: true,
    });
  else delete copy[first];
  return copy;
}

function isWithoutLists(value: unknown): boolean {
  if (Array.isArray(value)) return false;
  return typeof value !== 'object' || value === null || Object.values(value).every(isWithoutLists);
}

test('changes make the one document into the other', () => {
  fc.assert(
    fc.property(JSON_VALUES.filter(isWithoutLists), JSON_VALUES.filter(isWithoutLists), (one, other) => {
      const changes = valueChanges(one, other);
      let made: unknown = one;
      for (const change of changes) made = applied(made, change);
      // -0 is 0 here.
      expect(JSON.parse(JSON.stringify(made))).toEqual(JSON.parse(JSON.stringify(other)));
    }),
  );
});

test('a document differs from itself in nothing, and from others in something', () => {
  fc.assert(
    fc.property(JSON_VALUES, JSON_VALUES, (one, other) => {
      expect(valueChanges(one, structuredClone(one))).toEqual([]);
      const same = JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
      expect(valueChanges(one, other).length === 0).toBe(same);
    }),
  );
});

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { entries: entries.map(([key, each]) => [key, sorted(each)]) };
}
