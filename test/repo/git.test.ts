import { join } from 'node:path';

import { expect, test } from 'vitest';

import { gitIn } from '../../src/repo/git.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

test('resolves with what Git prints, byte for byte as UTF-8', async () => {
  const repository = await gitRepository({ 'a.txt': 'grün 🌲\n\n' });
  expect(await gitIn(repository.path)(['show', 'HEAD:a.txt'])).toBe('grün 🌲\n\n');
});

test('resolves with nothing when Git prints nothing', async () => {
  const repository = await gitRepository({ 'a.txt': '' });
  expect(await gitIn(repository.path)(['diff', 'HEAD'])).toBe('');
});

test('gives all of a large output', async () => {
  const repository = await gitRepository({ 'large.txt': `${'0123456789abcdef'.repeat(500_000)}.` });
  expect(await gitIn(repository.path)(['cat-file', 'blob', 'HEAD:large.txt'])).toHaveLength(8_000_001);
});

test('arguments reach Git as they are', async () => {
  const repository = await gitRepository({ 'a b;$(touch x) "c"': 'found' });
  const git = gitIn(repository.path);
  expect(await git(['show', 'HEAD:a b;$(touch x) "c"'])).toBe('found');
  expect(await git(['status', '--porcelain'])).toBe('');
});

test('settings stand above those of the repository', async () => {
  const repository = await gitRepository();
  repository.git('config', 'core.abbrev', '7');
  expect(await gitIn(repository.path, { config: ['core.abbrev=12'] })(['config', 'core.abbrev'])).toBe('12\n');
});

test('extra environment reaches Git', async () => {
  const repository = await gitRepository({ 'a.txt': '' });
  const git = gitIn(repository.path, { environment: { GIT_INDEX_FILE: join(repository.path, 'none') } });
  expect(await git(['ls-files'])).toBe('');
});

test.each(['missing', 'file'])('a directory that is none (%s) is named', async (name) => {
  const folder = (await gitRepository({ file: '' })).path;
  const directory = join(folder, name);
  const work = async (): Promise<unknown> => gitIn(directory);
  expect(await failureOf(work())).toEqual({
    code: 'no-repository',
    message: `${directory} is not a directory.`,
    hint: 'Name the folder of a Git repository with --repo, or run the command inside one.',
  });
});

test('says so when there is no Git on the PATH', async () => {
  const folder = await scratch();
  withEnvironment({ PATH: folder });
  expect(await failureOf(gitIn(folder)(['version']))).toEqual({
    code: 'git-missing',
    message: 'Git was not found.',
    hint: 'Install Git 2.30 or newer and put it on the PATH.',
  });
});

test('a command that fails is named, with what Git says about it', async () => {
  const repository = await gitRepository();
  expect(await failureOf(gitIn(repository.path)(['cat-file', 'blob', '0'.repeat(40)]))).toEqual({
    code: 'git-failed',
    message: `git cat-file failed: fatal: git cat-file ${'0'.repeat(40)}: bad file`,
    hint: undefined,
  });
});

test('a command that fails without a word fails nevertheless', async () => {
  const repository = await gitRepository();
  expect(await failureOf(gitIn(repository.path)(['rev-parse', '--verify', '--quiet', 'nowhere']))).toEqual({
    code: 'git-failed',
    message: 'git rev-parse failed: exit status 1',
    hint: undefined,
  });
});

test('a command that is killed fails', async () => {
  const repository = await gitRepository();
  repository.git('config', 'alias.die', '!kill -9 $PPID');
  expect(await failureOf(gitIn(repository.path)(['die']))).toEqual({
    code: 'git-failed',
    message: 'git die failed: stopped by a signal',
    hint: undefined,
  });
});

test.each([
  { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' },
  { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'safe.directory', GIT_CONFIG_VALUE_0: '*' },
  { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'url.https://a/.insteadOf', GIT_CONFIG_VALUE_0: 'git@a:' },
  { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'core.hooksPath', GIT_CONFIG_VALUE_0: '/dev/null' },
  { GIT_CONFIG_PARAMETERS: "'core.abbrev'='7'" },
  { GIT_TEMPLATE_DIR: '/dev/null', GIT_PROXY_COMMAND: 'none', PREFIX: '/usr' },
])('runs where the caller has %j', async (variables) => {
  const repository = await gitRepository({ file: '' });
  withEnvironment(variables);
  expect(await gitIn(repository.path)(['ls-files'])).toBe('file\n');
});

test('runs where Git itself started the caller', async () => {
  const repository = await gitRepository({ file: '' });
  withEnvironment({ GIT_EXEC_PATH: repository.git('--exec-path') });
  expect(await gitIn(repository.path)(['ls-files'])).toBe('file\n');
});
