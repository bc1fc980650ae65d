import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { builderOf, rulesOf } from '../helpers/build-registry.ts';
import { add, published, republished } from '../helpers/published.ts';
import { brokenLinks, filesOf, readIndex, readPackDocument, treeOf } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';
import { staticHost } from '../helpers/static-host.ts';

describe('a fresh machine with what is published', () => {
  test('reads the one pack that changed, and nothing of the others', async () => {
    const { repository, published: folder, fresh } = await published();
    repository.commit(add('a', '1.2.0'));
    const result = await fresh.build({ previous: folder });
    const counts = { total: 13, added: 1, changed: 0, unchanged: 12, removed: 0 };
    expect(result).toMatchObject({ ok: true, report: { releases: counts } });
    // The new pack's three files, once to pack and once to copy, and registry.yaml.
    expect(result.report.blobsRead).toBeLessThanOrEqual(7);
    const whole = await builderOf(repository);
    await whole.build();
    expect(treeOf(fresh.out)).toEqual(treeOf(whole.out));
  });

  test('asks a host for what it needs, once', async () => {
    const { repository, published: folder, fresh } = await published();
    const host = await staticHost(folder);
    repository.commit(add('a', '1.2.0'));
    const { report } = await fresh.build({ previous: host.url, changesOnly: true });
    const index = readIndex(folder);
    expect(host.requests().toSorted()).toEqual(
      ['index.json', index.search.path, index.sources.path, index.packs['a']?.document.path ?? ''].toSorted(),
    );
    expect(report.previous).toMatchObject({ location: host.url, serial: 1, requests: 4 });
    expect(report.blobsRead).toBeLessThanOrEqual(7);
    const names = filesOf(fresh.out).filter((path) => path.startsWith('packs/'));
    expect(new Set(names.map((path) => path.split('/')[1]))).toEqual(new Set(['a']));
    expect(names.filter((path) => path.includes('/1.'))).toEqual(
      ['README.md', 'a-1.2.0.tar.gz', 'pack.json', 'values.yaml'].map((name) => `packs/a/1.2.0/${name}`),
    );
  });

  test('gives the whole tree from a host, every file of it verified', async () => {
    const { repository, published: folder, fresh } = await published();
    const host = await staticHost(folder);
    repository.commit(add('b', '2.0.0'));
    await fresh.build({ previous: host.url });
    expect(brokenLinks(fresh.out)).toEqual([]);
    const whole = await builderOf(repository);
    await whole.build();
    expect(treeOf(fresh.out)).toEqual(treeOf(whole.out));
    // A second time everything is there already.
    const before = host.requests().length;
    expect((await fresh.build({ previous: host.url })).plan).toMatchObject({ write: [], remove: [] });
    expect(host.requests().slice(before)).toEqual(['index.json']);
  });

  test('says so when a file of it is gone', async () => {
    const { published: folder, fresh } = await published();
    rmSync(join(folder, 'packs/a/1.0.0/a-1.0.0.tar.gz'));
    expect((await failureOf(fresh.build({ previous: folder }))).code).toMatch(/^registry-/u);
    expect(filesOf(fresh.out)).toEqual([]);
  });
});

