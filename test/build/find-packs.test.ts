import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openCache, type Cache } from '../../src/build/cache.ts';
import { findPacks, packsBelow } from '../../src/build/find-packs.ts';
import { openSource, type Source } from '../../src/build/open-source.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

interface Looking {
  /** A revision; the work tree where it is left out. */
  readonly revision?: string;
  readonly out?: string;
  readonly cache: Cache;
}

async function withSource<T>(
  { path }: TestRepository,
  { revision, out = '/nowhere', cache }: Looking,
  work: (source: Source) => Promise<T>,
): Promise<T> {
  const source = await openSource(await openRepository(path), revision, out, cache);
  try {
    return await work(source);
  } finally {
    await source.snapshot.close();
  }
}

async function found(repository: TestRepository, looking: Looking): Promise<{ packs: string[]; skipped: string[] }> {
  const { packs, skipped } = await withSource(repository, looking, (source) => findPacks(source, looking.cache));
  return { packs: packs.map(({ directory }) => directory), skipped: skipped.map(({ path }) => path) };
}

test('each root is looked at anew, with or without what was found below the last one', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '{}', 'packs/b/pack.json': '{}' });
  const cache = openCache(await scratch());
  expect(await found(repository, { cache })).toEqual({ packs: ['packs/a', 'packs/b'], skipped: [] });
  repository.commit({ 'packs/c/1.0/pack.json': '{}', 'packs/b/x/pack.json': '{}', 'packs/a': null });
  const changed = { packs: ['packs/b', 'packs/c/1.0'], skipped: ['packs/b/x'] };
  expect(await found(repository, { cache })).toEqual(changed);
  expect(await found(repository, { cache })).toEqual(changed);
  // A change that was not committed is found, and not kept.
  repository.write({ 'packs/d/pack.json': '{}' });
  for (const _ of [1, 2]) expect((await found(repository, { cache })).packs).toContain('packs/d');
  expect(await found(repository, { cache, revision: 'HEAD' })).toEqual(changed);
  expect((await found(repository, { cache, revision: 'HEAD~1' })).packs).toEqual(['packs/a', 'packs/b']);
});

test('a link is looked at again when what it leads to has changed', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '{}', target: 'a file' });
  symlinkSync('../target', join(repository.path, 'packs/link'));
  repository.commit({});
  const cache = openCache(await scratch());
  expect((await found(repository, { cache })).skipped).toEqual([]);
  repository.commit({ target: null });
  mkdirSync(join(repository.path, 'target'));
  repository.commit({ 'target/file': '' });
  expect((await found(repository, { cache })).skipped).toEqual(['packs/link']);
  expect((await found(repository, { cache, revision: 'HEAD~2' })).skipped).toEqual([]);
});

test('what lies in the output is left out there only', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '{}', 'packs/out/pack.json': '{}' });
  const cache = openCache(await scratch());
  const everywhere = { packs: ['packs/a', 'packs/out'], skipped: [] };
  expect(await found(repository, { cache })).toEqual(everywhere);
  expect(await found(repository, { cache, out: join(repository.path, 'packs/out') })).toMatchObject({
    packs: ['packs/a'],
  });
  expect(await found(repository, { cache })).toEqual(everywhere);
});

test('the packs of an earlier commit are those that it has', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '{}' });
  const earlier = repository.git('rev-parse', 'HEAD^{tree}');
  repository.commit({ 'packs/a/pack.json': '{ }', 'packs/b/pack.json': '{}' });
  const cache = openCache(await scratch());
  const below = (): Promise<unknown> =>
    withSource(repository, { cache }, (source) => packsBelow(source.snapshot, earlier, source.config.packs, cache));
  const expected = [{ directory: 'packs/a', tree: repository.git('rev-parse', `${earlier}:packs/a`) }];
  expect(await below()).toEqual(expected);
  await found(repository, { cache });
  expect(await below()).toEqual(expected);
  await found(repository, { cache, revision: 'HEAD~1' });
  expect(await below()).toEqual(expected);
});

test('no packs are an error, each time', async () => {
  const repository = await gitRepository({ 'packs/a/values.yaml': '' });
  const cache = openCache(await scratch());
  for (const _ of [1, 2]) {
    expect((await failureOf(found(repository, { cache }))).message).toMatch(/has no packs in commit/u);
  }
});
