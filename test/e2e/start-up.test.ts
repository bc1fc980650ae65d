import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { runCli } from '../helpers/cli.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';

interface CoverageReport {
  readonly result: readonly { readonly url: string }[];
}

/** The packages of which a run loads at least one module: V8 itself notes every script that it compiles. */
async function packagesLoaded(args: readonly string[], cwd: string, cache: string): Promise<string[]> {
  const notes = await scratch();
  const env = { NODE_V8_COVERAGE: notes, PACKYARD_CACHE_DIR: cache };
  expect(await runCli(args, { cwd, env })).toMatchObject({ status: 0 });
  const reports = readdirSync(notes).map(
    (name) => JSON.parse(readFileSync(join(notes, name), 'utf8')) as CoverageReport,
  );
  const urls = reports.flatMap(({ result }) => result.map(({ url }) => url));
  expect(urls.some((url) => url.endsWith('dist/cli/main.js'))).toBe(true);
  const packages = urls.flatMap((url) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//u.exec(url)?.[1] ?? []);
  return [...new Set(packages)].toSorted();
}

describe('what a command loads', () => {
  test.each([[['--version']], [['-V']]])('%j needs no package', async (args) => {
    const folder = await scratch();
    expect(await packagesLoaded(args, folder, folder)).toEqual([]);
  });

  test.each([[['--help']], [['build', '--help']], [['cache', 'dir']]])('%j needs one package', async (args) => {
    const folder = await scratch();
    expect(await packagesLoaded(args, folder, folder)).toEqual(['commander']);
  });

  test('a build loads what it needs, and one with nothing to do much less', async () => {
    const { path } = await gitRepository({ ...packFiles('packs/demo'), 'registry.yaml': 'name: yard\n' });
    const cache = await scratch();
    const first = await packagesLoaded(['build', '--quiet'], path, cache);
    expect(first).toEqual(expect.arrayContaining(['@humanwhocodes/momoa', 'ajv', 'js-yaml', 'sharp', 'tar']));
    // What it asks of Git takes less than loading that.
    expect(first).not.toContain('simple-git');
    const second = await packagesLoaded(['build', '--quiet'], path, cache);
    for (const heavy of ['sharp', 'ajv', 'tar', 'js-yaml', '@humanwhocodes/momoa']) expect(second).not.toContain(heavy);
  });
});
