import { execFileSync } from 'node:child_process';
import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import {
  listFiles,
  readFiles,
  type ListedFiles,
  type PackFileEntry,
  type ReadFile,
} from '../../src/repo/pack-files.ts';
import { treesOf } from '../../src/repo/tree.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';

const LIMITS = { entries: 100, levels: 10, characters: 100 };

function filesOf(listed: ListedFiles): readonly PackFileEntry[] {
  if (!('files' in listed)) throw new Error(`beyond ${listed.beyond}`);
  return listed.files;
}

test('lists what is below a directory, however deep, with its kind', async () => {
  const repository = await gitRepository();
  repository.write({ 'pack/file': '1', 'pack/a/b/c/deep': '2', 'pack/run.sh': '3', 'pack/ä/ö': '4', outside: '5' });
  chmodSync(join(repository.path, 'pack/run.sh'), 0o755);
  symlinkSync('file', join(repository.path, 'pack/link'));
  symlinkSync('a', join(repository.path, 'pack/linked-folder'));
  repository.commit({});
  repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD')},pack/module`);
  repository.git('commit', '--quiet', '-m', 'submodule');
  const trees = treesOf(openObjects(repository.path));
  const files = await listFiles(trees, repository.git('rev-parse', 'HEAD:pack'), LIMITS);
  const oid = (path: string): string => repository.git('rev-parse', `HEAD:pack/${path}`);
  expect(filesOf(files).toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { path: 'a/b/c/deep', type: 'file', oid: oid('a/b/c/deep') },
    { path: 'file', type: 'file', oid: oid('file') },
    { path: 'link', type: 'symlink', oid: oid('link') },
    { path: 'linked-folder', type: 'symlink', oid: oid('linked-folder') },
    { path: 'module', type: 'submodule', oid: oid('module') },
    { path: 'run.sh', type: 'executable', oid: oid('run.sh') },
    { path: 'ä/ö', type: 'file', oid: oid('ä/ö') },
  ]);
});

test('counts files and directories, and stops behind the limit', async () => {
  const files: FileMap = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`d${index % 10}/e${index}/f`, '']),
  );
  const repository = await gitRepository(files);
  const trees = treesOf(openObjects(repository.path));
  const root = repository.git('rev-parse', 'HEAD^{tree}');
  expect(filesOf(await listFiles(trees, root, { ...LIMITS, entries: 110 }))).toHaveLength(50);
  expect(await listFiles(trees, root, { ...LIMITS, entries: 109 })).toEqual({ beyond: 'entries' });
});

test('is over when directories are too deep or a path is too long', async () => {
  const repository = await gitRepository({ 'a/b/c': '' });
  const trees = treesOf(openObjects(repository.path));
  const root = repository.git('rev-parse', 'HEAD^{tree}');
  const exact = { entries: 3, levels: 2, characters: 5 };
  expect(filesOf(await listFiles(trees, root, exact)).map(({ path }) => path)).toEqual(['a/b/c']);
  expect(await listFiles(trees, root, { ...exact, levels: 1 })).toEqual({ beyond: 'levels' });
  expect(await listFiles(trees, root, { ...exact, characters: 4 })).toEqual({ beyond: 'characters' });
});

test('a few trees that stand for billions of directories are given up', async () => {
  const repository = await gitRepository({});
  const mktree = (entries: string): string =>
    execFileSync('git', ['mktree'], { cwd: repository.path, input: entries, encoding: 'utf8' }).trim();
  let tree = mktree('');
  for (let level = 0; level < 10; level += 1) {
    const below = tree;
    tree = mktree(Array.from({ length: 10 }, (_, index) => `040000 tree ${below}\td${index}\n`).join(''));
  }
  const trees = treesOf(openObjects(repository.path));
  expect(await listFiles(trees, tree, { ...LIMITS, entries: 20_000 })).toEqual({ beyond: 'entries' });
});

test('hands files over in the order given, without the data of those for which there is no room', async () => {
  const repository = await gitRepository({ a: 'aaaa', b: 'bb', c: '' });
  const objects = openObjects(repository.path);
  const entries = ['b', 'a', 'c'].map(
    (path) => ({ path, type: 'file', oid: repository.git('rev-parse', `HEAD:${path}`) }) as const,
  );
  const read: ReadFile[] = [];
  await readFiles(
    objects,
    entries,
    () => 3,
    (file) => read.push(file),
  );
  expect(read).toEqual([
    { entry: entries[0], size: 2, data: Buffer.from('bb') },
    { entry: entries[1], size: 4 },
    { entry: entries[2], size: 0, data: Buffer.alloc(0) },
  ]);
});
