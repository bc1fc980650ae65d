import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { gitEnvironment } from '../../src/repo/git-environment.ts';
import { gitIn } from '../../src/repo/git.ts';
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
