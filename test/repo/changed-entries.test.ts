import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { changedEntries } from '../../src/repo/changed-entries.ts';
import { parseTree } from '../../src/repo/tree.ts';

/** A raw tree in Git's order: as if the name of a directory ended in a slash. */
function tree(entries: ReadonlyMap<string, { readonly mode: string; readonly oid: string }>): Buffer {
  const keyed = [...entries].map(([name, entry]) => ({
    ...entry,
    name,
    key: Buffer.from(entry.mode === '40000' ? `${name}/` : name),
  }));
  const sorted = keyed.toSorted((a, b) => Buffer.compare(a.key, b.key));
  return Buffer.concat(sorted.map(({ name, mode, oid }) => raw(mode, name, oid)));
}

function raw(mode: string, name: string | Buffer, oid: string): Buffer {
  return Buffer.concat([Buffer.from(`${mode} `), Buffer.from(name as string), Buffer.of(0), Buffer.from(oid, 'hex')]);
}

const [ONE, TWO] = ['00'.repeat(20), '20'.repeat(20)];
const entry = fc.record({
  mode: fc.constantFrom('40000', '100644', '100755', '120000', '160000'),
  oid: fc.constantFrom(ONE, TWO),
});
const name = fc.constantFrom('a', 'a-', 'a.b', 'a0', 'ab', 'b', 'ä', '日本', '4', 'a b');
const entries = fc.uniqueArray(fc.tuple(name, entry), { selector: ([key]) => key }).map((list) => new Map(list));

test('what differs is what differs name by name', () => {
  fc.assert(
    fc.property(entries, entries, (before, after) => {
      const [old, fresh] = [tree(before), tree(after)];
      const [olds, freshs] = [old, fresh].map((data) => new Map(parseTree(data, 20).map((item) => [item.name, item])));
      const names = [...new Set([...before.keys(), ...after.keys()])];
      const expected = names
        .map((key) => ({ name: key, before: olds?.get(key), after: freshs?.get(key) }))
        .filter((change) => JSON.stringify(before.get(change.name)) !== JSON.stringify(after.get(change.name)));
      const found = changedEntries(old, fresh, 20);
      expect(found?.toSorted(byName)).toEqual(expected.toSorted(byName));
    }),
  );
});

function byName(a: { readonly name: string }, b: { readonly name: string }): number {
  return a.name < b.name ? -1 : 1;
}

test.each([
  ['are no UTF-8', raw('100644', Buffer.of(0xff), ONE)],
  ['stand there twice', Buffer.concat([raw('100644', 'a', ONE), raw('40000', 'a', ONE)])],
])('names that %s tell nothing apart', (_name, after) => {
  expect(changedEntries(Buffer.alloc(0), after, 20)).toBeUndefined();
  expect(changedEntries(after, Buffer.alloc(0), 20)).toBeUndefined();
  expect(changedEntries(after, after, 20)).toEqual([]);
});

test('a tree that is cut off is an error', () => {
  const whole = raw('100644', 'a', ONE);
  expect(() => changedEntries(whole, whole.subarray(0, -1), 20)).toThrow('A Git tree is damaged');
});
