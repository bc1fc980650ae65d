import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { builderOf, rulesOf } from '../helpers/build-registry.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { readIndex, readPackDocument, treeOf } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';

async function cloned(repository: TestRepository, ...options: string[]): Promise<string> {
  const path = join(await scratch(), 'clone');
  repository.git('clone', '--quiet', ...options, `file://${repository.path}`, path);
  return path;
}

describe('a work tree', () => {
  test('with changes is built as it is, and said to be dirty', async () => {
    const repository = await gitRepository({ ...packFiles('packs/demo'), '.gitignore': 'ignored/\n*.log\n' });
    const { out, build } = await builderOf(repository);
    repository.write({
      ...packFiles('packs/new', { version: '2.0.0' }),
      ...packFiles('packs/ignored', { version: '3.0.0' }),
      'packs/new/debug.log': 'x',
    });
    expect(await build()).toMatchObject({ ok: true, report: { dirty: true } });
    expect(readIndex(out).source).toMatchObject({ commit: repository.git('rev-parse', 'HEAD'), dirty: true });
    const [uncommitted, committed] = readPackDocument(out, 'demo').releases;
    expect(uncommitted).toMatchObject({ version: '2.0.0', source: { directory: 'packs/new' } });
    expect(uncommitted?.source).not.toHaveProperty('commit');
    expect(uncommitted).not.toHaveProperty('publishedAt');
    expect(committed).toMatchObject({ version: '1.0.0', source: { commit: expect.any(String) } });
    expect(readPackDocument(out, 'demo').releases).toHaveLength(2);
  });

  test('with changes elsewhere is not dirty', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.write({ 'notes.txt': 'not a pack' });
    const { out, build } = await builderOf(repository);
    expect(await build()).toMatchObject({ report: { dirty: false } });
    expect(readIndex(out).source).not.toHaveProperty('dirty');
  });

  test('after the change is committed gives the tree of the commit', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const { out, build } = await builderOf(repository);
    repository.write({ 'packs/demo/values.yaml': 'pack: {}\n' });
    await build();
    repository.commit({});
    await build();
    const other = await builderOf(repository);
    await other.build({ revision: 'HEAD' });
    expect(treeOf(out)).toEqual(treeOf(other.out));
  });

  test('keeps its index and its objects', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.write({ 'packs/demo/extra.yaml': 'new: true\n' });
    const before = [repository.git('status', '--porcelain'), repository.git('count-objects', '-v')];
    await (await builderOf(repository)).build();
    expect([repository.git('status', '--porcelain'), repository.git('count-objects', '-v')]).toEqual(before);
  });
});

describe('a revision', () => {
  test('is built whatever the work tree holds', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.commit({ 'packs/demo/pack.json': 'broken' });
    const { out, build } = await builderOf(repository);
    expect(await build({ revision: 'HEAD~1' })).toMatchObject({ ok: true, report: { dirty: false } });
    expect(readIndex(out).serial).toBe(1);
    expect(await build({ revision: 'main' })).toMatchObject({ ok: false });
  });

  test('has its own registry.yaml', async () => {
    const repository = await gitRepository({
      ...packFiles('packs/demo'),
      ...packFiles('other/demo', { name: 'other' }),
      'registry.yaml': 'name: before\npacks: [other/*]\n',
    });
    repository.commit({ 'registry.yaml': 'name: after\n' });
    repository.write({ 'registry.yaml': 'name: [broken' });
    const { out, build } = await builderOf(repository);
    const namesAt = async (revision: string): Promise<unknown> => {
      await build({ revision });
      const { registry, packs } = readIndex(out);
      return { name: registry.name, packs: Object.keys(packs) };
    };
    expect(await namesAt('HEAD~1')).toEqual({ name: 'before', packs: ['other'] });
    expect(await namesAt('HEAD')).toEqual({ name: 'after', packs: ['demo'] });
  });

  test('of a bare repository', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const { out, build } = await builderOf(repository);
    await build();
    const other = await builderOf(repository);
    await other.build({ repository: await cloned(repository, '--bare'), revision: 'main' });
    expect(treeOf(other.out)).toEqual(treeOf(out));
  });
});

