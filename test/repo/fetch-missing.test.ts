import { existsSync, readdirSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { describe, expect, test } from 'vitest';

import { fetchMissing } from '../../src/repo/fetch-missing.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { scratch } from '../helpers/scratch.ts';

interface Partial {
  readonly path: string;
  /** Ids of blobs that are here. */
  blobs(): string[];
  /** How many packs were fetched, with the clone itself. */
  fetches(): number;
}

/** A clone without blobs. */
async function partialClone(repository: TestRepository, ...options: string[]): Promise<Partial> {
  repository.git('config', 'uploadpack.allowFilter', 'true');
  repository.git('config', 'uploadpack.allowAnySHA1InWant', 'true');
  const path = join(await scratch(), 'clone');
  repository.git(
    'clone',
    '--quiet',
    '--no-checkout',
    '--filter=blob:none',
    ...options,
    pathToFileURL(repository.path).href,
    path,
  );
  return {
    path,
    blobs: () =>
      repository
        .git('-C', path, 'cat-file', '--batch-all-objects', '--batch-check=%(objecttype) %(objectname)')
        .split('\n')
        .flatMap((line) => (line.startsWith('blob ') ? [line.slice(5)] : [])),
    fetches: () => readdirSync(join(path, '.git/objects/pack')).filter((name) => name.endsWith('.promisor')).length,
  };
}

const FILES = { 'a/pack.json': 'a', 'a/deep/file': 'file', 'b/pack.json': 'b', 'c/pack.json': 'c' };

describe('of a partial clone', () => {
  test('only the blobs of the trees are fetched, at once', async () => {
    const repository = await gitRepository(FILES);
    const clone = await partialClone(repository);
    expect(clone.blobs()).toEqual([]);
    const trees = ['a', 'b'].map((name) => repository.git('rev-parse', `HEAD:${name}`));
    const opened = await openRepository(clone.path);
    expect(await fetchMissing(opened, trees)).toBe(3);
    const expected = ['a/pack.json', 'a/deep/file', 'b/pack.json'].map((name) =>
      repository.git('rev-parse', `HEAD:${name}`),
    );
    expect(clone.blobs().toSorted()).toEqual(expected.toSorted());
    expect(clone.fetches()).toBe(2);
    expect(await fetchMissing(opened, trees)).toBe(0);
    expect(clone.fetches()).toBe(2);
  });

  test('no others than those that are wanted', async () => {
    const repository = await gitRepository(FILES);
    const clone = await partialClone(repository);
    const wanted = repository.git('rev-parse', 'HEAD:a/pack.json');
    const trees = [repository.git('rev-parse', 'HEAD:a')];
    expect(await fetchMissing(await openRepository(clone.path), trees, new Set([wanted]))).toBe(1);
    expect(clone.blobs()).toEqual([wanted]);
    expect(await fetchMissing(await openRepository(clone.path), trees, new Set())).toBe(0);
    expect(await fetchMissing(await openRepository(clone.path), [])).toBe(0);
  });

  test('the remote may have another name', async () => {
    const repository = await gitRepository(FILES);
    const clone = await partialClone(repository, '--origin=up.stream-1');
    expect(await fetchMissing(await openRepository(clone.path), [repository.git('rev-parse', 'HEAD:c')])).toBe(1);
  });

  test('nothing is fetched where the remote is gone', async () => {
    const repository = await gitRepository(FILES);
    const clone = await partialClone(repository);
    renameSync(join(repository.path, '.git'), join(repository.path, 'away'));
    const opened = await openRepository(clone.path);
    const trees = [repository.git('-C', clone.path, 'rev-parse', 'HEAD:a')];
    expect(await fetchMissing(opened, trees)).toBe(0);
    expect(clone.blobs()).toEqual([]);
  });
});

test('a program that the repository names as its remote is not run', async () => {
  const repository = await gitRepository(FILES);
  const clone = await partialClone(repository);
  const trace = join(await scratch(), 'trace');
  repository.git('-C', clone.path, 'config', 'remote.origin.uploadpack', `touch ${trace}; git-upload-pack`);
  expect(await fetchMissing(await openRepository(clone.path), [repository.git('rev-parse', 'HEAD:a')])).toBe(0);
  expect(existsSync(trace)).toBe(false);
});

test('a whole clone has everything', async () => {
  const repository = await gitRepository(FILES);
  expect(await fetchMissing(await openRepository(repository.path), [repository.git('rev-parse', 'HEAD:a')])).toBe(0);
});