describe('a release that is gone', () => {
  test('is kept, with the commit that took it away', async () => {
    const { repository, published: folder, fresh } = await published();
    const commit = repository.commit({ 'packs/a-1.0.0': null, 'packs/b-1.0.0': null, 'packs/b-1.1.0': null });
    expect(await fresh.build({ previous: folder })).toMatchObject({ ok: true, report: { releases: { total: 12 } } });
    const [one, other] = readPackDocument(fresh.out, 'a').releases;
    expect(one?.source).not.toHaveProperty('removedIn');
    expect(other?.source).toMatchObject({ directory: 'packs/a-1.0.0', removedIn: commit });
    expect(brokenLinks(fresh.out)).toEqual([]);
    // Later commits change nothing about that, and a way back leads back.
    repository.commit({ 'other.txt': '1' });
    await fresh.build({ previous: fresh.out });
    expect(readPackDocument(fresh.out, 'a').releases[1]?.source.removedIn).toBe(commit);
    repository.commit(add('a', '1.0.0'));
    await fresh.build({ previous: fresh.out });
    expect(readPackDocument(fresh.out, 'a').releases[1]?.source).not.toHaveProperty('removedIn');
  });

  test('goes where the configuration says so, and its tags are in the plan', async () => {
    const { repository, published: folder, fresh } = await published('onRemove: drop\n');
    repository.commit({ 'packs/a-1.1.0': null });
    const { plan, report } = await fresh.build({ previous: folder });
    expect(report).toMatchObject({ releases: { total: 11, removed: 1 }, removedReleases: ['a@1.1.0'] });
    expect(plan?.tags).toContainEqual({ pack: 'a', tag: 'latest', from: '1.1.0', to: '1.0.0', reason: 'removed' });
  });

  test('that is only broken is neither gone nor changed', async () => {
    const { repository, published: folder, fresh } = await published();
    repository.commit({ 'packs/a-1.0.0/pack.json': '{' });
    const result = await fresh.build({ previous: folder, keepGoing: true });
    expect(result).toMatchObject({ ok: false, written: true });
    expect(readPackDocument(fresh.out, 'a').releases[1]?.source).not.toHaveProperty('removedIn');
  });
});

describe('a release with other content', () => {
  const changed = { 'packs/a-1.0.0/values.yaml': 'pack:\n  namespace: other\n' };

  test('is refused, and what is published stays', async () => {
    const { repository, published: folder, fresh } = await published();
    repository.commit(changed);
    const result = await fresh.build({ previous: folder });
    expect(rulesOf(result)).toEqual(['packs/a-1.0.0/pack.json error registry/published-release']);
    expect(result).toMatchObject({ ok: false, written: false });
    expect(await fresh.build({ previous: folder, keepGoing: true })).toMatchObject({ ok: false, written: true });
    const before = readPackDocument(folder, 'a').releases[1];
    expect(readPackDocument(fresh.out, 'a').releases[1]).toEqual(before);
    // It stays refused however often it is built.
    expect(rulesOf(await fresh.build({ previous: folder }))).toHaveLength(1);
  });

  test('takes its place on somebody’s word, which is recorded', async () => {
    const { repository, published: folder, fresh } = await published();
    const commit = repository.commit(changed);
    const result = await fresh.build({ previous: folder, supersede: ['a@1.0.0'], message: 'wrong namespace' });
    expect(result).toMatchObject({ ok: true, report: { superseded: ['a@1.0.0'] } });
    const [, before] = readPackDocument(folder, 'a').releases;
    const [, now] = readPackDocument(fresh.out, 'a').releases;
    const contentSha256 = before?.artifact.contentSha256;
    expect(now?.supersedes).toEqual([{ contentSha256, message: 'wrong namespace', commit }]);
    expect(now?.artifact.contentSha256).not.toBe(contentSha256);
    // A job that runs again has nothing left to do.
    const again = await fresh.build({ previous: fresh.out, supersede: ['a@1.0.0'], message: 'wrong namespace' });
    expect(again).toMatchObject({ ok: true, plan: { write: [], remove: [] } });
    // The record stays with the release.
    repository.commit({ ...add('a', '3.0.0') });
    await fresh.build({ previous: fresh.out });
    expect(readPackDocument(fresh.out, 'a').releases[2]?.supersedes).toEqual(now?.supersedes);
  });

  test('a word for what did not change is a mistake', async () => {
    const { published: folder, fresh } = await published();
    expect(await failureOf(fresh.build({ previous: folder, supersede: ['a@1.0.0'], message: 'why' }))).toMatchObject({
      code: 'usage',
      message: 'a 1.0.0 is not published with other content, so there is nothing to supersede.',
    });
  });

  test('junk may come and go', async () => {
    const { repository, published: folder, fresh } = await published();
    repository.commit({ 'packs/a-1.0.0/.DS_Store': 'junk' });
    expect(await fresh.build({ previous: folder })).toMatchObject({ ok: true });
    const [, before] = readPackDocument(folder, 'a').releases;
    const [, now] = readPackDocument(fresh.out, 'a').releases;
    expect(now).toMatchObject({ artifact: before?.artifact ?? {}, publishedAt: before?.publishedAt });
    expect(now?.source.tree).not.toBe(before?.source.tree);
  });

  test('is refused against a commit as well, where nothing says what is published', async () => {
    const { repository, fresh } = await published();
    repository.commit(changed);
    const result = await fresh.build({ base: 'HEAD~1' });
    expect(rulesOf(result)).toEqual(['packs/a-1.0.0/pack.json error registry/published-release']);
    const word = { supersede: ['a@1.0.0'], message: 'why' };
    expect(await fresh.build({ base: 'HEAD~1', ...word })).toMatchObject({ ok: true });
  });
});

