import { mkdirSync } from 'node:fs';
import { realpath } from 'node:fs/promises';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openRegistryRepository } from '../../src/contribute/registry-repository.ts';
import { bareRemote } from '../helpers/bare-remote.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { packsRepository } from '../helpers/packs-repository.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const OPTIONS = { cache: false } as const;

test('packs of the work tree by what their pack.json says, committed or not', async () => {
  const repository = await gitRepository({ ...packFiles('packs/demo-1.0.0', { manifest: { addonType: 'security' } }) });
  repository.write(
    packFiles('packs/other-2.0.0', { name: 'other', version: '2.0.0', manifest: { layer: 'no layer' } }),
  );
  const { root, config, packs } = await openRegistryRepository(join(repository.path, 'packs'), OPTIONS);
  expect(root).toBe(await realpath(repository.path));
  expect(config.name).toBe('packs');
  expect(packs).toEqual([
    {
      name: 'demo',
      version: '1.0.0',
      layer: 'addon',
      displayName: 'Demo',
      addonType: 'security',
      directory: 'packs/demo-1.0.0',
    },
    { name: 'other', version: '2.0.0', displayName: 'Demo', directory: 'packs/other-2.0.0' },
  ]);
});

test('a revision in place of the work tree', async () => {
  const repository = await gitRepository(packFiles('packs/demo-1.0.0'));
  repository.commit(packFiles('packs/demo-1.1.0', { version: '1.1.0' }));
  const { packs } = await openRegistryRepository(repository.path, { ...OPTIONS, revision: 'HEAD~1' });
  expect(packs.map(({ directory }) => directory)).toEqual(['packs/demo-1.0.0']);
});

test('no packs are no reason to fail', async () => {
  const repository = await gitRepository({ 'registry.yaml': 'name: mine\npacks: [here/*]\n' });
  const { config, packs } = await openRegistryRepository(repository.path, OPTIONS);
  expect(packs).toEqual([]);
  expect(config.packs).toEqual(['here/*']);
});

test('the example packs', async () => {
  const repository = await packsRepository();
  const { packs } = await openRegistryRepository(repository.path, OPTIONS);
  expect(packs.map(({ name, version, layer }) => `${name} ${version} ${String(layer)}`)).toMatchSnapshot();
});

test('before the first commit, packs are those that lie there', async () => {
  const repository = await gitRepository();
  repository.write({
    'registry.yaml': 'name: mine\n',
    '.gitignore': 'packs/ignored-1.0.0\n',
    ...packFiles('packs/demo-1.0.0'),
    ...packFiles('packs/ignored-1.0.0', { name: 'ignored' }),
    ...packFiles('elsewhere/deep/er/demo-1.0.0'),
    'packs/broken-1.0.0/pack.json': '{',
    'packs/list-1.0.0/pack.json': '[]',
    'packs/bytes-1.0.0/pack.json': Buffer.from('ff', 'hex'),
  });
  const { root, config, packs } = await openRegistryRepository(repository.path, OPTIONS);
  expect(root).toBe(await realpath(repository.path));
  expect(config.name).toBe('mine');
  expect(packs.map(({ directory }) => directory)).toEqual(['packs/demo-1.0.0']);
});

test('before the first commit a revision is none', async () => {
  const repository = await gitRepository();
  const error = await failureOf(openRegistryRepository(repository.path, { ...OPTIONS, revision: 'HEAD' }));
  expect(error).toMatchObject({ code: expect.stringMatching(/^(?:no-commit|unknown-revision)$/u) as string });
});

test('a folder that is in no repository', async () => {
  expect(await failureOf(openRegistryRepository(await scratch(), OPTIONS))).toMatchObject({ code: 'no-repository' });
});

test('a bare repository has no work tree', async () => {
  const { path } = await bareRemote();
  expect(await failureOf(openRegistryRepository(path, OPTIONS))).toMatchObject({ code: 'no-work-tree' });
});

test('a configuration that is not in order', async () => {
  const repository = await gitRepository({ 'registry.yaml': 'packs: 1\n' });
  expect(await failureOf(openRegistryRepository(repository.path, OPTIONS))).toMatchObject({ code: 'config-invalid' });
});

test('a folder of the repository will do', async () => {
  const repository = await gitRepository(packFiles('packs/demo-1.0.0'));
  mkdirSync(join(repository.path, 'empty'));
  const { packs } = await openRegistryRepository(join(repository.path, 'empty'), OPTIONS);
  expect(packs).toHaveLength(1);
});
