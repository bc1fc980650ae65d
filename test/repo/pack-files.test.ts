import { chmodSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { listFiles, readFiles, type ReadFile } from '../../src/repo/pack-files.ts';
import { treesOf } from '../../src/repo/tree.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';

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
  const files = await listFiles(trees, repository.git('rev-parse', 'HEAD:pack'), 100);
  const oid = (path: string): string => repository.git('rev-parse', `HEAD:pack/${path}`);
  expect(files.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
    { path: 'a/b/c/deep', type: 'file', oid: oid('a/b/c/deep') },
    { path: 'file', type: 'file', oid: oid('file') },
    { path: 'link', type: 'symlink', oid: oid('link') },
    { path: 'linked-folder', type: 'symlink', oid: oid('linked-folder') },
    { path: 'module', type: 'submodule', oid: oid('module') },
    { path: 'run.sh', type: 'executable', oid: oid('run.sh') },
    { path: 'ä/ö', type: 'file', oid: oid('ä/ö') },
  ]);
});

test('stops soon after the limit, and never before it', async () => {
  const files: FileMap = Object.fromEntries(
    Array.from({ length: 50 }, (_, index) => [`d${index % 10}/e${index}/f`, '']),
  );
  const repository = await gitRepository(files);
  const trees = treesOf(openObjects(repository.path));
  const root = repository.git('rev-parse', 'HEAD^{tree}');
  expect(await listFiles(trees, root, 50)).toHaveLength(50);
  repository.commit({ 'd0/top': '', 'd1/top': '' });
  const larger = repository.git('rev-parse', 'HEAD^{tree}');
  expect((await listFiles(trees, larger, 1)).map(({ path }) => path).toSorted()).toEqual(['d0/top', 'd1/top']);
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
