import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { cachedStays } from '../../src/build/cached-stays.ts';
import { historicReleases } from '../../src/build/historic-releases.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';
import { sourceOf } from '../helpers/source-of.ts';

async function twoReleases(): Promise<TestRepository> {
  const repository = await gitRepository({
    ...packFiles('packs/demo'),
    ...packFiles('packs/group/other', { name: 'other' }),
  });
  repository.commit(packFiles('packs/demo', { version: '1.1.0' }));
  return repository;
}

test('what was walked before is continued, and gives the same', async () => {
  const repository = await twoReleases();
  const directory = await scratch();
  for (const version of ['1.2.0', '1.3.0']) {
    const { source, cache, packs } = await sourceOf(repository.path, 'HEAD', directory);
    const stays = await cachedStays(source, packs, cache);
    expect(await cachedStays(source, packs, cache)).toEqual(stays);
    const fresh = await sourceOf(repository.path, 'HEAD');
    expect(await cachedStays(fresh.source, packs, fresh.cache)).toEqual(stays);
    repository.commit(packFiles('packs/demo', { version }));
  }
  expect(readdirSync(join(directory, 'v1/history'))).toHaveLength(1);
});

test('other globs have a record of their own', async () => {
  const repository = await twoReleases();
  const { source, cache, packs } = await sourceOf(repository.path, 'HEAD');
  await cachedStays(source, packs, cache);
  const narrow = { ...source, config: { ...source.config, packs: ['packs/*'] } };
  expect((await cachedStays(narrow, packs, cache)).stays.map(({ directory }) => directory)).toEqual([
    'packs/demo',
    'packs/demo',
  ]);
});

test('of a shallow clone nothing is kept, since there can be more tomorrow', async () => {
  const repository = await twoReleases();
  const path = join(await scratch(), 'clone');
  repository.git('clone', '--quiet', '--depth=1', `file://${repository.path}`, path);
  const directory = await scratch();
  const shallow = await sourceOf(path, 'HEAD', directory);
  expect((await cachedStays(shallow.source, shallow.packs, shallow.cache)).length).toBe(1);
  repository.git('-C', path, 'fetch', '--quiet', '--unshallow');
  const whole = await sourceOf(path, 'HEAD', directory);
  expect((await cachedStays(whole.source, whole.packs, whole.cache)).length).toBe(2);
});

test('of a partial clone only what says names and versions is fetched, at once', async () => {
  const repository = await twoReleases();
  repository.git('config', 'uploadpack.allowFilter', 'true');
  repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  for (const version of ['1.2.0', '1.3.0'])
    repository.commit(packFiles('packs/demo', { version, files: { 'values.yaml': version } }));
  const path = join(await scratch(), 'clone');
  repository.git('clone', '--quiet', '--bare', '--filter=blob:none', `file://${repository.path}`, path);
  const blobs = (): number =>
    repository
      .git('-C', path, 'cat-file', '--batch-all-objects', '--batch-check=%(objecttype)')
      .split('\n')
      .filter((type) => type === 'blob').length;
  const fetches = (): number =>
    readdirSync(join(path, 'objects/pack')).filter((name) => name.endsWith('.promisor')).length;
  const { source, cache, packs: atTip } = await sourceOf(path, 'HEAD');
  const stays = await cachedStays(source, atTip, cache);
  expect([blobs(), fetches()]).toEqual([0, 1]);
  const { releases } = await historicReleases({ source, cache, stays, atTip, known: [] });
  expect(releases.map(({ version }) => version)).toEqual(['1.0.0', '1.1.0', '1.2.0']);
  // Four versions of one pack and another pack.
  expect([blobs(), fetches()]).toEqual([5, 2]);
});
