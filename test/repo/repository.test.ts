import { execFileSync } from 'node:child_process';
import { chownSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, test } from 'vitest';

import { commitTime, openRepository, resolveCommit, type Commit } from '../../src/repo/repository.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

async function cloned(repository: TestRepository, ...options: string[]): Promise<string> {
  const path = join(await scratch(), 'clone');
  repository.git('clone', '--quiet', ...options, pathToFileURL(repository.path).href, path);
  return path;
}

async function commitOf(path: string, revision: string): Promise<Commit> {
  return resolveCommit(await openRepository(path), revision, openObjects(path));
}

describe('openRepository', () => {
  test.each(['', 'packs/a', 'packs'])('from the folder %j of a work tree', async (below) => {
    const { path } = await gitRepository({ 'packs/a/file': '' });
    expect(await openRepository(join(path, below))).toEqual({
      root: path,
      gitDirectory: join(path, '.git'),
      objectDirectory: join(path, '.git/objects'),
      bare: false,
      shallow: false,
      environment: {},
      git: expect.any(Function),
    });
  });

  test('through a symbolic link', async () => {
    const { path } = await gitRepository({ 'packs/a/file': '' });
    for (const below of ['', 'packs', 'packs/a']) {
      const link = join(await scratch(), 'link');
      symlinkSync(join(path, below), link);
      expect(await openRepository(link)).toMatchObject({ root: path, objectDirectory: join(path, '.git/objects') });
    }
  });

  test.each(['', 'objects'])('from the folder %j of a bare repository', async (below) => {
    const path = await cloned(await gitRepository({ file: '' }), '--bare');
    const { git, environment: _, ...facts } = await openRepository(join(path, below));
    const expected = { root: path, gitDirectory: path, objectDirectory: join(path, 'objects') };
    expect(facts).toEqual({ ...expected, bare: true, shallow: false });
    expect(await git(['ls-tree', '--name-only', 'HEAD'])).toBe('file\n');
  });

  test('from a linked work tree, whose objects lie elsewhere', async () => {
    const repository = await gitRepository({ file: '' });
    const linked = join(await scratch(), 'linked');
    repository.git('worktree', 'add', '--quiet', '-b', 'other', linked);
    expect(await openRepository(linked)).toMatchObject({
      root: linked,
      gitDirectory: join(repository.path, '.git/worktrees/linked'),
      objectDirectory: join(repository.path, '.git/objects'),
      bare: false,
    });
  });

  test('a clone that lacks early commits is shallow', async () => {
    const repository = await gitRepository({ file: '1' });
    repository.commit({ file: '2' });
    expect((await openRepository(await cloned(repository, '--depth=1'))).shallow).toBe(true);
    expect((await openRepository(await cloned(repository))).shallow).toBe(false);
  });

  test('a folder outside any repository is named', async () => {
    const folder = await scratch();
    expect(await failureOf(openRepository(folder))).toEqual({
      code: 'no-repository',
      message: `${folder} is not in a Git repository.`,
      hint: 'Packs are read from Git. Run `git init`, commit the packs, and run the command again; or name a repository with --repo.',
    });
  });

  test.each([
    ['settings that cannot be parsed', '.git/config', '[core\n', 'bad config line 1 in file .git/config'],
    [
      'a format that Git does not know',
      '.git/config',
      '[core]\nrepositoryformatversion = 1\n[extensions]\npiled = yes\n',
      'unknown repository extension found: piled',
    ],
    ['a link to nowhere', '.git', 'gitdir: /nowhere/at/all\n', 'not a git repository: /nowhere/at/all'],
  ])('%s: that there is a repository is not denied', async (_, file, text, reason) => {
    const { path } = await gitRepository({ file: '' });
    rmSync(join(path, file), { recursive: true });
    writeFileSync(join(path, file), text);
    expect(await failureOf(openRepository(path))).toEqual({
      code: 'git-failed',
      message: `Git cannot open the repository of ${path}: ${reason}.`,
      hint: 'Run `git status` there: where that fails too, mend the settings or the repository, or take a newer Git.',
    });
  });

  test('a folder that does not exist is named', async () => {
    const folder = join(await scratch(), 'none');
    expect((await failureOf(openRepository(folder))).message).toBe(`${folder} is not a directory.`);
  });

  test('without Git, that is what is said', async () => {
    const folder = await scratch();
    withEnvironment({ PATH: folder });
    expect((await failureOf(openRepository(folder))).code).toBe('git-missing');
  });

  test.skipIf(process.getuid?.() !== 0)('a repository of another user is refused with what to do', async () => {
    const { path } = await gitRepository({ file: '' });
    withEnvironment({ GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', SUDO_UID: undefined });
    for (const folder of [path, join(path, '.git')]) chownSync(folder, 12_345, 12_345);
    expect(await failureOf(openRepository(path))).toEqual({
      code: 'no-repository',
      message: `Git refuses ${path}, because another user owns it.`,
      hint: `If you trust it: git config --global --add safe.directory '${path}'`,
    });
  });
});

describe('resolveCommit', () => {
  test.each([
    ['HEAD', 'HEAD'],
    ['main', 'HEAD'],
    ['HEAD~1', 'HEAD~1'],
    ['@', 'HEAD'],
    ['light', 'HEAD~1'],
    ['annotated', 'HEAD~1'],
    ['refs/tags/annotated', 'HEAD~1'],
    ['-dash', 'HEAD~1'],
    ['HEAD^{/first}', 'HEAD~1'],
  ])('%s', async (revision, same) => {
    const repository = await gitRepository({ file: '1' });
    repository.git('tag', 'light');
    repository.git('tag', '-m', 'x', 'annotated');
    repository.git('update-ref', 'refs/heads/-dash', 'HEAD');
    repository.commit({ file: '2' });
    const oid = repository.git('rev-parse', same);
    expect(await commitOf(repository.path, revision)).toEqual({
      oid,
      tree: repository.git('rev-parse', `${oid}^{tree}`),
      committedAt: same === 'HEAD' ? '2024-01-02T12:00:00Z' : '2024-01-01T12:00:00Z',
    });
  });

  test('an abbreviated id', async () => {
    const repository = await gitRepository({ file: '1' });
    const oid = repository.git('rev-parse', 'HEAD');
    expect((await commitOf(repository.path, oid.slice(0, 7))).oid).toBe(oid);
  });

  test.each([
    '',
    ' ',
    'nowhere',
    '--help',
    '-n1',
    '--all',
    '--upload-pack=touch x',
    'HEAD; rm -rf .',
    '$(touch x)',
    'HEAD\nmain',
    'HEAD main',
    '^HEAD',
    'HEAD^!',
    'HEAD..HEAD',
    'HEAD:folder',
    'HEAD:folder/file',
    'HEAD^{tree}',
    'HEAD~5',
    '0'.repeat(40),
    '../HEAD',
    'HEAD\0',
  ])('%j names no commit', async (revision) => {
    const repository = await gitRepository({ 'folder/file': '1' });
    expect(await failureOf(commitOf(repository.path, revision))).toEqual({
      code: 'unknown-revision',
      message: `${repository.path} has no commit named ${JSON.stringify(revision)}.`,
      hint: 'Name a branch, a tag or a commit that is here: `git log --oneline` lists commits, `git fetch` brings more.',
    });
    expect(repository.git('status', '--porcelain')).toBe('');
  });

  test('the id of a blob names no commit', async () => {
    const repository = await gitRepository({ file: '1' });
    const blob = repository.git('rev-parse', 'HEAD:file');
    const failure = await failureOf(commitOf(repository.path, blob));
    expect(failure.message).toBe(`${repository.path} has no commit named "${blob}".`);
  });

  test('a repository without a commit is told apart', async () => {
    const { path } = await gitRepository();
    expect(await failureOf(commitOf(path, 'HEAD'))).toEqual({
      code: 'no-commit',
      message: `${path} has no commit yet.`,
      hint: 'A registry is made from a commit: `git add packs`, `git commit`, and run the command again.',
    });
    expect((await failureOf(commitOf(path, 'main'))).code).toBe('unknown-revision');
  });

  test('replacement objects do not count', async () => {
    const repository = await gitRepository({ file: '1' });
    const first = repository.git('rev-parse', 'HEAD');
    const tree = repository.git('rev-parse', 'HEAD^{tree}');
    repository.git('replace', first, repository.commit({ file: '2' }));
    expect(repository.git('rev-parse', `${first}^{tree}`)).not.toBe(tree);
    expect((await commitOf(repository.path, first)).tree).toBe(tree);
  });

  test('settings that change what git log prints do not count', async () => {
    const repository = await gitRepository({ file: '1' });
    const expected = await commitOf(repository.path, 'HEAD');
    const settings = { 'color.ui': 'always', 'log.decorate': 'full', 'log.showSignature': 'true', 'log.date': 'raw' };
    for (const [key, value] of Object.entries({ ...settings, 'format.pretty': 'fuller', 'log.abbrevCommit': 'true' }))
      repository.git('config', key, value);
    expect(await commitOf(repository.path, 'HEAD')).toEqual(expected);
  });

  test.each(['99999999999999999', '-5', 'never'])('a commit time of %s does no harm', async (time) => {
    const repository = await gitRepository({ file: '1' });
    const header = `tree ${repository.git('rev-parse', 'HEAD^{tree}')}\nauthor A <a@b> ${time} +0000\n`;
    const oid = execFileSync('git', ['hash-object', '-t', 'commit', '--literally', '-w', '--stdin'], {
      cwd: repository.path,
      input: `${header}committer A <a@b> ${time} +0000\n\nhostile\n`,
      encoding: 'utf8',
    }).trim();
    const commit = await commitOf(repository.path, oid);
    expect(commit).toMatchObject({ oid, committedAt: '1970-01-01T00:00:00Z' });
  });
});

test.each([
  ['0', '1970-01-01T00:00:00Z'],
  ['1704110400', '2024-01-01T12:00:00Z'],
  ['253402300799', '9999-12-31T23:59:59Z'],
  ['253402300800', '1970-01-01T00:00:00Z'],
  ['18446744073709551611', '1970-01-01T00:00:00Z'],
  ['', '1970-01-01T00:00:00Z'],
])('commitTime(%j) is %s', (seconds, at) => {
  expect(commitTime(seconds)).toBe(at);
});

test('a repository whose path needs quoting', async () => {
  const path = join(await scratch(), 'my "packs" $HOME; ünï');
  mkdirSync(path);
  execFileSync('git', ['init', '--quiet', path]);
  expect(await openRepository(path)).toMatchObject({ root: path, objectDirectory: join(path, '.git/objects') });
});
