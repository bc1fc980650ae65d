import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openRegistry } from '../../../src/client/open-registry.ts';
import { planPull, planReleases } from '../../../src/client/pull/plan-pull.ts';
import type { Registry } from '../../../src/client/registry.ts';
import { PackyardError } from '../../../src/errors.ts';
import { packsRegistry, releaseDocument } from '../../helpers/packs-registry.ts';
import { writePublished } from '../../helpers/published-registry.ts';
import { registryHost } from '../../helpers/registry-host.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const DEPRECATED = { state: 'deprecated', reason: 'Too old', replacement: 'nginx@1.3.1' } as const;

async function directoryRegistry(): Promise<Registry> {
  const directory = await scratch();
  const packs = { nginx: ['1.3.1', '1.2.0'], redis: ['7.0.0'], old: [{ version: '1.0.0', status: DEPRECATED }] };
  writePublished(packsRegistry(packs), directory);
  return openRegistry(directory, { cache: false });
}

test('what will be fetched, where it lands, and what is there already', async () => {
  const registry = await directoryRegistry();
  const directory = await scratch();
  mkdirSync(join(directory, 'redis-7.0.0'));
  const plan = await planPull(registry, ['nginx', { name: 'redis' }, 'old'], { directory });
  expect(plan).toMatchObject({ directory, archive: false, failures: [] });
  expect(
    plan.packs.map(({ release, ...pack }) => ({ ...pack, registry: undefined, release: release.version })),
  ).toEqual([
    {
      name: 'nginx',
      release: '1.3.1',
      references: ['nginx'],
      target: join(directory, 'nginx-1.3.1'),
      exists: false,
      warnings: [],
    },
    {
      name: 'redis',
      release: '7.0.0',
      references: ['redis'],
      target: join(directory, 'redis-7.0.0'),
      exists: true,
      warnings: [],
    },
    {
      name: 'old',
      release: '1.0.0',
      references: ['old'],
      target: join(directory, 'old-1.0.0'),
      exists: false,
      warnings: [
        { code: 'deprecated', message: 'old 1.0.0 is deprecated: Too old.', hint: 'Use nginx@1.3.1 instead.' },
      ],
    },
  ]);
  await registry.close();
});

test('archives go to files, also where a link to nowhere is in the way', async () => {
  const registry = await directoryRegistry();
  const directory = await scratch();
  symlinkSync('nowhere', join(directory, 'nginx-1.3.1.tar.gz'));
  const { packs } = await planPull(registry, ['nginx'], { directory, archive: true });
  expect(packs).toMatchObject([{ target: join(directory, 'nginx-1.3.1.tar.gz'), exists: true }]);
  await registry.close();
});

test('several references to one release are one, in the order in which they were asked for', async () => {
  const registry = await directoryRegistry();
  const { packs } = await planPull(registry, ['redis', 'nginx@1.x', 'nginx', 'redis', 'nginx:latest', 'nginx@1.2.x']);
  expect(packs.map(({ name, release, references }) => [name, release.version, references])).toEqual([
    ['redis', '7.0.0', ['redis']],
    ['nginx', '1.3.1', ['nginx@1.x', 'nginx', 'nginx:latest']],
    ['nginx', '1.2.0', ['nginx@1.2.x']],
  ]);
  await registry.close();
});

test('what cannot be resolved does not stop the others; what is no reference does', async () => {
  const host = await registryHost({ files: packsRegistry({ nginx: ['1.0.0'] }) });
  const registry = await openRegistry(host.url, { cache: false });
  const { packs, failures } = await planPull(registry, ['nope', 'nginx@9', 'nginx']);
  expect(packs.map(({ name }) => name)).toEqual(['nginx']);
  expect(failures.map(({ references, error }) => [references, (error as PackyardError).code])).toEqual([
    [['nope'], 'unknown-pack'],
    [['nginx@9'], 'no-version'],
  ]);
  expect(await failureOf(planPull(registry, ['nginx', 'nginx@']))).toMatchObject({ code: 'usage' });
  expect(host.asked().filter((path) => path.endsWith('.tar.gz'))).toEqual([]);
  await registry.close();
});

describe('releases that must not land where they want to', () => {
  const plan = async (...releases: readonly (readonly [string, string])[]): Promise<string[]> => {
    const registry = await directoryRegistry();
    const { packs, failures } = await planReleases(
      releases.map(([name, version]) => ({ registry, name, release: releaseDocument(name, { version }) })),
      { directory: '/srv/packs' },
    );
    const said = failures.map(({ error }) =>
      error instanceof PackyardError ? `${error.code}: ${error.message} ${error.hint}` : String(error),
    );
    return [...packs.map(({ target }) => target), ...said.map((text) => text.replace(registry.location, '<registry>'))];
  };

  test.each(['1/../../../etc', '..', '1\\2', '1\u0000', '1\u001b[2J', '1.', '1:2', 'x'.repeat(300), ''])(
    'the version %j',
    async (version) => {
      const [outcome] = await plan(['nginx', version]);
      if (version === '' || version === '..') expect(outcome).toMatch(/^registry-invalid|^\/srv\/packs\/nginx-/u);
      else expect(outcome).toMatch(/^registry-invalid: <registry> has a release of the pack "nginx" whose version /u);
    },
  );

  test('the message says why', async () => {
    expect(await plan(['nginx', '1/../../etc'])).toEqual([
      'registry-invalid: <registry> has a release of the pack "nginx" whose version "1/../../etc" cannot be the name of ' +
        'a folder: it holds "/". Tell the owner of the registry; choose another version until it is mended.',
    ]);
  });

  test('two that would be in one place', async () => {
    expect(await plan(['nginx', '1-2'], ['nginx-1', '2'], ['nginx', '1.0-RC'], ['nginx', '1.0-rc'])).toEqual([
      '/srv/packs/nginx-1-2',
      '/srv/packs/nginx-1.0-RC',
      'usage: nginx-1@2 and nginx@1-2 would land in the same place: /srv/packs/nginx-1-2 ' +
        'Pull them one after the other, into different folders.',
      'usage: nginx@1.0-rc and nginx@1.0-RC would land in the same place: /srv/packs/nginx-1.0-RC ' +
        'Pull them one after the other, into different folders.',
    ]);
  });
});

test('the signal stops it', async () => {
  const registry = await directoryRegistry();
  const signal = AbortSignal.abort(new Error('stopped'));
  await expect(planPull(registry, ['nginx'], { signal })).rejects.toThrow('stopped');
  await registry.close();
});
