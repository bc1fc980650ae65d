import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { expect, onTestFinished, test } from 'vitest';

import { sha256 } from '../../../src/model/content.ts';
import { openGitStore, type GitStoreOptions } from '../../../src/publish/git/git-store.ts';
import type { Store } from '../../../src/publish/store.ts';
import { bareRemote, listed, textEntry } from '../../helpers/bare-remote.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { treeOf } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';
import { withEnvironment } from '../../helpers/environment.ts';

const INDEX = JSON.stringify({ format: 'packyard-index/1', source: { committedAt: '2026-01-02T03:04:05Z' } });
const LIST = '.packyard-blobs';
const now = (): number => Date.UTC(2026, 5, 1);

async function open(remote: string, options: Partial<GitStoreOptions> = {}): Promise<Store> {
  const store = await openGitStore({ remote, branch: 'gh-pages', history: 'keep', now, ...options });
  onTestFinished(() => store.close());
  return store;
}

async function publish(store: Store, files: Readonly<Record<string, string>>): Promise<string> {
  for (const [path, text] of Object.entries(files)) await store.put(textEntry(path, text));
  return store.commit('Publish serial 1');
}

test.each(['keep', 'squash'] as const)('the first publish to an empty remote, %s', async (history) => {
  const remote = await bareRemote();
  const store = await open(remote.url, { history });
  expect(store.atomic).toBe(true);
  expect(await store.keepsConditions()).toBe(true);
  expect(store.location).toBe(`${remote.url} (branch gh-pages)`);
  expect([...(await listed(store))]).toEqual([]);
  expect(await store.read('index.json', 100)).toBeUndefined();
  expect(await publish(store, { 'index.json': INDEX, 'packs/a/1.json': 'one', 'packs/b/ü 1.json': 'one' })).toBe(
    'done',
  );
  expect(remote.files('gh-pages')).toHaveLength(4);
  expect(remote.file('gh-pages', 'packs/a/1.json')).toBe('one');
  expect(remote.git('log', '--format=%an <%ae> %aI %cn %cI %B', 'gh-pages')).toBe(
    'Packyard <packyard@localhost> 2026-01-02T03:04:05+00:00 Packyard 2026-01-02T03:04:05+00:00 Publish serial 1',
  );
  expect(remote.git('fsck', '--strict')).not.toContain('error');
  expect(Buffer.from((await store.read('packs/a/1.json', 3))?.bytes ?? [])).toEqual(Buffer.from('one'));
});

test('what is there is listed with its hash, and nothing is sent again', async () => {
  const remote = await bareRemote();
  await publish(await open(remote.url), { 'index.json': INDEX, 'packs/a/1.json': 'one' });
  const before = remote.git('rev-parse', 'gh-pages');
  const store = await open(remote.url);
  const found = (await listed(store)).get('packs/a/1.json');
  const etag = remote.git('rev-parse', 'gh-pages:packs/a/1.json');
  expect(found).toEqual({ path: 'packs/a/1.json', size: 3, sha256: sha256('one'), etag, modifiedAt: now() });
  expect(await publish(store, { 'index.json': INDEX, 'packs/a/1.json': 'one' })).toBe('done');
  expect(remote.git('rev-parse', 'gh-pages')).toBe(before);
  expect(store.traffic).toEqual({ requests: 3, bytesSent: 0 });
});

test('a change sends what changed, whatever else is there', async () => {
  const remote = await bareRemote();
  const large = Array.from({ length: 200 }, (_, index) => [`packs/p${index}/1.json`, sha256(`${index}`).repeat(500)]);
  const first = await open(remote.url);
  await publish(first, { 'index.json': INDEX, ...Object.fromEntries(large) });
  expect(first.traffic.bytesSent).toBeGreaterThan(20_000);
  for (const history of ['keep', 'squash'] as const) {
    const store = await open(remote.url, { history });
    expect(await publish(store, { 'packs/p7/1.json': `${history} two` })).toBe('done');
    expect(store.traffic.bytesSent).toBeGreaterThan(0);
    expect(store.traffic.bytesSent).toBeLessThan(5000);
  }
  expect(remote.git('rev-list', '--count', 'gh-pages')).toBe('1');
  expect(remote.files('gh-pages')).toHaveLength(202);
});

test('history is kept, and the same change makes the same commit everywhere', async () => {
  const [one, two] = [await bareRemote(), await bareRemote()];
  for (const remote of [one, two]) {
    await publish(await open(remote.url), { 'index.json': INDEX });
    await publish(await open(remote.url), { 'packs/a/1.json': 'one' }).catch(() => undefined);
    await publish(await open(remote.url, { committedAt: '2026-02-03T04:05:06Z' }), { 'packs/b/1.json': 'b' });
  }
  expect(one.git('log', '--format=%s %cI', 'gh-pages').split('\n')).toHaveLength(3);
  expect(one.git('log', '-1', '--format=%cI', 'gh-pages')).toBe('2026-02-03T04:05:06+00:00');
  expect(one.git('rev-parse', 'gh-pages^{tree}')).toBe(two.git('rev-parse', 'gh-pages^{tree}'));
});

