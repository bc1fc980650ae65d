import { execFileSync } from 'node:child_process';

import { assert, constantFrom, property, record, string, uint8Array, uniqueArray } from 'fast-check';
import { describe, expect, test } from 'vitest';

import { entryAt, parseTree, treesOf, type TreeEntry } from '../../src/repo/tree.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const ID = 'ab'.repeat(20);

function raw(mode: string, name: string, oid: string = ID): Buffer {
  return Buffer.concat([Buffer.from(`${mode} ${name}\0`), Buffer.from(oid, 'hex')]);
}

describe('parseTree', () => {
  test.each([
    ['100644', 'file'],
    ['100664', 'file'],
    ['100755', 'executable'],
    ['40000', 'directory'],
    ['040000', 'directory'],
    ['120000', 'symlink'],
    ['160000', 'submodule'],
  ] as const)('mode %s is a %s', (mode, type) => {
    expect(parseTree(raw(mode, 'name'), 20)).toEqual([{ name: 'name', type, oid: ID }]);
  });

  test.each(['a b', 'tab\tand\nline', 'grün', '日本語', '🌲', '"quoted"', '\\', '100644 x'])('name %j', (name) => {
    expect(parseTree(raw('100644', name), 20)).toEqual([{ name, type: 'file', oid: ID }]);
  });

  test('an empty tree has no entries', () => {
    expect(parseTree(Buffer.alloc(0), 20)).toEqual([]);
  });

  test('an id may hold blanks, zeros and line feeds', () => {
    const oid = '200a002000'.repeat(4);
    const tree = Buffer.concat([raw('100644', 'a', oid), raw('100644', 'b', oid)]);
    expect(parseTree(tree, 20).map((entry) => [entry.name, entry.oid])).toEqual([
      ['a', oid],
      ['b', oid],
    ]);
  });

  test.each([
    ['no blank', Buffer.from('100644'), 0],
    ['no end of the name', Buffer.from('100644 name'), 0],
    ['a part of the id', raw('100644', 'name').subarray(0, -1), 0],
    ['no id', Buffer.from('100644 name\0'), 0],
    ['one good entry, then nonsense', Buffer.concat([raw('100644', 'a'), Buffer.from('x')]), 29],
  ])('a tree with %s is refused', async (_name, data, offset) => {
    expect(await failureOf((async () => parseTree(data, 20))())).toEqual({
      code: 'git-failed',
      message: `A Git tree is damaged: its entry at byte ${offset} is cut off.`,
      hint: 'Run `git fsck` to find it, or fetch the repository again.',
    });
  });
});

const LETTERS: Readonly<Record<string, TreeEntry['type']>> = {
  '100644': 'file',
  '100755': 'executable',
  '120000': 'symlink',
  '160000': 'submodule',
  '040000': 'directory',
};

describe.each([
  ['sha1', 20],
  ['sha256', 32],
])('a repository with %s ids', (format, oidBytes) => {
  test('any tree that Git makes reads as Git lists it', async () => {
    const cwd = await scratch();
    const git = (args: string[], input?: Buffer): Buffer => execFileSync('git', args, { cwd, input });
    git(['init', '--quiet', `--object-format=${format}`]);
    const name = string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
      .map((text) => text.replaceAll(/[/\0]/gu, '_'))
      .filter((text) => !['.', '..', '.git'].includes(text.toLowerCase()));
    const entry = record({
      name,
      mode: constantFrom(...Object.keys(LETTERS)),
      oid: uint8Array({ minLength: oidBytes, maxLength: oidBytes }).map((bytes) => Buffer.from(bytes).toString('hex')),
    });
    assert(
      property(uniqueArray(entry, { selector: (item) => item.name, maxLength: 12 }), (entries) => {
        const lines = entries.map(
          ({ mode, oid, name: text }) => `${mode} ${TYPE_OF[mode] ?? 'blob'} ${oid}\t${text}\0`,
        );
        const tree = git(['mktree', '-z', '--missing'], Buffer.from(lines.join('')))
          .toString()
          .trim();
        const listed = git(['ls-tree', '-z', tree]).toString().split('\0').slice(0, -1).map(listedEntry);
        expect(parseTree(git(['cat-file', 'tree', tree]), oidBytes)).toEqual(listed);
        expect(listed).toHaveLength(entries.length);
      }),
      { numRuns: 40 },
    );
  });
});

const TYPE_OF: Readonly<Record<string, string>> = { '040000': 'tree', '160000': 'commit' };

function listedEntry(line: string): TreeEntry {
  const tab = line.indexOf('\t');
  const [mode = '', , oid = ''] = line.slice(0, tab).split(' ');
  return { name: line.slice(tab + 1), type: LETTERS[mode] ?? 'file', oid };
}

describe('treesOf', () => {
  test('reads each tree once', async () => {
    const repository = await gitRepository({ 'a/file': '' });
    const trees = treesOf(openObjects(repository.path));
    const oid = repository.git('rev-parse', 'HEAD:a');
    const entries = await trees.read(oid);
    expect(entries).toEqual([{ name: 'file', type: 'file', oid: repository.git('rev-parse', 'HEAD:a/file') }]);
    expect(await trees.read(oid)).toBe(entries);
  });

  test('an object that is no tree is named', async () => {
    const repository = await gitRepository({ file: 'x' });
    const oid = repository.git('rev-parse', 'HEAD:file');
    expect(await failureOf(treesOf(openObjects(repository.path)).read(oid))).toEqual({
      code: 'git-failed',
      message: `Git object ${oid} is a blob, not a tree.`,
      hint: undefined,
    });
  });
});

describe('entryAt', () => {
  test.each([
    ['', 'HEAD^{tree}', 'directory'],
    ['.', 'HEAD^{tree}', 'directory'],
    ['a', 'HEAD:a', 'directory'],
    ['a/', 'HEAD:a', 'directory'],
    ['./a/b', 'HEAD:a/b', 'directory'],
    ['a/b/file', 'HEAD:a/b/file', 'file'],
    ['top', 'HEAD:top', 'file'],
  ])('%j is there', async (path, revision, type) => {
    const repository = await gitRepository({ 'a/b/file': 'x', top: 'y' });
    const root = repository.git('rev-parse', 'HEAD^{tree}');
    const entry = await entryAt(treesOf(openObjects(repository.path)), root, path);
    expect(entry).toMatchObject({ oid: repository.git('rev-parse', revision), type });
  });

  test.each(['b', 'a/none', 'A', 'top/file', 'a/b/file/x', '..', 'a/../top', '__proto__'])(
    '%j is not there',
    async (path) => {
      const repository = await gitRepository({ 'a/b/file': 'x', top: 'y' });
      const root = repository.git('rev-parse', 'HEAD^{tree}');
      expect(await entryAt(treesOf(openObjects(repository.path)), root, path)).toBeUndefined();
    },
  );
});
