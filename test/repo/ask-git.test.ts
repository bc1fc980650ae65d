import { expect, test } from 'vitest';

import { askGit } from '../../src/repo/ask-git.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

test('resolves with what Git prints', async () => {
  const { path } = await gitRepository({ 'packs/a/pack.json': '{}' });
  expect(await askGit(path, ['rev-parse', '--is-bare-repository'])).toBe('false\n');
});

test('says what Git said', async () => {
  const { path } = await gitRepository({ 'packs/a/pack.json': '{}' });
  expect(await failureOf(askGit(path, ['rev-parse', '--verify', 'nowhere']))).toMatchObject({
    code: 'git-failed',
    message: 'git rev-parse failed: fatal: Needed a single revision',
  });
});

test('says that a command failed which printed nothing', async () => {
  const { path } = await gitRepository({ 'packs/a/pack.json': '{}' });
  expect(await failureOf(askGit(path, ['rev-parse', '--verify', '--quiet', 'nowhere']))).toMatchObject({
    code: 'git-failed',
    message: 'git rev-parse failed: Command failed: git rev-parse --verify --quiet nowhere',
  });
});

test('starts in no directory that is none', async () => {
  const folder = await scratch();
  const { message } = await failureOf(askGit(`${folder}/gone`, ['status']));
  expect(message).toBe(`${folder}/gone is not a directory.`);
});