describe('a release by an older recipe', () => {
  test('is made anew, but for its published archive', async () => {
    const { published: folder, fresh } = await published();
    const older = await republished(folder, (text) => text.replaceAll(/"recipe":\d+/gu, '"recipe":1'));
    const result = await fresh.build({ previous: older });
    expect(result.report.renewed).toContain('a@1.0.0');
    expect(result.report).toMatchObject({ releases: { total: 12 } });
    const { releases } = readPackDocument(fresh.out, 'a');
    expect(releases.map(({ artifact }) => artifact)).toEqual(
      readPackDocument(folder, 'a').releases.map(({ artifact }) => artifact),
    );
    expect(releases.map(({ recipe }) => recipe)).not.toContain(1);
    expect(brokenLinks(fresh.out)).toEqual([]);
  });
});

describe('going back', () => {
  test('is refused unless it is asked for', async () => {
    const { repository, published: folder, fresh } = await published();
    const first = repository.git('rev-parse', 'HEAD');
    repository.commit(add('a', '1.2.0'));
    await fresh.build({ previous: folder });
    expect(await failureOf(fresh.build({ previous: fresh.out, revision: first }))).toEqual({
      code: 'rollback',
      message: `Commit ${first.slice(0, 12)} has serial 1, and ${fresh.out} has 2 already.`,
      hint: 'Build the newest commit; or, to go back on purpose, add --rollback.',
    });
    expect(await fresh.build({ previous: fresh.out, revision: first, rollback: true })).toMatchObject({ ok: true });
    expect(readIndex(fresh.out).serial).toBe(1);
  });
});

test('where nothing is published yet, the first build is made without it', async () => {
  const { fresh } = await published();
  const folder = await scratch();
  const host = await staticHost(folder);
  for (const previous of [folder, host.url]) {
    const { code, hint } = await failureOf(fresh.build({ previous }));
    expect(code).toBe('registry-not-found');
    expect(hint).toMatch(/\. For the first build, leave out --previous\.$/u);
  }
});

describe('what makes no sense', () => {
  test.each([
    [{ changesOnly: true }, '--changes-only needs --previous.'],
    [{ base: 'HEAD', previous: '.' }, '--base and --previous do not go together.'],
  ])('%j', async (options, message) => {
    const { fresh } = await published();
    expect(await failureOf(fresh.build(options))).toMatchObject({ code: 'usage', message });
  });
});

describe('a clone that lacks blobs', () => {
  test('fetches those of the pack that changed, at once', async () => {
    const { repository, published: folder, fresh } = await published();
    repository.commit(add('a', '1.2.0'));
    repository.git('config', 'uploadpack.allowFilter', 'true');
    const clone = join(await scratch(), 'clone');
    const from = `file://${repository.path}`;
    repository.git('clone', '--quiet', '--bare', '--filter=blob:none', from, clone);
    const missing = (): number =>
      execFileSync('git', ['rev-list', '--objects', '--all', '--missing=print'], { cwd: clone, encoding: 'utf8' })
        .split('\n')
        .filter((line) => line.startsWith('?')).length;
    const before = missing();
    const result = await fresh.build({ repository: clone, revision: 'main', previous: folder, changesOnly: true });
    expect(result).toMatchObject({ ok: true });
    // The pack's three files, and registry.yaml.
    expect(before - missing()).toBe(4);
  });
});