describe('a repository', () => {
  test('that is shallow is built with a warning', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.commit(packFiles('packs/two', { version: '2.0.0' }));
    const { build } = await builderOf(repository);
    const result = await build({ repository: await cloned(repository, '--depth=1') });
    expect(result).toMatchObject({ ok: true, written: true });
    expect(rulesOf(result)).toEqual(['.git/shallow warning history/shallow']);
    expect(rulesOf(await build({ repository: await cloned(repository) }))).toEqual([]);
  });

  test('that is shallow is walked anew when more of it was fetched', async () => {
    const repository = await gitRepository({ 'README.md': 'x' });
    const landed = repository.commit(packFiles('packs/demo'));
    repository.commit({ 'README.md': 'y' });
    const path = await cloned(repository, '--depth=1');
    const { out, build } = await builderOf(repository);
    const landing = (): unknown => readPackDocument(out, 'demo').releases[0]?.source.commit;
    await build({ repository: path });
    expect(landing()).toBe(repository.git('rev-parse', 'HEAD'));
    repository.git('-C', path, 'fetch', '--quiet', '--depth=2');
    await build({ repository: path });
    expect(landing()).toBe(landed);
    expect(readIndex(out).serial).toBe(2);
    // Shallow once more, it is not given what was kept of the whole.
    repository.git('-C', path, 'fetch', '--quiet', '--unshallow');
    await build({ repository: path });
    expect(readIndex(out).serial).toBe(3);
    repository.git('-C', path, 'fetch', '--quiet', '--depth=1');
    await build({ repository: path });
    expect(landing()).toBe(repository.git('rev-parse', 'HEAD'));
  });

  test('gives a release the same time of landing whatever other packs there are', async () => {
    const repository = await gitRepository(packFiles('packs/group/demo'));
    repository.git('mv', 'packs/group/demo', 'packs/demo');
    repository.commit({});
    const { out, build } = await builderOf(repository);
    const landing = (): unknown => readPackDocument(out, 'demo').releases.find(({ version }) => version === '1.0.0');
    await build();
    const before = landing();
    expect(before).toMatchObject({ publishedAt: '2024-01-01T12:00:00Z' });
    repository.commit(packFiles('packs/group/other', { version: '2.0.0' }));
    await build();
    expect(landing()).toEqual(before);
  });

  test('with a linked work tree is built from what that one holds', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const linked = join(await scratch(), 'linked');
    repository.git('worktree', 'add', '--quiet', '-b', 'other', linked);
    repository.commit(packFiles('packs/main-only', { version: '9.0.0' }));
    const { out, build } = await builderOf(repository);
    await build({ repository: linked });
    expect(readPackDocument(out, 'demo').tags['latest']).toBe('1.0.0');
    await build();
    expect(readPackDocument(out, 'demo').tags['latest']).toBe('9.0.0');
  });

  test('whose history was rewritten forgets what it knew of it', async () => {
    const repository = await gitRepository({ 'README.md': 'x' });
    repository.commit(packFiles('packs/demo'));
    repository.commit({ 'README.md': 'y' });
    const { out, build } = await builderOf(repository);
    await build();
    repository.git('reset', '--quiet', '--hard', 'HEAD~2');
    const landed = repository.commit(packFiles('packs/demo'), 'again');
    await build();
    expect(readIndex(out).serial).toBe(2);
    expect(readPackDocument(out, 'demo').releases[0]?.source.commit).toBe(landed);
  });

  test('can hold its output, which Git then need not ignore', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const out = join(repository.path, 'public');
    const { build } = await builderOf(repository);
    await build({ out });
    const before = treeOf(out);
    expect(await build({ out })).toMatchObject({ report: { dirty: false, bytesWritten: 0 } });
    expect(treeOf(out)).toEqual(before);
    expect(existsSync(join(out, '.packyard'))).toBe(false);
    expect(readFileSync(join(out, 'index.json'), 'utf8')).not.toContain(repository.path);
  });

  test.each(['*', '**'])('whose packs are %j does not read its own output', async (glob) => {
    const repository = await gitRepository({ ...packFiles('demo'), 'registry.yaml': `packs: ['${glob}']\n` });
    const out = join(repository.path, 'public');
    const { build } = await builderOf(repository);
    await build({ out });
    const before = treeOf(out);
    expect(await build({ out })).toMatchObject({ ok: true, findings: [], report: { dirty: false, bytesWritten: 0 } });
    expect(treeOf(out)).toEqual(before);
    repository.write({ 'demo/extra.yaml': '' });
    expect(await build({ out })).toMatchObject({ ok: true, findings: [], report: { dirty: true, directories: 1 } });
    // Not even when it was committed.
    repository.commit({ 'demo/extra.yaml': null });
    expect(await build({ out })).toMatchObject({ ok: true, findings: [], report: { dirty: false, directories: 1 } });
  });
});
