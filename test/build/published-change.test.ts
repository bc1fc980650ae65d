import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { changeText, describeChange } from '../../src/build/published-change.ts';
import type { PackFiles } from '../../src/pack/pack.ts';

type Files = Readonly<Record<string, string | Buffer>>;

/** Files by path; one that ends in `!` is executable. */
function filesOf(files: Files): PackFiles {
  return new Map(
    Object.entries(files).map(([name, content]) => {
      const path = name.replace(/!$/u, '');
      return [path, { path, executable: name.endsWith('!'), data: Buffer.from(content) }];
    }),
  );
}

function linesOf(before: Files, after: Files): readonly string[] {
  return describeChange(filesOf(before), filesOf(after)).lines;
}

const HASH = { a: 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb', x: '2d711642b726' };

test('says which files were added, removed and changed, in their order', () => {
  const before = { 'z.yaml': 'a', 'gone.md': 'a', 'same.txt': 'a', 'run.sh': 'a' };
  const after = { 'z.yaml': 'x', 'new.md': 'a', 'same.txt': 'a', 'run.sh!': 'a' };
  const { files } = describeChange(filesOf(before), filesOf(after));
  const plain = { size: 1, executable: false, sha256: HASH.a };
  expect(files).toEqual([
    { path: 'gone.md', before: plain },
    { path: 'new.md', after: plain },
    { path: 'run.sh', before: plain, after: { ...plain, executable: true } },
    { path: 'z.yaml', before: plain, after: { ...plain, sha256: expect.stringContaining(HASH.x) as string } },
  ]);
  expect(files.map(changeText)).toEqual([
    'removed gone.md',
    'added new.md',
    'changed the mode of run.sh',
    'changed z.yaml',
  ]);
});

test('an empty file is not one that is missing', () => {
  expect(describeChange(filesOf({ a: '' }), filesOf({})).files.map(changeText)).toEqual(['removed a']);
  expect(describeChange(filesOf({}), filesOf({ a: '' })).files.map(changeText)).toEqual(['added a']);
});

test.each<[string, Files, Files, readonly string[]]>([
  ['nothing', { a: '1' }, { a: '1' }, []],
  ['a text', { a: '1\n' }, { a: '2\n' }, ['a', '@@ -1,1 +1,1 @@', '-1', '+2']],
  ['a text and its mode', { a: '1\n' }, { 'a!': '2\n' }, ['a (now executable)', '@@ -1,1 +1,1 @@', '-1', '+2']],
  ['a mode', { 'a!': '1' }, { a: '1' }, ['a (no longer executable)']],
  ['a new file', {}, { a: 'a' }, ['a: added, 1 byte (sha256 ca978112ca1b)']],
  ['a file that is gone', { a: 'a' }, {}, ['a: removed, 1 byte (sha256 ca978112ca1b)']],
  [
    'what is no text',
    { a: 'a', b: Buffer.of(0xff) },
    { a: Buffer.from('a\0b'), b: 'a' },
    [
      'a: 1 byte (sha256 ca978112ca1b) → 3 bytes (sha256 59b271ae1bbc)',
      'b: 1 byte (sha256 a8100ae6aa19) → 1 byte (sha256 ca978112ca1b)',
    ],
  ],
])('shows %s', (_, before, after, expected) => {
  expect(linesOf(before, after)).toEqual(expected);
});

test('shows where texts differ first', () => {
  expect(linesOf({ 'values.yaml': '1\n' }, { 'charts/a.tgz': Buffer.of(0xff), 'values.yaml': '2\n' })).toEqual([
    'values.yaml',
    '@@ -1,1 +1,1 @@',
    '-1',
    '+2',
    'charts/a.tgz: added, 1 byte (sha256 a8100ae6aa19)',
  ]);
});

test('does not compare lines of what is large or altogether other', () => {
  const numbers = (from: number): string => Array.from({ length: 2000 }, (_, index) => `${from + index}\n`).join('');
  const [large] = linesOf({ a: 'a\n'.repeat(600_000) }, { a: 'b\n'.repeat(600_000) });
  expect(large).toMatch(/^a: 1\.1 MiB \(sha256 \w{12}\) → 1\.1 MiB \(sha256 \w{12}\)$/u);
  const [other] = linesOf({ a: numbers(0) }, { a: numbers(10_000) });
  expect(other).toMatch(/^a: 8\.7 KiB \(sha256 \w{12}\) → 12 KiB \(sha256 \w{12}\), too many lines differ$/u);
});

test('is short however much there is', () => {
  const many = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`${index}`, 'a']));
  const added = linesOf({}, many);
  expect(added).toHaveLength(39);
  expect(added.at(-1)).toBe('… and 962 more files');
  const text = (word: string): string => `${word}\n`.repeat(50);
  const names = ['a', 'b', 'c', 'd'];
  const changed = linesOf(
    Object.fromEntries(names.map((name) => [name, text('x')])),
    Object.fromEntries(names.map((name) => [name, text('y')])),
  );
  expect(changed).toHaveLength(40);
  expect(changed.filter((line) => names.includes(line))).toEqual(['a', 'b']);
  expect(changed.at(-1)).toBe('… and 2 more files');
});

test('has at most 40 lines, and one for each file as long as there is room', () => {
  const name = fc.constantFrom('a', 'b', 'c', 'd!', 'e', 'toString', '__proto__x');
  const content = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom('x', 'y', 'z')).map((all) => all.join('\n')),
  );
  const files = fc.array(fc.tuple(name, content)).map((pairs) => filesOf(Object.fromEntries(pairs)));
  fc.assert(
    fc.property(files, files, (before, after) => {
      const change = describeChange(before, after);
      expect(change.lines.length).toBeLessThanOrEqual(40);
      expect(change.lines.length === 0).toBe(change.files.length === 0);
      const reverse = describeChange(after, before);
      expect(reverse.files.map(({ path }) => path)).toEqual(change.files.map(({ path }) => path));
    }),
  );
});
