import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { runCli, transcript } from '../helpers/cli.ts';
import { namedRegistry, projectFolder, registryDirectory, type ProjectFolder } from '../helpers/lock-project.ts';
import { writePublished } from '../helpers/published-registry.ts';
import { registryHost } from '../helpers/registry-host.ts';
import { scratch } from '../helpers/scratch.ts';

const FILES = namedRegistry('community', { nginx: ['1.2.0', '1.3.1'], redis: ['7.0.0'] });
const NEWER = namedRegistry('community', {
  nginx: ['1.2.0', '1.3.1', { version: '1.4.0', publishedAt: '2026-06-01T00:00:00Z' }, '2.0.0'],
  redis: ['7.0.0'],
});

async function run(folder: string, ...args: string[]): Promise<string> {
  const result = await runCli(args, { cwd: folder, env: { XDG_CONFIG_HOME: folder, XDG_CACHE_HOME: folder } });
  return transcript(result, { project: folder });
}

/** A project whose registry is a folder. */
async function project(packs: object, files = FILES): Promise<ProjectFolder & { readonly registry: string }> {
  const registry = await registryDirectory(files);
  return { ...(await projectFolder({ registry, packs })), registry };
}

test('lock pins, stays as it is, and is checked', async () => {
  const { folder, lock } = await project({ nginx: '1.x', redis: 'latest' });
  expect(await run(folder, 'lock', '--dry-run')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
      + nginx  1.3.1 (2026-01-01)
      + redis  7.0.0 (2026-01-01)
    Would write packyard.lock: 2 packs, 2 added."
  `);
  expect(lock()).toBeUndefined();
  expect(await run(folder, 'lock')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
      + nginx  1.3.1 (2026-01-01)
      + redis  7.0.0 (2026-01-01)
    Wrote packyard.lock: 2 packs, 2 added."
  `);
  const text = lock();
  expect(text).toContain('"version": "1.3.1"');
  expect(await run(folder, 'lock')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    packyard.lock is up to date: 2 packs."
  `);
  expect(await run(folder, 'lock', '--check')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    packyard.lock is in order: 2 packs."
  `);
  expect(await run(folder, 'lock', '--check', '--quiet')).toBe('exit status 0');
  expect(lock()).toBe(text);
  expect(readdirSync(folder).filter((name) => name.includes('tmp'))).toEqual([]);
});

test('lock NAME writes packyard.json, which is made where there is none', async () => {
  const folder = await scratch();
  const registry = await registryDirectory(FILES);
  const named = async (...args: string[]): Promise<string> =>
    (await run(folder, 'lock', ...args)).replaceAll(registry, '<registry>');
  expect(await named('nginx@1.2.x')).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error No registry is named, and none is the default.
      → Name its address, with --registry where the command has that flag, or add it: packyard registry add NAME URL --default"
  `);
  expect(await named('nginx@1.2.x', '--registry', registry)).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
      + nginx  1.2.0 (2026-01-01)
    Wrote packyard.json and packyard.lock: 1 pack, 1 added."
  `);
  expect(await named('redis', 'nginx@1.x')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
      ~ nginx  1.2.0 (2026-01-01), as before; packyard.json asks for it in other words
      + redis  7.0.0 (2026-01-01)
    Wrote packyard.json and packyard.lock: 2 packs, 1 added."
  `);
  expect(await named('redis', '--dry-run', 'nginx:1.3.x')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
      ~ nginx  1.2.0 (2026-01-01) → 1.3.1 (2026-01-01)
    Would write packyard.json and packyard.lock: 2 packs, 1 moved."
  `);
  expect(JSON.parse(readFileSync(join(folder, 'packyard.json'), 'utf8'))).toEqual({
    registry,
    packs: { nginx: '1.x', redis: 'latest' },
  });
  expect(await named(`nginx@sha256:${'a'.repeat(64)}`)).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error packyard.json names versions, not contents: nginx@sha256:… cannot be written into it.
      → Name the version, as in nginx@1.2.3: packyard.lock pins its content."
  `);
});

test('outdated and update show what is newer, and move pins', async () => {
  const { folder, registry, lock } = await project({ nginx: '1.x', redis: '*' });
  await run(folder, 'lock');
  expect(await run(folder, 'outdated')).toMatchInlineSnapshot(`
    "exit status 0
    --- stderr
    Nothing is outdated: 2 packs."
  `);
  writePublished(NEWER, registry);
  expect(await run(folder, 'lock')).toMatch(/up to date/u);
  expect(await run(folder, 'outdated')).toMatchInlineSnapshot(`
    "exit status 1
    --- stdout
    PACK   LOCKED  FITS   NEWEST  ASKED FOR
    nginx  1.3.1   1.4.0  2.0.0   1.x"
  `);
  expect(await run(folder, 'outdated', '--all')).toMatchInlineSnapshot(`
    "exit status 1
    --- stdout
    PACK   LOCKED  FITS   NEWEST  ASKED FOR
    nginx  1.3.1   1.4.0  2.0.0   1.x
    redis  7.0.0   7.0.0  7.0.0   *"
  `);
  const before = lock();
  expect(await run(folder, 'update', '--dry-run')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
      ~ nginx  1.3.1 (2026-01-01) → 1.4.0 (2026-06-01)
    Would write packyard.lock: 2 packs, 1 moved."
  `);
  expect(lock()).toBe(before);
  expect(await run(folder, 'update', 'redis')).toMatch(/up to date/u);
  expect(await run(folder, 'update', 'nginx', '--json')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    {
      "format": "packyard-lock-plan/1",
      "dryRun": false,
      "files": [
        "<project>/packyard.lock"
      ],
      "changes": [
        {
          "name": "nginx",
          "kind": "moved",
          "from": {
            "version": "1.3.1",
            "registry": "community",
            "publishedAt": "2026-01-01T00:00:00Z"
          },
          "to": {
            "version": "1.4.0",
            "registry": "community",
            "publishedAt": "2026-06-01T00:00:00Z"
          }
        },
        {
          "name": "redis",
          "kind": "unchanged",
          "from": {
            "version": "7.0.0",
            "registry": "community",
            "publishedAt": "2026-01-01T00:00:00Z"
          },
          "to": {
            "version": "7.0.0",
            "registry": "community",
            "publishedAt": "2026-01-01T00:00:00Z"
          }
        }
      ]
    }"
  `);
  expect(await run(folder, 'outdated')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    PACK   LOCKED  FITS   NEWEST  ASKED FOR
    nginx  1.4.0   1.4.0  2.0.0   1.x"
  `);
  expect(await run(folder, 'update', 'ngnix')).toMatchInlineSnapshot(`
    "exit status 1
    --- stderr
    error packyard.json names no pack "ngnix".
      → Did you mean nginx?"
  `);
});

