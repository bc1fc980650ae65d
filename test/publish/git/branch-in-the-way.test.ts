import { execFileSync } from 'node:child_process';

import { expect, onTestFinished, test } from 'vitest';

import { openGitStore } from '../../../src/publish/git/git-store.ts';
import type { Store } from '../../../src/publish/store.ts';
import { parseBranchLinks } from '../../../src/publish/git/branch-files.ts';
import { bareRemote, textEntry } from '../../helpers/bare-remote.ts';
import { failureOf } from '../../helpers/rejection.ts';

async function open(remote: string, branch: string): Promise<Store> {
  const store = await openGitStore({ remote, branch, history: 'keep' });
  onTestFinished(() => store.close());
  return store;
}

test('a branch whose name has another branch in it is no race for ever', async () => {
  const remote = await bareRemote();
  remote.commit('gh-pages', { 'index.html': 'hi' });
  const store = await open(remote.url, 'gh-pages/packs');
  let tries = 0;
  const failure = await failureOf(
    (async () => {
      for (; tries < 60; tries += 1) {
        await store.put(textEntry('index.json', '{}'));
        await store.commit('Publish');
      }
    })(),
  );
  expect(tries).toBe(11);
  expect(failure).toEqual({
    code: 'registry-denied',
    message: expect.stringContaining('could not be pushed to: the remote refused it.') as string,
    hint: 'Nothing was changed there. Look at the rules for this branch: its hooks, its protection, the sizes it allows; or name another branch.',
  });
  expect(failure.message).toContain('gh-pages/packs');
});

test('a link in the place of a folder of the registry is not written over', async () => {
  const remote = await bareRemote();
  remote.commit('other', { target: 'elsewhere' });
  const target = remote.git('rev-parse', 'other:target');
  const tree = execFileSync('git', ['mktree'], {
    cwd: remote.path,
    input: `120000 blob ${target}\tpacks\n`,
    encoding: 'utf8',
  }).trim();
  const identity = ['-c', 'user.name=Other', '-c', 'user.email=other@example.org'];
  remote.git('update-ref', 'refs/heads/gh-pages', remote.git(...identity, 'commit-tree', '-m', 'link', tree));
  expect(await failureOf(open(remote.url, 'gh-pages'))).toEqual({
    code: 'output-foreign',
    message: `${remote.url} (branch gh-pages) has a link or a submodule at "packs", where a registry has its files.`,
    hint: 'Remove it from the branch and publish again, or name another branch; nothing was changed.',
  });
});

test('links and submodules of a branch are told from its files', () => {
  const oid = 'a'.repeat(40);
  const listed = [
    `100644 blob ${oid}\tindex.json`,
    `120000 blob ${oid}\tpacks`,
    `160000 commit ${oid}\tsub/it`,
    '',
  ].join('\0');
  expect(parseBranchLinks(listed)).toEqual(['packs', 'sub/it']);
});
