import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { changedDirectories, holdsFile } from '../../src/repo/changed-directories.ts';

interface Entry {
  readonly mode: string;
  readonly name: string;
  readonly id: number;
}

/** A raw tree object, ordered as Git orders it. */
function tree(entries: readonly Entry[]): Buffer {
  const key = ({ mode, name }: Entry): Buffer => Buffer.from(mode === '40000' ? `${name}/` : name);
  return Buffer.concat(
    entries
      .toSorted((a, b) => Buffer.compare(key(a), key(b)))
      .flatMap(({ mode, name, id }) => [Buffer.from(`${mode} ${name}\0`), Buffer.alloc(20, id)]),
  );
}

const oid = (id: number): string => Buffer.alloc(20, id).toString('hex');

describe('directories that differ', () => {
  test('are those that are new, gone or other ones', () => {
    const before = tree([
      { mode: '40000', name: 'same', id: 1 },
      { mode: '40000', name: 'gone', id: 2 },
      { mode: '40000', name: 'other', id: 3 },
      { mode: '100644', name: 'file', id: 4 },
    ]);
    const after = tree([
      { mode: '40000', name: 'same', id: 1 },
      { mode: '40000', name: 'other', id: 5 },
      { mode: '40000', name: 'new', id: 6 },
      { mode: '100644', name: 'file', id: 7 },
    ]);
    expect(changedDirectories(before, after, 20).toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
      { name: 'gone', before: oid(2) },
      { name: 'new', after: oid(6) },
      { name: 'other', before: oid(3), after: oid(5) },
    ]);
  });

  test('are found in any two trees', () => {
    const entries = fc.uniqueArray(
      fc.record({
        mode: fc.constantFrom('40000', '100644', '100755', '120000', '160000'),
        name: fc.constantFrom('a', 'a.b', 'a-b', 'a0', 'ab', 'b', 'ä', '__proto__', 'pack.json'),
        // Ids of spaces and zeros look like the bytes around them.
        id: fc.constantFrom(0, 1, 0x20, 0xff),
      }),
      { selector: ({ name }) => name },
    );
    fc.assert(
      fc.property(entries, entries, (before, after) => {
        const names = new Set([...before, ...after].map(({ name }) => name));
        const expected = [...names].flatMap((name) => {
          const idIn = (side: readonly Entry[]): string | undefined => {
            const entry = side.find((each) => each.name === name && each.mode === '40000');
            return entry === undefined ? undefined : oid(entry.id);
          };
          const [old, now] = [idIn(before), idIn(after)];
          return old === now ? [] : [`${name} ${old} ${now}`];
        });
        const found = changedDirectories(tree(before), tree(after), 20);
        expect(found.map((change) => `${change.name} ${change.before} ${change.after}`).toSorted()).toEqual(
          expected.toSorted(),
        );
        for (const name of names) {
          expect(holdsFile(tree(before), name, 20)).toBe(
            before.some((entry) => entry.name === name && entry.mode !== '40000'),
          );
        }
      }),
    );
  });

  test.each([1, 5, 20])('are not looked for in a tree without its last %i bytes', (bytes) => {
    const whole = tree([{ mode: '40000', name: 'a', id: 1 }]);
    const cut = whole.subarray(0, whole.length - bytes);
    const damaged = 'A Git tree is damaged: its entry at byte 0 is cut off.';
    expect(() => changedDirectories(cut, Buffer.alloc(0), 20)).toThrow(damaged);
    expect(() => changedDirectories(whole, cut, 20)).toThrow(damaged);
    expect(() => holdsFile(cut, 'a', 20)).toThrow(damaged);
  });

  test('with names that a tree must not hold twice are taken once', () => {
    const twice = Buffer.concat([1, 2].map((id) => tree([{ mode: '40000', name: 'a', id }])));
    expect(changedDirectories(Buffer.alloc(0), twice, 20)).toEqual([{ name: 'a', after: oid(2) }]);
  });
});
