import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { openGitStore } from '../../../src/publish/git/git-store.ts';
import type { Store } from '../../../src/publish/store.ts';
import { bareRemote, listed, textEntry } from '../../helpers/bare-remote.ts';
import { withEnvironment } from '../../helpers/environment.ts';
import { gitHttpServer, HAS_HTTP_BACKEND } from '../../helpers/git-http-server.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { PEERS_REQUIRED } from '../../helpers/peers.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

async function open(remote: string, repository?: string): Promise<Store> {
  const store = await openGitStore({
    remote,
    branch: 'gh-pages',
    history: 'keep',
    ...(repository !== undefined && { repository }),
  });
  onTestFinished(() => store.close());
  return store;
}

const over = test.skipIf(!HAS_HTTP_BACKEND && !PEERS_REQUIRED);

over('over HTTP (git-http-backend) with a login in the address', async () => {
  const remote = await bareRemote();
  const { url, host } = await gitHttpServer(remote.path);
  const address = url.replace('://', '://ada:geheim@');
  const store = await open(address);
  expect(store.location).toBe(`http://${host}/remote.git (branch gh-pages)`);
  await store.put(textEntry('index.json', '{}'));
  await store.put(textEntry('packs/a/1.json', 'x'.repeat(3_000_000)));
  expect(await store.commit('Publish')).toBe('done');
  const again = await open(address);
  expect([...(await listed(again)).keys()].toSorted()).toEqual(['index.json', 'packs/a/1.json']);
  expect((await again.read('index.json', 10))?.bytes).toHaveLength(2);
});

over('over HTTP (git-http-backend) with the header that continuous integration leaves in the settings', async () => {
  const remote = await bareRemote();
  const { url, host } = await gitHttpServer(remote.path);
  const user = await gitRepository({ a: '' });
  user.git('remote', 'add', 'origin', url);
  // As actions/checkout does: beside the repository, and only for it.
  const credentials = join(await scratch(), 'credentials');
  const header = `AUTHORIZATION: basic ${Buffer.from('ada:geheim').toString('base64')}`;
  user.git('config', '--file', credentials, `http.http://${host}/.extraheader`, header);
  user.git('config', `includeIf.gitdir:${user.path}/.git.path`, credentials);
  const store = await open('origin', user.path);
  await store.put(textEntry('index.json', '{}'));
  expect(await store.commit('Publish')).toBe('done');
  remote.hook('pre-receive', `echo 'sent: ${header}'; exit 1`);
  await store.put(textEntry('index.json', '{"a": 1}'));
  const { message } = await failureOf(store.commit('Publish'));
  expect(message).toContain('remote: sent: …');
  expect(message).not.toContain(Buffer.from('ada:geheim').toString('base64'));
});

over('over HTTP (git-http-backend) with a program of the environment that knows the login', async () => {
  const remote = await bareRemote();
  const { url } = await gitHttpServer(remote.path);
  withEnvironment({ GIT_ASKPASS: 'false' });
  expect(await failureOf(open(url))).toMatchObject({ code: 'registry-denied' });
  const repository = await gitRepository({
    'ask.sh': '#!/bin/sh\ncase "$1" in U*) echo ada;; *) echo geheim;; esac\n',
  });
  repository.git('update-index', '--chmod=+x', 'ask.sh');
  repository.git('checkout-index', '--force', 'ask.sh');
  withEnvironment({ GIT_ASKPASS: join(repository.path, 'ask.sh') });
  const store = await open(url);
  await store.put(textEntry('index.json', '{}'));
  expect(await store.commit('Publish')).toBe('done');
});

over('over HTTP (git-http-backend) without access', async () => {
  const remote = await bareRemote();
  const { url } = await gitHttpServer(remote.path);
  withEnvironment({ GIT_ASKPASS: undefined, SSH_ASKPASS: undefined });
  const user = await gitRepository({ a: '' });
  user.git('config', 'credential.helper', 'store');
  const failure = await failureOf(open(url, user.path));
  expect(failure.code).toBe('registry-denied');
  expect(failure.hint).toContain('Packyard runs no program that a repository names (credential.helper)');
  const wrong = await failureOf(open(url.replace('://', '://ada:falsch@')));
  expect(wrong.code).toBe('registry-denied');
  expect(JSON.stringify(wrong)).not.toContain('falsch');
});