test('other files stay, and removed ones go', async () => {
  const remote = await bareRemote();
  remote.commit('gh-pages', { CNAME: 'packs.example.org', '.nojekyll': '', 'README.md': 'mine', 'docs/a.md': 'a' });
  const store = await open(remote.url);
  expect([...(await listed(store)).keys()]).toEqual(['.nojekyll']);
  await publish(store, { 'index.json': INDEX, 'packs/a/1.json': 'one', 'packs/a/2.json': 'two' });
  await store.remove(['packs/a/1.json', 'packs/none.json']);
  expect(await store.commit('Remove')).toBe('done');
  expect([...(await listed(store)).keys()].toSorted()).toEqual(['.nojekyll', 'index.json', 'packs/a/2.json']);
  const files = ['.nojekyll', LIST, 'CNAME', 'README.md', 'docs/a.md', 'index.json', 'packs/a/2.json'];
  expect(remote.files('gh-pages')).toEqual(files);
  expect(remote.file('gh-pages', LIST)).not.toContain(sha256('one'));
});

test('what another tool put there is fetched and hashed once', async () => {
  const remote = await bareRemote();
  remote.commit('gh-pages', { 'index.json': INDEX, 'packs/a/1.json': 'one' });
  const store = await open(remote.url);
  const found = (await listed(store)).get('packs/a/1.json');
  expect(found).toMatchObject({ size: 3, sha256: sha256('one') });
  expect(found).not.toHaveProperty('modifiedAt');
  expect(store.traffic.requests).toBe(3);
});

test('a list of blobs that is nonsense is not believed', async () => {
  const remote = await bareRemote();
  remote.commit('gh-pages', { 'index.json': INDEX, [LIST]: `packyard-blobs/1\nx y z\n${'a'.repeat(40)} b 1 1\n` });
  expect((await listed(await open(remote.url))).get('index.json')).toMatchObject({ sha256: sha256(INDEX) });
});

test('conditions hold against what was read', async () => {
  const remote = await bareRemote();
  const store = await open(remote.url);
  await publish(store, { 'index.json': INDEX });
  const { etag = '' } = (await store.read('index.json', 1000)) ?? {};
  const entry = textEntry('index.json', `${INDEX} `);
  expect(await store.put(entry, { kind: 'absent' })).toBe('conflict');
  expect(await store.put(entry, { kind: 'unchanged', etag: 'a'.repeat(40) })).toBe('conflict');
  expect(await store.put(entry, { kind: 'unchanged', etag })).toBe('written');
  expect(await store.put(textEntry('packs/a/1.json', 'x'), { kind: 'absent' })).toBe('written');
  expect(await store.commit('Change')).toBe('done');
  expect(remote.file('gh-pages', 'index.json')).toBe(`${INDEX} `);
});

test.each(['keep', 'squash'] as const)('a branch that moved meanwhile is a conflict (%s)', async (history) => {
  const remote = await bareRemote();
  const [slow, fast] = [await open(remote.url, { history }), await open(remote.url, { history })];
  await slow.put(textEntry('packs/a/1.json', 'slow'));
  await slow.put(textEntry('index.json', INDEX));
  expect(await publish(fast, { 'index.json': INDEX, 'packs/b/1.json': 'fast' })).toBe('done');
  expect(await slow.commit('Publish')).toBe('conflict');
  expect(remote.files('gh-pages')).not.toContain('packs/a/1.json');
  // The next look is a new one, and what was made is there.
  expect([...(await listed(slow)).keys()]).toContain('packs/b/1.json');
  expect(await publish(slow, { 'packs/a/1.json': 'slow' })).toBe('done');
  expect(remote.files('gh-pages')).toEqual([LIST, 'index.json', 'packs/a/1.json', 'packs/b/1.json']);
});

test("the user's repository is only read: its remote, its identity", async () => {
  const remote = await bareRemote();
  const user = await gitRepository({ 'packs/a/pack.json': '{}' });
  user.git('remote', 'add', 'origin', remote.url);
  user.git('config', 'user.name', 'Ada Publisher');
  user.git('config', 'user.email', 'ada@example.org');
  const hook = join(user.path, '.git', 'hooks', 'pre-push');
  user.write({ '.git/hooks/pre-push': '#!/bin/sh\nexit 1\n', 'packs/a/pack.json': '{"changed": true}' });
  expect(existsSync(hook)).toBe(true);
  const before = treeOf(user.path);
  const store = await open('origin', { repository: join(user.path, 'packs') });
  expect(await publish(store, { 'index.json': INDEX })).toBe('done');
  expect(treeOf(user.path)).toEqual(before);
  expect(remote.git('log', '--format=%an <%ae>', 'gh-pages')).toBe('Ada Publisher <ada@example.org>');
});

