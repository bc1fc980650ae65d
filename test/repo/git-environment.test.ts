import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { gitEnvironment } from '../../src/repo/git-environment.ts';
import { openGitObjects } from '../../src/repo/git-objects.ts';
import { gitIn } from '../../src/repo/git.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { snapshotOfWorkTree } from '../../src/repo/snapshot.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { gitRepository } from '../helpers/git-repository.ts';

/** Settings that are the caller's to make, such as a safe directory in CI. */
const CALLERS = new Set(['GIT_CONFIG', 'GIT_CONFIG_PARAMETERS', 'GIT_CONFIG_COUNT']);

test('drops every variable that Git counts as belonging to one repository', () => {
  const local = execFileSync('git', ['rev-parse', '--local-env-vars'], { encoding: 'utf8' }).trim().split('\n');
  const redirecting = local.filter((name) => !CALLERS.has(name) && name !== 'GIT_NO_REPLACE_OBJECTS');
  expect(redirecting).toContain('GIT_DIR');
  withEnvironment(Object.fromEntries(redirecting.map((name) => [name, '/elsewhere'])));
  const environment = gitEnvironment();
  expect(redirecting.filter((name) => name in environment)).toEqual([]);
});

test.each([
  'PAGER',
  'GIT_PAGER',
  'EDITOR',
  'VISUAL',
  'GIT_EDITOR',
  'GIT_SEQUENCE_EDITOR',
  'GIT_SSH',
  'GIT_SSH_COMMAND',
  'GIT_ASKPASS',
  'SSH_ASKPASS',
  'GIT_EXTERNAL_DIFF',
  'GIT_TRACE',
  'GIT_TRACE2_EVENT',
  'GIT_LITERAL_PATHSPECS',
  'GIT_ICASE_PATHSPECS',
])('drops %s', (name) => {
  withEnvironment({ [name]: 'something' });
  expect(gitEnvironment()).not.toHaveProperty(name);
});

test('on Windows also in another case, in which Git takes them for the same', () => {
  withEnvironment({ Git_Dir: 'elsewhere', git_ssh_command: 'something', Pagers: 'kept' });
  const names = Object.keys(gitEnvironment({}, 'win32'));
  expect(names).not.toContain('Git_Dir');
  expect(names).not.toContain('git_ssh_command');
  expect(names).toContain('Pagers');
});

test('keeps what is not about a repository', () => {
  withEnvironment({ HOME: '/home/me', GIT_CONFIG_GLOBAL: '/home/me/config', PAGERS: 'kept' });
  expect(gitEnvironment()).toMatchObject({
    HOME: '/home/me',
    GIT_CONFIG_GLOBAL: '/home/me/config',
    PAGERS: 'kept',
  });
});

test('forces the language of messages, no prompt, no lock and no replacement, whatever the caller has', () => {
  withEnvironment({
    LC_ALL: 'de_DE.UTF-8',
    GIT_OPTIONAL_LOCKS: '1',
    GIT_TERMINAL_PROMPT: '1',
    GIT_NO_REPLACE_OBJECTS: undefined,
  });
  expect(gitEnvironment()).toMatchObject({
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_REPLACE_OBJECTS: '1',
  });
});

test('a log is read as UTF-8, whatever encoding is set for people', async () => {
  const repository = await gitRepository({ f: '1' });
  repository.git('config', 'i18n.logOutputEncoding', 'UTF-16');
  const log = await gitIn(repository.path)(['log', '--max-count=1', '--format=%H']);
  expect(log.trim()).toBe(repository.git('rev-parse', 'HEAD'));
});

test('what is asked for wins over the rest', () => {
  withEnvironment({ GIT_INDEX_FILE: '/elsewhere' });
  expect(gitEnvironment({ GIT_INDEX_FILE: '/wanted', LC_ALL: 'POSIX' })).toMatchObject({
    GIT_INDEX_FILE: '/wanted',
    LC_ALL: 'POSIX',
  });
});

test('Git reads the repository that it is pointed at, whatever repository the caller stands in', async () => {
  const wanted = await gitRepository({ 'wanted.txt': '' });
  const other = await gitRepository({ 'other.txt': '' });
  const outside = join(other.path, '.git');
  withEnvironment({
    GIT_DIR: outside,
    GIT_WORK_TREE: other.path,
    GIT_COMMON_DIR: outside,
    GIT_INDEX_FILE: join(outside, 'index'),
    GIT_OBJECT_DIRECTORY: join(outside, 'objects'),
  });
  const git = gitIn(wanted.path);
  expect(await git(['rev-parse', '--absolute-git-dir'])).toBe(`${join(wanted.path, '.git')}\n`);
  expect(await git(['ls-files'])).toBe('wanted.txt\n');
  expect(await git(['ls-tree', '--name-only', 'HEAD'])).toBe('wanted.txt\n');
});

describe('the repository’s own programs', () => {
  test.each([undefined, '', '1'])('do not run, with a caller’s GIT_CONFIG_COUNT of %j', async (count) => {
    const repository = await gitRepository({ 'packs/a/f': '1' });
    const ran = join(repository.path, '.git/ran');
    const hooks = ['post-index-change', 'post-checkout', 'fsmonitor'].map((name) => `.git/hooks/${name}`);
    for (const hook of hooks) {
      repository.write({ [hook]: `#!/bin/sh\ntouch '${ran}'\n` });
      chmodSync(join(repository.path, hook), 0o755);
    }
    repository.write({ 'packs/a/f': 'edited', 'packs/new': '' });
    repository.git('config', 'core.fsmonitor', '.git/hooks/fsmonitor');
    withEnvironment({
      GIT_CONFIG_COUNT: count,
      GIT_CONFIG_KEY_0: 'core.hooksPath',
      GIT_CONFIG_VALUE_0: join(repository.path, '.git/hooks'),
    });
    const snapshot = await snapshotOfWorkTree(await openRepository(repository.path), ['packs']);
    await snapshot.close();
    const objects = openGitObjects(repository.path);
    await objects.read(repository.git('rev-parse', 'HEAD'));
    await objects.close();
    expect(snapshot.dirty).toBe(true);
    expect(existsSync(ran)).toBe(false);
  });

  test('would run otherwise', async () => {
    const repository = await gitRepository({ f: '1' });
    const ran = join(repository.path, '.git/ran');
    repository.write({ '.git/hooks/fsmonitor': `#!/bin/sh\ntouch '${ran}'\n` });
    chmodSync(join(repository.path, '.git/hooks/fsmonitor'), 0o755);
    repository.git('config', 'core.fsmonitor', '.git/hooks/fsmonitor');
    repository.git('status');
    expect(existsSync(ran)).toBe(true);
  });

  test('are no reason to drop the caller’s own settings', async () => {
    withEnvironment({ GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.abbrev', GIT_CONFIG_VALUE_0: '13' });
    const git = gitIn((await gitRepository()).path);
    expect(await git(['config', 'core.abbrev'])).toBe('13\n');
    expect(await git(['config', 'core.fsmonitor'])).toBe('false\n');
  });

  test('are left to Git where the caller’s count is none', () => {
    withEnvironment({ GIT_CONFIG_COUNT: 'many' });
    expect(gitEnvironment()).toMatchObject({ GIT_CONFIG_COUNT: 'many' });
    expect(gitEnvironment()).not.toHaveProperty('GIT_CONFIG_KEY_0');
  });
});
