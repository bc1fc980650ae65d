import { execFileSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, test } from 'vitest';

import { planPush, push } from '../../../src/contribute/push/push.ts';
import type { PushProgress } from '../../../src/contribute/push/push-options.ts';
import { interruptGit } from '../../helpers/git-interrupted.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { loosePack, pushRegistry, writeFiles } from '../../helpers/push-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const BRANCH = 'packyard/demo-1.1.0';

describe('a remote that moves meanwhile', () => {
  const commit = (remote: string, branch: string, path: string): string =>
    `printf 'commit refs/heads/${branch}\\ncommitter O <o@x> 1700000000 +0000\\ndata 1\\nx\\nfrom refs/heads/main^0\\nM 100644 inline ${path}\\ndata 1\\nx\\n' | git -C '${remote}' fast-import --quiet`;

  it('is built on anew', async () => {
    const remote = await pushRegistry();
    const ran = await interruptGit('after', 'commit-tree', remote.path, commit(remote.path, 'main', 'more.txt'));
    const steps: PushProgress['step'][] = [];
    const directory = await loosePack({ version: '1.1.0' });
    const result = await push({
      directories: [directory],
      registry: remote.url,
      cache: await scratch(),
      onProgress: ({ step }) => steps.push(step),
    });
    expect(ran()).toBe(true);
    expect(steps).toEqual(['fetch', 'check', 'retry', 'fetch', 'check', 'push']);
    expect(result.base.commit).toBe(remote.git('rev-parse', 'main'));
    expect(remote.files(BRANCH)).toContain('more.txt');
  });

  it('and has the branch, of other content, before it is pushed', async () => {
    const remote = await pushRegistry();
    await interruptGit('before', 'push', remote.path, commit(remote.path, BRANCH, 'more.txt'));
    const directory = await loosePack({ version: '1.1.0' });
    const failure = await failureOf(push({ directories: [directory], registry: remote.url, cache: false }));
    expect(failure.code).toBe('branch-taken');
    expect(remote.files(BRANCH)).toContain('more.txt');
  });
});

test.each([
  ['with a cache', true],
  ['without one', false],
])('a base that is replaced between a look at it and its fetching is looked at again, %s', async (_how, isCached) => {
  const remote = await pushRegistry();
  const cache = isCached ? await scratch() : false;
  const registry = remote.url;
  const replaced = `printf 'commit refs/heads/main\\ncommitter O <o@x> 1700000001 +0000\\ndata 1\\ny\\nM 100644 inline new.txt\\ndata 1\\nx\\n' | git -C '${remote.path}' fast-import --quiet --force && git -C '${remote.path}' reflog expire --expire=now --all && git -C '${remote.path}' prune --expire=now`;
  const ran = await interruptGit('after', 'ls-remote', remote.path, replaced);
  const result = await push({ directories: [await loosePack({ version: '1.1.0' })], registry, cache });
  expect(ran()).toBe(true);
  expect(result.base.commit).toBe(remote.git('rev-parse', 'main'));
  expect(remote.files(BRANCH)).toContain('new.txt');
});

test('who stops a push leaves nothing behind, here or there', async () => {
  const remote = await pushRegistry();
  const cache = await scratch();
  const stop = new AbortController();
  remote.hook(
    'pre-receive',
    `touch '${remote.path}/waiting'; while test -e '${remote.path}/waiting'; do sleep 0.05; done; exit 1`,
  );
  const work = push({
    directories: [await loosePack({ version: '1.1.0' })],
    registry: remote.url,
    cache,
    signal: stop.signal,
  });
  const failed = expect(work).rejects.toThrow('enough');
  await expect.poll(() => existsSync(join(remote.path, 'waiting')), { timeout: 30_000 }).toBe(true);
  stop.abort(new Error('enough'));
  await failed;
  rmSync(join(remote.path, 'waiting'));
  expect(remote.git('for-each-ref', '--format=%(refname)')).toBe('refs/heads/main');
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`packyard-tree-${process.pid}-`))).toEqual([]);
});

test('what a killed process left of a clone is removed by the next one that makes it', async () => {
  const remote = await pushRegistry();
  const cache = await scratch();
  const options = { directories: [await loosePack({ version: '1.1.0' })], registry: remote.url, cache };
  await planPush(options);
  const [clone = ''] = readdirSync(join(cache, 'clones'));
  const folder = join(cache, 'clones', clone);
  rmSync(join(folder, 'registry.git'), { recursive: true });
  mkdirSync(join(folder, `${randomUUID()}.git`));
  await planPush(options);
  expect(readdirSync(folder)).toEqual(['registry.git']);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
});

test('a clone that is damaged is made again, and nothing is left behind', async () => {
  const remote = await pushRegistry();
  const cache = await scratch();
  const directory = await loosePack({ version: '1.1.0' });
  const options = { directories: [directory], registry: remote.url, cache };
  await planPush(options);
  const [clone = ''] = readdirSync(join(cache, 'clones'));
  execFileSync('sh', [
    '-c',
    `cd '${cache}/clones/${clone}/registry.git/objects' && chmod -R u+w . && find . -type f | while read f; do echo broken > "$f"; done`,
  ]);
  expect((await push(options)).outcome).toBe('pushed');
  expect(readdirSync(join(cache, 'clones', clone))).toEqual(['registry.git']);
  expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`packyard-tree-${process.pid}-`))).toEqual([]);
});

test('a clone follows the registry, and a shallow checkout is built on without its objects', async () => {
  const remote = await pushRegistry();
  const cache = await scratch();
  const directories = [await loosePack({ version: '1.1.0' })];
  await planPush({ directories, registry: remote.url, cache });
  remote.commit('main', packFiles('packs/other-1.0.0', { name: 'other' }) as Record<string, string>);
  const plan = await planPush({ directories, registry: remote.url, cache });
  expect(plan.base.commit).toBe(remote.git('rev-parse', 'main'));
  const path = join(await scratch(), 'co');
  execFileSync('git', ['clone', '--quiet', '--depth=1', remote.url, path]);
  writeFiles(path, packFiles('packs/demo-1.1.0', { version: '1.1.0' }));
  const result = await push({ directories: [join(path, 'packs/demo-1.1.0')], cache });
  expect(result.outcome).toBe('pushed');
  expect(remote.git('rev-list', '--count', BRANCH)).toBe('3');
});
