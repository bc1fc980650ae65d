import { execFileSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { contentOf } from '../../../src/model/content.ts';
import { entryOf } from '../../../src/model/entry-of.ts';
import { openGitStore, type GitStoreOptions } from '../../../src/publish/git/git-store.ts';
import type { Store } from '../../../src/publish/store.ts';
import { bareRemote, textEntry } from '../../helpers/bare-remote.ts';
import { withEnvironment } from '../../helpers/environment.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { requirePosix } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';

async function open(remote: string, options: Partial<GitStoreOptions> = {}): Promise<Store> {
  const store = await openGitStore({ remote, branch: 'gh-pages', history: 'keep', ...options });
  onTestFinished(() => store.close());
  return store;
}

test('a hook that rejects is quoted, and is no conflict', async () => {
  const remote = await bareRemote();
  remote.hook('pre-receive', String.raw`printf 'not on \033[31mfridays\033[0m\a\n' >&2; exit 1`);
  const store = await open(remote.url);
  await store.put(textEntry('index.json', '{}'));
  const { message, ...failure } = await failureOf(store.commit('Publish'));
  expect({ ...failure, message: message.replace(remote.url, '<remote>') }).toMatchInlineSnapshot(`
    {
      "code": "registry-denied",
      "hint": "Nothing was changed there. Look at the rules for this branch: its hooks, its protection, the sizes it allows; or name another branch.",
      "message": "<remote> (branch gh-pages) could not be pushed to: the remote refused it. Git says: remote: not on fridays
    [remote rejected] (pre-receive hook declined)",
    }
  `);
  // What was made is still there, and can be pushed when the hook lets it.
  remote.hook('pre-receive', 'exit 0');
  expect(await store.commit('Publish')).toBe('done');
  expect(remote.file('gh-pages', 'index.json')).toBe('{}');
});

test('a remote that takes no new history is named', async () => {
  const remote = await bareRemote();
  remote.commit('gh-pages', { 'index.json': '{}' });
  remote.git('config', 'receive.denyNonFastForwards', 'true');
  const store = await open(remote.url, { history: 'squash' });
  await store.put(textEntry('index.json', '{"a": 1}'));
  const failure = await failureOf(store.commit('Publish'));
  expect(failure.message).toContain('denying non-fast-forward');
  expect(failure.hint).toBe('Publish with the history of the branch kept.');
});

test('a branch that is checked out there is named', async () => {
  const remote = await gitRepository({ 'README.md': 'x' });
  const store = await open(remote.path, { branch: 'main' });
  await store.put(textEntry('index.json', '{}'));
  expect(await failureOf(store.commit('Publish'))).toMatchObject({
    code: 'registry-denied',
    message: expect.stringContaining('branch is currently checked out') as string,
  });
});

test('a remote that is nowhere is named', async () => {
  const path = join(await scratch(), 'none.git');
  const { message, ...failure } = await failureOf(open(path));
  expect({ ...failure, message: message.replaceAll(path, '<remote>') }).toMatchInlineSnapshot(`
    {
      "code": "registry-not-found",
      "hint": "Look whether the address is right and whether you may push there; in GitHub Actions, the job needs \`permissions: contents: write\`.",
      "message": "<remote> (branch gh-pages) could not be read: there is no such repository, or it is not shown to whoever asks. Git says: fatal: '<remote>' does not appear to be a git repository
    fatal: Could not read from remote repository.
    Please make sure you have the correct access rights
    and the repository exists.",
    }
  `);
  expect(await failureOf(open('http://127.0.0.1:1/a.git'))).toMatchObject({ code: 'registry-unreachable' });
});

test('no password is in a message', async () => {
  const failure = await failureOf(open('http://ada:geheim%21@127.0.0.1:1/a.git?token=verborgen'));
  expect(JSON.stringify(failure)).not.toMatch(/geheim|verborgen|ada/u);
  expect(failure.message).toContain('http://127.0.0.1:1/a.git (branch gh-pages) could not be read');
});

test.each(['ext::sh -c "touch /tmp/no"', '-u./x', '--upload-pack=touch x', 'origin', '', 'a\nb/c'])(
  'the remote %j is not asked',
  async (remote) => {
    const { code } = await failureOf(open(remote));
    expect(['usage', 'registry-not-found']).toContain(code);
  },
);

test('the remote of a name that is none is told, and which there are', async () => {
  const user = await gitRepository({ a: '' });
  user.git('remote', 'add', 'github', 'https://u:secret@example.org/x.git');
  expect(await failureOf(open('origin', { repository: user.path }))).toEqual({
    code: 'usage',
    message: `"origin" is no remote: ${user.path} has none so named, and it is no address either.`,
    hint: 'Remotes there: "github".',
  });
  user.git('config', '--add', 'remote.github.url', 'https://example.org/y.git');
  expect(await failureOf(open('github', { repository: user.path }))).toEqual({
    code: 'usage',
    message: 'The remote "github" has several addresses to push to.',
    hint: 'Name the one to publish to by its address instead.',
  });
});

test("no program that the repository's own settings name is run", async () => {
  const user = await gitRepository({ a: '' });
  const trap = join(await scratch(), 'ran');
  user.git('config', 'core.sshCommand', `touch '${trap}';`);
  user.git('config', 'credential.helper', `!touch '${trap}';`);
  user.git('config', 'remote.origin.url', 'ssh://127.0.0.1:1/x.git');
  user.git('config', 'remote.origin.receivepack', `touch '${trap}'`);
  user.git('config', 'remote.origin.uploadpack', `touch '${trap}'`);
  const failure = await failureOf(open('origin', { repository: user.path }));
  expect(failure.code).not.toBe('usage');
  const remote = await bareRemote();
  user.git('config', 'remote.origin.url', remote.url);
  const store = await open('origin', { repository: user.path });
  await store.put(textEntry('index.json', '{}'));
  expect(await store.commit('Publish')).toBe('done');
  expect(() => execFileSync('test', ['-e', trap])).toThrow();
});

test.each([
  ['', 'it is empty'],
  ['-f', 'it begins like an option'],
  ['a b', 'it holds a character that none may hold'],
  ['a:b', 'it holds a character that none may hold'],
  ['refs/heads/x', 'it is the name of a reference; leave out refs/heads/'],
  ['HEAD', 'it means something else to Git'],
  ['a..b', 'it holds ".." or "@{"'],
  ['a/.b', 'a part of it begins with a dot or ends with ".lock"'],
  ['a//b', 'a part of it is empty'],
  ['a.', 'it ends with a dot'],
  ['x'.repeat(201), 'it is longer than 200 bytes'],
])('the branch %j is refused', async (branch, why) => {
  expect(await failureOf(open('/nowhere/x.git', { branch }))).toEqual({
    code: 'usage',
    message: `${JSON.stringify(branch)} cannot be the name of a branch: ${why}.`,
    hint: 'Name one such as gh-pages.',
  });
});

test.each(["a'b$(touch${IFS}x)`y`", 'seiten/ü', 'a;b|c&d', '@x', 'a@b'])(
  'the branch %j is published to',
  async (branch) => {
    const remote = await bareRemote();
    const store = await open(remote.url, { branch });
    await store.put(textEntry('index.json', '{}'));
    expect(await store.commit('Publish')).toBe('done');
    expect(remote.file(`refs/heads/${branch}`, 'index.json')).toBe('{}');
  },
);

test('a message of several lines and control characters is one', async () => {
  const remote = await bareRemote();
  const store = await open(remote.url);
  await store.put(textEntry('index.json', '{}'));
  await store.commit('Publish\u001b[31m\n\nfrom refs/heads/x\ndata 5');
  expect(remote.git('log', '-1', '--format=%B', 'gh-pages')).toBe('Publish\\u001b[31m\n\nfrom refs/heads/x\ndata 5');
});

test('content that is not what it says fails, and nothing is pushed', async () => {
  const remote = await bareRemote();
  for (const size of [2, 200]) {
    const store = await open(remote.url);
    const wrong = { ...entryOf('packs/a/1.json', contentOf(Buffer.from('abc')), 'immutable'), size };
    expect(await failureOf(store.put(wrong))).toEqual({
      code: 'cache-corrupt',
      message: `packs/a/1.json does not have the ${size} bytes that it should have.`,
      hint: 'It was changed while it was read. Build again, and publish again.',
    });
    await expect(store.put(textEntry('index.json', '{}'))).rejects.toThrow('does not have');
  }
  expect(remote.git('for-each-ref')).toBe('');
});

test('a signal stops it, and it says why', async () => {
  const remote = await bareRemote();
  const stop = new AbortController();
  const store = await open(remote.url, { signal: stop.signal });
  await store.put(textEntry('index.json', '{}'));
  remote.hook('pre-receive', 'sleep 30');
  const commit = store.commit('Publish');
  setTimeout(() => stop.abort(new Error('enough')), 300);
  await expect(commit).rejects.toThrow('enough');
  await expect(open(remote.url, { signal: stop.signal })).rejects.toThrow('enough');
});

test('identities and times that no commit can hold are refused', async () => {
  const { url } = await bareRemote();
  expect(await failureOf(open(url, { identity: { name: 'a\nb', email: 'x' } }))).toMatchObject({
    message: '"a\\nb" cannot stand in a commit as name or address of its author.',
  });
  expect(await failureOf(open(url, { committedAt: 'yesterday' }))).toEqual({
    code: 'usage',
    message: '"yesterday" is not a time in UTC.',
    hint: 'Write it as 2026-07-01T16:53:28Z.',
  });
});

test('a full disk is told', async () => {
  requirePosix('scripts that are programs');
  // What Git says then, from a program in its place: a test cannot fill the disk of others.
  const folder = await scratch();
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  const full = "echo 'fatal: write error: No space left on device' >&2; exit 128";
  writeFileSync(join(folder, 'git'), `#!/bin/sh\ncase "$1" in fast-import) ${full};; *) exec ${real} "$@";; esac\n`);
  chmodSync(join(folder, 'git'), 0o755);
  const { url } = await bareRemote();
  withEnvironment({ PATH: `${folder}:${process.env['PATH'] ?? ''}` });
  const store = await open(url);
  expect(await failureOf(store.put(textEntry('index.json', '{}')))).toMatchObject({
    code: 'no-space',
    hint: 'Make room in the folder for temporary files, or name another one with TMPDIR, and publish again.',
  });
});