test('what is locked at one address is pulled from another, and offline', async () => {
  const host = await registryHost({ files: FILES });
  const { folder } = await projectFolder({
    registries: { main: { url: host.url } },
    packs: { nginx: { version: '1.x', registry: 'main' }, redis: '*' },
    registry: 'main',
  });
  expect(await run(folder, 'lock')).toMatch(/2 packs, 2 added/u);
  const mirror = await registryDirectory(NEWER);
  expect(await run(folder, 'pull', '--locked', 'redis', '--registry', mirror, '--to', join(folder, 'a'))).toMatch(
    /^exit status 0\n/u,
  );
  const cache = await scratch();
  const options = { cwd: folder, env: { PACKYARD_CACHE_DIR: cache, XDG_CONFIG_HOME: folder } };
  expect((await runCli(['pull', '--locked', '--to', join(folder, 'b')], options)).status).toBe(0);
  host.asked();
  const offline = await runCli(['pull', '--locked', '--offline', '--to', join(folder, 'c')], options);
  expect([offline.stderr, offline.status]).toEqual([expect.anything(), 0]);
  expect(host.asked()).toEqual([]);
  for (const to of ['b', 'c']) expect(readdirSync(join(folder, to)).toSorted()).toEqual(['nginx-1.3.1', 'redis-7.0.0']);
  expect((await runCli(['lock', '--check', '--offline'], options)).status).toBe(0);
});

describe('what is wrong is said', () => {
  test('without a project', async () => {
    const folder = await scratch();
    for (const command of ['lock', 'update', 'outdated']) {
      expect(await run(folder, command)).toBe(
        [
          'exit status 2',
          '--- stderr',
          'error There is no packyard.json in <project>, nor in a folder above it.',
          '  → Make one by naming the packs that you use: packyard lock nginx@1.x',
        ].join('\n'),
      );
    }
  });

  test('with a lock that a merge left its marks in', async () => {
    const { folder, lock, writeLock } = await project({ nginx: '1.x' });
    await run(folder, 'lock');
    writeLock((lock() ?? '').replace('    "nginx"', '<<<<<<< HEAD\n    "nginx"'));
    for (const args of [['lock'], ['lock', '--check'], ['update'], ['outdated'], ['pull', '--locked']]) {
      expect(await run(folder, ...args)).toBe(
        [
          'exit status 2',
          '--- stderr',
          'error <project>/packyard.lock:4: a merge left its marks here.',
          '  → Settle packyard.json first; then take this file from one side ("git checkout --ours packyard.lock") and run "packyard lock", which chooses only what is missing.',
        ].join('\n'),
      );
    }
  });

  test('without packs', async () => {
    const { folder, lock } = await project({});
    expect(await run(folder, 'lock')).toMatchInlineSnapshot(`
      "exit status 0
      --- stdout
      packyard.json names no packs."
    `);
    expect(await run(folder, 'outdated')).toMatchInlineSnapshot(`
      "exit status 0
      --- stderr
      packyard.json names no packs."
    `);
    expect(lock()).toBeUndefined();
  });

  test('with an age that is none', async () => {
    const { folder } = await project({ nginx: '*' });
    expect(await run(folder, 'update', '--min-age', 'soon')).toMatch(
      /^exit status 2\n--- stderr\nerror "soon" is no span/u,
    );
  });
});