test('a branch with sources of packs is not published to', async () => {
  const remote = await bareRemote();
  remote.commit('main', { 'packs/a/pack.json': '{}' });
  expect(await failureOf(open(remote.url, { branch: 'main' }))).toEqual({
    code: 'output-foreign',
    message: `${remote.url} (branch main) holds "packs/a/pack.json" but no registry: publishing would write over other people's files.`,
    hint: 'Name a branch of its own, such as gh-pages. It need not exist.',
  });
});

test('a link on the branch is no file, and is replaced', async () => {
  const remote = await bareRemote();
  remote.commit('gh-pages', { 'index.json': INDEX, target: 'x' });
  const link = remote.git('rev-parse', 'gh-pages:target');
  remote.git('read-tree', 'gh-pages');
  remote.git('update-index', '--add', '--cacheinfo', `120000,${link},packs/a/1.json`);
  const tree = remote.git('write-tree');
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.org'];
  remote.git('update-ref', 'refs/heads/gh-pages', remote.git(...identity, 'commit-tree', '-m', 'link', tree));
  const store = await open(remote.url);
  expect([...(await listed(store)).keys()]).toEqual(['index.json']);
  expect(await store.read('packs/a/1.json', 10)).toBeUndefined();
  await publish(store, { 'packs/a/1.json': 'file' });
  expect(remote.git('ls-tree', 'gh-pages', 'packs/a/1.json')).toMatch(/^100644 blob/u);
});

test('a folder is where a file was, and a file where a folder was', async () => {
  const remote = await bareRemote();
  const store = await open(remote.url);
  await publish(store, { 'index.json': INDEX, 'packs/a': 'file', 'packs/b/1': 'in a folder' });
  await store.remove(['packs/a', 'packs/b/1']);
  await publish(store, { 'packs/a/1': 'in a folder', 'packs/b': 'file' });
  expect(remote.files('gh-pages')).toEqual([LIST, 'index.json', 'packs/a/1', 'packs/b']);
});

test.each(['../x', 'packs/../../x', 'packs//x', '.git/config', 'CNAME', 'packs/a\nD index.json', '/packs/x'])(
  'the path %j is refused',
  async (path) => {
    const store = await open((await bareRemote()).url);
    const refused = { code: 'usage', message: expect.stringContaining('cannot be a path on the branch') as string };
    expect(await failureOf(store.put(textEntry(path, 'x')))).toMatchObject(refused);
    expect(await failureOf(store.remove([path]))).toMatchObject(refused);
    expect(await failureOf(store.read(path, 10))).toMatchObject(refused);
  },
);

test('a file that is too large to be read is named', async () => {
  const remote = await bareRemote();
  remote.commit('gh-pages', { 'index.json': INDEX });
  expect(await failureOf((await open(remote.url)).read('index.json', 10))).toEqual({
    code: 'file-too-large',
    message: `index.json in ${remote.url} (branch gh-pages) is larger than 10 bytes.`,
    hint: 'Look for what got there by mistake, and remove it from the branch.',
  });
});

test('a remote of the other object format is published to', async () => {
  const remote = await bareRemote();
  remote.git('init', '--quiet', '--bare', '--object-format=sha256', join(remote.path, 'sha256.git'));
  const url = pathToFileURL(join(remote.path, 'sha256.git')).href;
  const inside = ['-C', join(remote.path, 'sha256.git')];
  const identity = ['-c', 'user.name=x', '-c', 'user.email=x@example.org'];
  const tree = remote.git(...inside, 'write-tree');
  const commit = remote.git(...inside, ...identity, 'commit-tree', '-m', 'first', tree);
  remote.git(...inside, 'update-ref', 'refs/heads/gh-pages', commit);
  expect(await publish(await open(url), { 'index.json': INDEX })).toBe('done');
  expect([...(await listed(await open(url))).keys()]).toEqual(['index.json']);
});

test('close removes the temporary folder', async () => {
  withEnvironment({ TMPDIR: await scratch() });
  const store = await openGitStore({ remote: (await bareRemote()).url, branch: 'gh-pages', history: 'keep' });
  await store.put(textEntry('packs/a/1.json', 'x'));
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('packyard-tree-'))).toHaveLength(1);
  await store.close();
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith('packyard-tree-'))).toEqual([]);
});
