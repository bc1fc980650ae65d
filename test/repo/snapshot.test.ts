import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { openRepository } from '../../src/repo/repository.ts';
import {
  readSnapshotFile,
  readWorkTreeFile,
  snapshotOfRevision,
  snapshotOfWorkTree,
  type Snapshot,
} from '../../src/repo/snapshot.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

async function ofRevision(path: string, revision: string): Promise<Snapshot> {
  const snapshot = await snapshotOfRevision(await openRepository(path), revision);
  onTestFinished(() => snapshot.close());
  return snapshot;
}

async function ofWorkTree({ path }: TestRepository, paths: readonly string[]): Promise<Snapshot> {
  const snapshot = await snapshotOfWorkTree(await openRepository(path), paths);
  onTestFinished(() => snapshot.close());
  return snapshot;
}

const text = async (snapshot: Snapshot, path: string, maxBytes = 100): Promise<string | undefined> =>
  (await readSnapshotFile(snapshot, path, maxBytes))?.toString();

describe('a revision', () => {
  test('is what the commit has, whatever the work tree has', async () => {
    const repository = await gitRepository({ 'packs/a/f': 'committed' });
    repository.write({ 'packs/a/f': 'edited', 'packs/new': '' });
    const snapshot = await ofRevision(repository.path, 'HEAD');
    expect(snapshot).toMatchObject({
      commit: { oid: repository.git('rev-parse', 'HEAD'), committedAt: '2024-01-01T12:00:00Z' },
      tree: repository.git('rev-parse', 'HEAD^{tree}'),
      dirty: false,
    });
    expect(await text(snapshot, 'packs/a/f')).toBe('committed');
    expect(await text(snapshot, 'packs/new')).toBeUndefined();
  });

  test('may be any commit', async () => {
    const repository = await gitRepository({ f: 'old' });
    repository.commit({ f: 'new' });
    expect(await text(await ofRevision(repository.path, 'HEAD~1'), 'f')).toBe('old');
  });

  test('can be read from a bare repository', async () => {
    const repository = await gitRepository({ f: 'content' });
    const bare = join(await scratch(), 'bare.git');
    repository.git('clone', '--quiet', '--bare', repository.path, bare);
    expect(await text(await ofRevision(bare, 'main'), 'f')).toBe('content');
  });

  test('that is not there is refused', async () => {
    const { path } = await gitRepository({ f: '' });
    expect((await failureOf(snapshotOfRevision(await openRepository(path), 'nowhere'))).code).toBe('unknown-revision');
  });
});

