import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, test } from 'vitest';

import { builderOf, rulesOf } from '../helpers/build-registry.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { add, published, republished } from '../helpers/published.ts';
import { brokenLinks, readPackDocument, treeOf } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

describe('what is published stays whatever happens,', () => {
  const broken = { 'packs/a-1.0.0/pack.json': '{' };
  const twins = packFiles('packs/a-again', { name: 'a', version: '1.0.0' });
  const manifest = { charts: ['charts/gone.tgz'] };
  const moved = { 'packs/a-1.0.0': null, ...packFiles('packs/a/1.0.0', { name: 'a', version: '1.0.0', manifest }) };

  test.each([
    ['that is broken', broken],
    ['that is there twice', twins],
    ['that is broken, in another folder', moved],
  ])('a release %s, even where what is gone is dropped', async (_, change) => {
    const { repository, published: folder, fresh } = await published('onRemove: drop\n');
    repository.commit(change);
    expect(await fresh.build({ previous: folder, keepGoing: true })).toMatchObject({ ok: false, written: true });
    expect(readPackDocument(fresh.out, 'a')).toEqual(readPackDocument(folder, 'a'));
  });

  test('a release that a commit has with other content', async () => {
    const { repository, published: folder, fresh } = await published();
    repository.commit({ 'packs/a-1.0.0/values.yaml': 'pack:\n  namespace: other\n' });
    const result = await fresh.build({ base: 'HEAD~1', keepGoing: true });
    expect(result).toMatchObject({ ok: false, written: true, report: { releases: { total: 12, refused: 1 } } });
    const artifacts = (out: string): unknown => readPackDocument(out, 'a').releases.map(({ artifact }) => artifact);
    expect(artifacts(fresh.out)).toEqual(artifacts(folder));
  });

  test('a release of which only the case of its version changes', async () => {
    const repository = await gitRepository(packFiles('packs/a', { name: 'a', version: '1.0.0-RC1' }));
    const { out, build } = await builderOf(repository);
    await build();
    repository.commit(packFiles('packs/a', { name: 'a', version: '1.0.0-rc1' }));
    const result = await build({ previous: out, keepGoing: true });
    expect(rulesOf(result)).toEqual(['packs/a/pack.json error registry/published-release']);
    expect(readPackDocument(out, 'a').releases.map(({ version }) => version)).toEqual(['1.0.0-RC1']);
  });
});

test('a release that a commit has and that is replaced on somebody’s word says so', async () => {
  const { repository, published: folder, fresh } = await published();
  const commit = repository.commit({ 'packs/a-1.0.0/values.yaml': 'pack:\n  namespace: other\n' });
  await fresh.build({ base: 'HEAD~1', supersede: ['a@1.0.0'], message: 'why' });
  const { contentSha256 } = readPackDocument(folder, 'a').releases[1]?.artifact ?? {};
  expect(readPackDocument(fresh.out, 'a').releases[1]?.supersedes).toEqual([{ contentSha256, message: 'why', commit }]);
});

test('the commit that took a release away is known long after', async () => {
  const { repository, published: folder, fresh } = await published();
  const commit = repository.commit({ 'packs/a-1.0.0': null });
  repository.commit({ 'other.txt': '1' });
  await fresh.build({ previous: folder });
  expect(readPackDocument(fresh.out, 'a').releases[1]?.source.removedIn).toBe(commit);
  // Of what is not committed nothing can be said yet.
  repository.write({ 'packs/b-1.0.0': null });
  await fresh.build({ previous: folder });
  expect(readPackDocument(fresh.out, 'b').releases[1]?.source).not.toHaveProperty('removedIn');
});

test('a whole registry can follow changes in the same output', async () => {
  const { repository, published: folder, fresh } = await published();
  repository.commit(add('a', '1.2.0'));
  await fresh.build({ previous: folder, changesOnly: true });
  await fresh.build({ previous: folder });
  expect(brokenLinks(fresh.out)).toEqual([]);
  // Changes take nothing away from a registry that is there.
  await fresh.build({ previous: folder, changesOnly: true, out: folder });
  expect(brokenLinks(folder)).toEqual([]);
});

test('other sizes of logos reach what is published', async () => {
  const { repository, published: folder, fresh } = await published();
  repository.commit({ 'registry.yaml': 'name: yard\nlogos:\n  sizes: [64]\n' });
  await fresh.build({ previous: folder });
  const whole = await builderOf(repository);
  await whole.build();
  expect(treeOf(fresh.out)).toEqual(treeOf(whole.out));
});

test('a registry that says of trees what is not so is not believed, then or later', async () => {
  const { repository, published: folder, fresh } = await published();
  const tree = repository.git('rev-parse', 'HEAD:packs/b-1.0.0');
  const own = repository.git('rev-parse', 'HEAD:packs/a-1.0.0');
  const forged = await republished(folder, (text) => text.replaceAll(own, tree));
  await fresh.build({ previous: forged, keepGoing: true }).catch(() => undefined);
  const result = await fresh.build();
  expect(result).toMatchObject({ ok: true });
  const whole = await builderOf(repository);
  await whole.build();
  expect(treeOf(fresh.out)).toEqual(treeOf(whole.out));
});

test('a shallow clone of an older commit does not go back either', async () => {
  const { repository, published: folder, fresh } = await published();
  repository.git('branch', 'old');
  repository.commit(add('a', '1.2.0'));
  await fresh.build({ previous: folder });
  const clone = join(await scratch(), 'clone');
  repository.git('clone', '--quiet', '--depth=1', '--branch=old', pathToFileURL(repository.path).href, clone);
  const work = fresh.build({ repository: clone, previous: fresh.out });
  expect(await failureOf(work)).toMatchObject({ code: 'rollback' });
});
