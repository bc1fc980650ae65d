import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { publishedRegistry, writePublished } from '../helpers/published-registry.ts';
import { scratch } from '../helpers/scratch.ts';

const PROJECT = fileURLToPath(new URL('../../', import.meta.url));
const CLIENT = JSON.stringify(new URL('../../dist/client/client.js', import.meta.url).href);

interface CoverageReport {
  readonly result: readonly { readonly url: string }[];
}

interface Loaded {
  readonly packages: readonly string[];
  readonly rooms: readonly string[];
}

/** Packages, and folders of the compiled code, of which a program loads at least one module: V8 notes what it compiles. */
async function loadedBy(program: string): Promise<Loaded> {
  const notes = await scratch();
  execFileSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: await scratch(),
    env: { PATH: process.env['PATH'], NODE_V8_COVERAGE: notes, PACKYARD_CACHE_DIR: await scratch() },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const reports = readdirSync(notes).map(
    (name) => JSON.parse(readFileSync(join(notes, name), 'utf8')) as CoverageReport,
  );
  const paths = reports
    .flatMap(({ result }) => result.map(({ url }) => url))
    .filter((url) => url.startsWith('file:'))
    .map((url) => fileURLToPath(url).replace(PROJECT, '').replaceAll('\\', '/'));
  const among = (pattern: RegExp): string[] =>
    [...new Set(paths.flatMap((path) => pattern.exec(path)?.[1] ?? []))].toSorted();
  return { packages: among(/.*node_modules\/((?:@[^/]+\/)?[^/]+)\//u), rooms: among(/^dist\/([^/]+)\//u) };
}

const HEAVY = new Set(['ajv', 'commander', 'fast-glob', 'js-yaml', 'sharp', 'simple-git', 'tar']);
const OTHER_HALF = new Set(['build', 'cli', 'publish', 'repo']);

function expectLight({ packages, rooms }: Loaded): void {
  expect(rooms).toContain('client');
  expect(rooms.filter((room) => OTHER_HALF.has(room))).toEqual([]);
  expect(packages.filter((name) => HEAVY.has(name) || name.startsWith('@simple-git/'))).toEqual([]);
}

test('to import the client loads neither Git, nor sharp, nor the build', async () => {
  expectLight(await loadedBy(`await import(${CLIENT});`));
});

test('to read a registry with it loads no more', async () => {
  const folder = await scratch();
  writePublished(publishedRegistry(), folder);
  const program = `
    import { openRegistry } from ${CLIENT};
    const registry = await openRegistry(${JSON.stringify(folder)});
    const { packs } = await registry.searchDocument();
    const { releases } = await registry.pack(packs[0].name);
    const file = await registry.fetchFile(releases[0].artifact.path, releases[0].artifact);
    for await (const chunk of file.open()) chunk.length;
    await registry.pack('demi').catch(() => undefined);
    await registry.close();`;
  expectLight(await loadedBy(program));
});
