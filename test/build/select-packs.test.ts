import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { check } from '../../src/build/check-repository.ts';
import { pathInRepository } from '../../src/build/select-packs.ts';
import { openRepository } from '../../src/repo/repository.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';

async function packsAt({ path }: TestRepository, asked: string): Promise<number> {
  return (await check({ repository: path, cache: await scratch(), paths: [join(path, asked)] })).report.packs;
}

/** A repository as Git makes it on such a disk; here the disk tells them apart. */
async function onDiskThatIgnoresCase(ignores: boolean): Promise<TestRepository> {
  const repository = await gitRepository({
    ...packFiles('packs/demo', { name: 'demo' }),
    ...packFiles('packs/caf\u00e9', { name: 'cafe' }),
  });
  repository.git('config', 'core.ignoreCase', String(ignores));
  return repository;
}

test.each(['packs/Demo', 'PACKS/demo', 'Packs/DEMO/Values.yaml', 'packs/cafe\u0301', 'packs/CAF\u00c9/Charts'])(
  'a disk that ignores case takes %s for what Git knows',
  async (asked) => {
    expect(await packsAt(await onDiskThatIgnoresCase(true), asked)).toBe(1);
    await expect(packsAt(await onDiskThatIgnoresCase(false), asked)).rejects.toThrow('is no pack');
  },
);

test('what is there under the very name goes before', async () => {
  const repository = await onDiskThatIgnoresCase(true);
  expect(await packsAt(repository, 'packs/demo')).toBe(1);
  expect(await packsAt(repository, 'packs')).toBe(2);
  expect(await packsAt(repository, 'Packs')).toBe(2);
  await expect(packsAt(repository, 'docs')).rejects.toThrow('is no pack');
});

test('a path on the way to a pack is followed through links, and one elsewhere stays what it is', async () => {
  const repository = await onDiskThatIgnoresCase(false);
  const opened = await openRepository(repository.path);
  const elsewhere = await scratch();
  symlinkSync(join(repository.path, 'packs'), join(elsewhere, 'link'), 'junction');
  expect(await pathInRepository(opened, join(elsewhere, 'link', 'demo'))).toBe('packs/demo');
  expect(await pathInRepository(opened, join(elsewhere, 'link', 'new', 'pack.json'))).toBe('packs/new/pack.json');
  expect(await pathInRepository(opened, opened.root)).toBe('');
  mkdirSync(join(elsewhere, 'packs'));
  expect(await pathInRepository(opened, join(elsewhere, 'packs'))).toMatch(/packs$/u);
  expect(await pathInRepository(opened, `${opened.root}-2`)).toBe(`${opened.root}-2`);
});
