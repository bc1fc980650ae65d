import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { MAIN, runCli, scrub, transcript } from '../../helpers/cli.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { buildTranscript } from '../../helpers/refused-build.ts';
import { brokenLinks, filesOf, treeOf } from '../../helpers/registry-tree.ts';
import { boundByPermissions, makeReadOnly, ownMounts } from '../../helpers/sandbox.ts';
import { scratch } from '../../helpers/scratch.ts';

describe('packyard build touches nothing in an output directory', () => {
  test('that is not empty and not its own', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.write({ 'public/index.json': '{ "format": "other/1" }', 'public/photos/cat.jpg': 'cat' });
    const before = treeOf(join(repository.path, 'public'));
    expect(await buildTranscript(repository)).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <out> is not empty and holds no registry of Packyard's.
        → Name an empty or a new folder with --out; nothing in this one was touched."
    `);
    expect(treeOf(join(repository.path, 'public'))).toEqual(before);
  });

  test('that is a file', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.write({ public: 'a file\n' });
    expect(await buildTranscript(repository)).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <out> is a file, or lies below one.
        → Name an empty or a new folder with --out; nothing was touched."
    `);
  });

  test('that is a link to a foreign one', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const foreign = await scratch();
    writeFileSync(join(foreign, 'precious'), 'x');
    symlinkSync(foreign, join(repository.path, 'public'), 'junction');
    const result = await runCli(['build'], { cwd: repository.path });
    expect(transcript(result, { foreign })).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <foreign> is not empty and holds no registry of Packyard's.
        → Name an empty or a new folder with --out; nothing in this one was touched."
    `);
    expect(filesOf(foreign)).toEqual(['precious']);
  });

  test('that is the repository itself', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const before = repository.git('status', '--porcelain');
    expect(await buildTranscript(repository, ['--out', '.'])).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <repo> is not empty and holds no registry of Packyard's.
        → Name an empty or a new folder with --out; nothing in this one was touched."
    `);
    expect(repository.git('status', '--porcelain')).toBe(before);
  });
});

const bound = boundByPermissions();

describe.skipIf(bound === undefined)('where permissions bind (elsewhere skipped: no setpriv)', () => {
  const options = { wrapper: bound ?? [] };

  test('an output directory that cannot be made', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const parent = join(repository.path, 'closed');
    mkdirSync(parent);
    makeReadOnly(parent);
    expect(await buildTranscript(repository, ['--quiet', '--out', 'closed/public'], options)).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <repo>/closed/public cannot be written (EACCES).
        → Check who owns it and its permissions, or name another folder with --out."
    `);
  });

  test('an output directory that is read-only keeps its registry', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    await buildTranscript(repository);
    const out = join(repository.path, 'public');
    const before = treeOf(out);
    repository.commit(packFiles('packs/demo-2', { version: '2.0.0' }));
    makeReadOnly(out);
    expect(await buildTranscript(repository, ['--quiet'], options)).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error <out> cannot be written (EACCES).
        → Check who owns it and its permissions, or name another folder with --out."
    `);
    expect({ ...treeOf(out) }).toEqual(before);
  });

  test('a cache directory that is read-only', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const cache = await scratch();
    makeReadOnly(cache);
    const env = { PACKYARD_CACHE_DIR: cache };
    const result = await runCli(['build', '--quiet'], { ...options, cwd: repository.path, env });
    expect(transcript(result, { cache })).toMatchInlineSnapshot(`
      "exit status 2
      --- stderr
      error The cache in <cache> cannot be used (EACCES).
        → Point PACKYARD_CACHE_DIR to a folder that can be written, or build with --no-cache."
    `);
  });
});

const mounts = ownMounts();

/** Mounts a small file system on a folder, builds the first commit and then the second, and copies what is there. */
function buildOnSmallDisk(paths: { repo: string; small: string; out: string; cache: string; copy: string }): string {
  const script = `mount -t tmpfs -o size=400k tmpfs "$2" && cd "$1" &&
    "$6" "$7" build --quiet --rev HEAD~1 --out "$3" && "$6" "$7" build --quiet --out "$3"
    echo "exit status $?"; cp -R "$3" "$5"`;
  const { repo, small, out, cache, copy } = paths;
  const [program = '', ...wrapper] = mounts ?? [];
  const args = [...wrapper, 'sh', '-c', script, 'sh', repo, small, out, cache, copy, process.execPath, MAIN];
  const env = { ...process.env, PACKYARD_CACHE_DIR: cache };
  const { stdout, stderr } = spawnSync(program, args, { env, encoding: 'utf8' });
  return scrub(stderr + stdout, { out, cache, small });
}

async function repositoryThatGrows(): Promise<string> {
  const repository = await gitRepository(packFiles('packs/demo'));
  const files = { 'manifests/data.bin': randomBytes(2_000_000) };
  repository.commit(packFiles('packs/large', { name: 'large', files }));
  return repository.path;
}

describe.skipIf(mounts === undefined)('on a full disk (skipped where no file system can be mounted)', () => {
  test('the output keeps its registry whole', async () => {
    const [repo, small, cache, copies] = [
      await repositoryThatGrows(),
      await scratch(),
      await scratch(),
      await scratch(),
    ];
    const [out, copy] = [join(small, 'public'), join(copies, 'copy')];
    expect(buildOnSmallDisk({ repo, small, out, cache, copy })).toMatchInlineSnapshot(`
      "error No space is left for the registry in <out>.
        → Free some and build again. Until then what was there before stays readable.
      exit status 2
      "
    `);
    expect(brokenLinks(copy)).toEqual([]);
    expect(filesOf(copy).filter((path) => path.includes('large') || path.includes('.packyard'))).toEqual([]);
  });

  test('the output is not touched when the cache has no room', async () => {
    const [repo, small, outs, copies] = [
      await repositoryThatGrows(),
      await scratch(),
      await scratch(),
      await scratch(),
    ];
    const [out, cache, copy] = [join(outs, 'public'), join(small, 'cache'), join(copies, 'copy')];
    expect(buildOnSmallDisk({ repo, small, out, cache, copy })).toMatchInlineSnapshot(`
      "error No space is left for the cache in <cache>.
        → Free some, run \`packyard cache clear\`, or point PACKYARD_CACHE_DIR somewhere larger. The registry was not touched.
      exit status 2
      "
    `);
    expect(brokenLinks(copy)).toEqual([]);
    expect(filesOf(copy).filter((path) => path.includes('large') || path.includes('.packyard'))).toEqual([]);
  });
});
