import { spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { pull } from '../../../src/client/pull.ts';
import { openRegistry } from '../../../src/client/open-registry.ts';
import { builderOf } from '../../helpers/build-registry.ts';
import { outcomeOf, runCli } from '../../helpers/cli.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { treeOf } from '../../helpers/registry-tree.ts';
import { scratch } from '../../helpers/scratch.ts';
import { staticHost } from '../../helpers/static-host.ts';
import { noise } from './served-pack.ts';
import { damagedBlobs } from './whole-cache.ts';

const PROCESSES = 8;

/** Pulls at once in each. */
const PULLS = 25;

const PULL_MANY = fileURLToPath(new URL('../../helpers/pull-many.mjs', import.meta.url));

const NAMES = ['pack-0', 'pack-1', 'pack-2', 'pack-3'];

async function hosted(): Promise<string> {
  const files = NAMES.map((name, number) =>
    packFiles(`packs/${name}`, { name, files: { 'noise.bin': noise(100_000, name), 'a.txt': `${number}` } }),
  );
  const builder = await builderOf(await gitRepository(Object.assign({}, ...files)));
  await builder.build();
  return (await staticHost(builder.out)).url;
}

test(
  `${PROCESSES * PULLS} pulls at once, of ${PROCESSES} processes, share one cache`,
  { timeout: 300_000 },
  async () => {
    const url = await hosted();
    const [folder, cache] = [await scratch(), await scratch()];
    const processes = Array.from({ length: PROCESSES }, (_, number) => {
      const args = [PULL_MANY, url, cache, join(folder, `${number}`), `${PULLS}`, ...NAMES];
      return outcomeOf(spawn(process.execPath, args));
    });
    for (const result of await Promise.all(processes)) expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
    const trees = readdirSync(folder).flatMap((part) =>
      readdirSync(join(folder, part)).map((number) => treeOf(join(folder, part, number))),
    );
    expect(trees).toHaveLength(PROCESSES * PULLS);
    expectSame(trees);
    expectClean(cache);
  },
);

test('commands that are started together share one cache', { timeout: 120_000 }, async () => {
  const url = await hosted();
  const [folder, cache] = [await scratch(), await scratch()];
  const env = { PACKYARD_CACHE_DIR: cache, HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') };
  const results = await Promise.all(
    Array.from({ length: 16 }, (_, number) => {
      // Every other one asks the host, whatever the cache holds.
      const flags = number % 2 === 0 ? ['--refresh'] : [];
      const args = ['pull', ...NAMES, '--to', join(folder, `${number}`), '--registry', url, '--quiet', ...flags];
      return runCli(args, { env, cwd: folder });
    }),
  );
  for (const result of results) expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
  expectSame(results.map((_, number) => treeOf(join(folder, `${number}`))));
  expectClean(cache);
});

test(
  'pulls within one process share a cache, and into one folder get in nobody’s way',
  { timeout: 120_000 },
  async () => {
    const url = await hosted();
    const [directory, cache] = [await scratch(), await scratch()];
    const registries = await Promise.all(Array.from({ length: 20 }, () => openRegistry(url, { cache })));
    await Promise.all(
      registries.map((registry, number) => pull(registry, NAMES, { directory: join(directory, `${number % 4}`) })),
    );
    await Promise.all(registries.map((registry) => registry.close()));
    expectSame([0, 1, 2, 3].map((number) => treeOf(join(directory, `${number}`))));
    expectClean(cache);
  },
);

/** Every pack whole, and nothing else. */
function expectSame(trees: readonly Record<string, string>[]): void {
  const [first = {}] = trees;
  expect(Object.keys(first)).toHaveLength(NAMES.length * 6);
  expect(trees.filter((tree) => JSON.stringify(tree) !== JSON.stringify(first))).toEqual([]);
}

function expectClean(cache: string): void {
  expect(damagedBlobs(cache)).toEqual([]);
  const partials = join(cache, 'client/partial');
  expect(existsSync(partials) ? readdirSync(partials) : []).toEqual([]);
}