describe('the work tree', () => {
  test('that is clean is the tree of its commit', async () => {
    const repository = await gitRepository({ 'packs/a/f': '1', 'registry.yaml': '' });
    const snapshot = await ofWorkTree(repository, ['packs', 'registry.yaml']);
    expect(snapshot).toMatchObject({ tree: repository.git('rev-parse', 'HEAD^{tree}'), dirty: false });
  });

  test('can be read where it differs', async () => {
    const repository = await gitRepository({ 'packs/a/f': '1' });
    repository.write({ 'packs/a/f': 'edited', 'packs/b/f': 'new' });
    const snapshot = await ofWorkTree(repository, ['packs']);
    expect(snapshot.dirty).toBe(true);
    expect(snapshot.commit.oid).toBe(repository.git('rev-parse', 'HEAD'));
    expect([await text(snapshot, 'packs/a/f'), await text(snapshot, 'packs/b/f')]).toEqual(['edited', 'new']);
  });

  test.each<[string, (repository: TestRepository) => void, readonly string[], boolean]>([
    ['an edit', ({ write }) => write({ 'packs/a/f': '2' }), ['packs'], true],
    ['a new file', ({ write }) => write({ 'packs/a/g': '' }), ['packs'], true],
    ['a deleted file', ({ write }) => write({ 'packs/a/f': null }), ['packs'], true],
    ['a deleted folder', ({ write }) => write({ packs: null }), ['packs'], true],
    ['a new file that is a path', ({ write }) => write({ 'registry.yaml': '' }), ['packs', 'registry.yaml'], true],
    ['a folder that became a file', ({ write }) => write({ packs: null, 'packs ': '' }), ['packs', 'packs '], true],
    ['the top', ({ write }) => write({ top: '2' }), ['.'], true],
    ['a new empty folder', ({ path }) => mkdirSync(join(path, 'packs/b')), ['packs'], false],
    ['an ignored file', ({ write }) => write({ 'packs/a/x.log': '' }), ['packs'], false],
    ['an edit elsewhere', ({ write }) => write({ 'docs/f': '2' }), ['packs'], false],
    ['a new file elsewhere', ({ write }) => write({ 'docs/g': '', new: '' }), ['packs', 'registry.yaml'], false],
    ['a similar name', ({ write }) => write({ 'packs-2/f': '' }), ['packs'], false],
    [
      'a staged change elsewhere',
      ({ write, git }) => {
        write({ 'docs/f': 'staged' });
        git('add', 'docs');
      },
      ['packs'],
      false,
    ],
    ['a path that is nowhere', () => undefined, ['packs', 'none', 'none/deeper'], false],
    ['nothing to look at', ({ write }) => write({ 'packs/a/f': '2' }), [], false],
  ])('%s', async (_name, change, paths, dirty) => {
    const repository = await gitRepository({ 'packs/a/f': '1', 'docs/f': '1', top: '1', '.gitignore': '*.log\n' });
    change(repository);
    expect((await ofWorkTree(repository, paths)).dirty).toBe(dirty);
  });

  test('is not there in a bare repository', async () => {
    const repository = await gitRepository({ f: '' });
    const bare = join(await scratch(), 'bare.git');
    repository.git('clone', '--quiet', '--bare', repository.path, bare);
    expect(await failureOf(snapshotOfWorkTree(await openRepository(bare), ['packs']))).toEqual({
      code: 'no-work-tree',
      message: `${bare} is a bare repository: it has no work tree to build from.`,
      hint: 'Name a commit: --rev HEAD',
    });
  });

  test('needs a commit under it', async () => {
    const repository = await gitRepository();
    repository.write({ 'packs/a/f': '' });
    const work = snapshotOfWorkTree(await openRepository(repository.path), ['packs']);
    expect((await failureOf(work)).code).toBe('no-commit');
  });
});

const TOO_LARGE = {
  code: 'file-too-large',
  message: 'folder/file is larger than 6 bytes.',
  hint: 'Look for what got into it by mistake.',
};

describe('readSnapshotFile', () => {
  test.each([
    ['folder/file', 7, 'content'],
    ['folder', 100, undefined],
    ['none', 100, undefined],
    ['../x', 100, undefined],
    ['link', 100, '/etc/hostname'],
  ])('%s with at most %i bytes', async (path, maxBytes, expected) => {
    const repository = await gitRepository({ 'folder/file': 'content' });
    symlinkSync('/etc/hostname', join(repository.path, 'link'));
    repository.commit({});
    expect(await text(await ofRevision(repository.path, 'HEAD'), path, maxBytes)).toBe(expected);
  });

  test('a larger file is an error', async () => {
    const repository = await gitRepository({ 'folder/file': 'content' });
    await expect(text(await ofRevision(repository.path, 'HEAD'), 'folder/file', 6)).rejects.toMatchObject(TOO_LARGE);
  });

  test('a submodule is no file', async () => {
    const repository = await gitRepository({ f: '' });
    repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD')},module`);
    repository.git('commit', '--quiet', '-m', 'submodule');
    expect(await text(await ofRevision(repository.path, 'HEAD'), 'module')).toBeUndefined();
  });
});

describe('readWorkTreeFile', () => {
  test.each([
    ['folder/file', 'content'],
    ['folder', undefined],
    ['none', undefined],
    ['folder/file/below', undefined],
    ['outside', undefined],
    ['inside', undefined],
  ])('%s', async (path, expected) => {
    const repository = await gitRepository({ 'folder/file': 'content' });
    symlinkSync('/etc/passwd', join(repository.path, 'outside'));
    symlinkSync('folder/file', join(repository.path, 'inside'));
    const data = await readWorkTreeFile(await openRepository(repository.path), path, 100);
    expect(data?.toString()).toBe(expected);
  });

  test('a larger file is an error', async () => {
    const { path } = await gitRepository({ 'folder/file': 'content' });
    const work = readWorkTreeFile(await openRepository(path), 'folder/file', 6);
    await expect(work).rejects.toMatchObject(TOO_LARGE);
  });

  test('what cannot be read is an error', async () => {
    const { path } = await gitRepository({ f: '' });
    const work = readWorkTreeFile(await openRepository(path), 'x'.repeat(300), 100);
    await expect(work).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
  });
});
