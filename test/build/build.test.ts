import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import type { BuildProgress } from '../../src/build/progress.ts';
import { builderOf, rulesOf } from '../helpers/build-registry.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { png } from '../helpers/png.ts';
import { filesOf, readIndex, readPackDocument, treeOf } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';

const TWO = { ...packFiles('packs/one', { name: 'one' }), ...packFiles('packs/two', { name: 'two' }) };
const BAD = packFiles('packs/bad', { name: 'bad', files: { 'values.yaml': null } });

describe('a build again', () => {
  test('of what has not changed reads no blob and touches nothing', async () => {
    const { out, build: again } = await builderOf(await gitRepository(TWO));
    const first = await again();
    expect(first.report).toMatchObject({ releases: { total: 2, added: 2, changed: 0, unchanged: 0, refused: 0 } });
    expect(first.report.blobsRead).toBeGreaterThan(0);
    const stamps = (): unknown =>
      ['', ...readdirSync(out, { recursive: true, encoding: 'utf8' })].map((path) => {
        const { ino, mtimeNs, ctimeNs } = lstatSync(join(out, path), { bigint: true });
        return { path, ino, mtimeNs, ctimeNs };
      });
    const before = stamps();
    const second = await again();
    expect(second.report).toMatchObject({
      blobsRead: 0,
      bytesWritten: 0,
      releases: { total: 2, added: 0, changed: 0, unchanged: 2 },
      files: { added: 0, changed: 0, removed: 0 },
    });
    expect(stamps()).toEqual(before);
  });

  test('after one pack changed reads that pack only', async () => {
    const repository = await gitRepository(TWO);
    const { out, build: again } = await builderOf(repository);
    await again();
    repository.commit({ 'packs/two/values.yaml': 'pack:\n  namespace: other\n' });
    const { report, plan } = await again();
    expect(report.releases).toEqual({ total: 2, added: 0, changed: 1, unchanged: 1, removed: 0, refused: 0 });
    // Its three files; the one copy that has to be written was kept.
    expect(report.blobsRead).toBe(3);
    expect(plan?.write.filter(({ entry }) => entry.path.startsWith('packs/one/'))).toEqual([]);
    expect(readFileSync(join(out, 'packs/two/1.0.0/values.yaml'), 'utf8')).toContain('namespace: other');
  });

  test('after a pack was removed takes its files away', async () => {
    const repository = await gitRepository(TWO);
    const { out, build: again } = await builderOf(repository);
    await again();
    repository.commit({ 'packs/two': null });
    expect((await again()).plan?.remove.filter((path) => path.startsWith('packs/two/'))).toHaveLength(6);
    expect(readdirSync(join(out, 'packs'))).toEqual(['one']);
    expect(Object.keys(readIndex(out).packs)).toEqual(['one']);
  });

  test('repairs what was changed, removed or added in the output', async () => {
    const { out, build: again } = await builderOf(await gitRepository(TWO));
    await again();
    const expected = treeOf(out);
    writeFileSync(join(out, 'packs/one/1.0.0/README.md'), '# 0ne\n');
    writeFileSync(join(out, 'packs/one/1.0.0/extra'), 'x');
    rmSync(join(out, 'packs/two'), { recursive: true });
    rmSync(join(out, 'index.json'));
    writeFileSync(join(out, 'index.json'), '{"format":"packyard-index/1"}');
    await again();
    expect(treeOf(out)).toEqual(expected);
  });

  test('heals a cache that lost or damaged what it kept', async () => {
    const repository = await gitRepository(TWO);
    const { out, cache, build: again } = await builderOf(repository);
    await again();
    const expected = treeOf(out);
    const kept = filesOf(cache).filter((path) => path.includes('/files/'));
    expect(kept.length).toBeGreaterThan(3);
    for (const [index, path] of kept.entries()) {
      if (index % 2 === 0) rmSync(join(cache, path));
      else writeFileSync(join(cache, path), 'damaged');
    }
    rmSync(out, { recursive: true });
    expect(await again()).toMatchObject({ ok: true, written: true });
    expect(treeOf(out)).toEqual(expected);
  });

  test.each(['gone', 'damaged'])(
    'makes a logo again that another pack had, where the cache has it %s',
    async (state) => {
      const logo = { 'logo.png': png(64, 64) };
      const repository = await gitRepository(packFiles('packs/one', { name: 'one', files: logo }));
      const { out, cache, build: again } = await builderOf(repository);
      await again();
      for (const path of filesOf(cache).filter((name) => name.includes('/files/'))) {
        if (state === 'gone') rmSync(join(cache, path));
        else writeFileSync(join(cache, path), 'damaged');
      }
      rmSync(out, { recursive: true });
      repository.commit({ 'packs/one': null, ...packFiles('packs/two', { name: 'two', files: logo }) });
      expect(await again()).toMatchObject({ ok: true, written: true });
      expect(Object.keys(treeOf(out)).filter((path) => path.startsWith('logos/'))).not.toEqual([]);
    },
  );

  test('heals a cache whose records are damaged', async () => {
    const { out, cache, build: again } = await builderOf(await gitRepository(TWO));
    await again();
    const expected = treeOf(out);
    for (const path of filesOf(cache).filter((name) => !name.includes('/files/'))) {
      writeFileSync(join(cache, path), 'damaged');
    }
    expect(await again()).toMatchObject({ ok: true, report: { bytesWritten: 0 } });
    expect(treeOf(out)).toEqual(expected);
  });
});

describe('a pack with errors', () => {
  test('stops the build, and nothing is written', async () => {
    const { out, build: again } = await builderOf(await gitRepository({ ...TWO, ...BAD }));
    const result = await again();
    expect(result).toMatchObject({ ok: false, written: false, report: { releases: { refused: 1, total: 0 } } });
    expect(result.plan).toBeUndefined();
    expect(rulesOf(result)).toEqual(['packs/bad/values.yaml error values/missing']);
    expect(existsSync(out)).toBe(false);
  });

  test('is left out when the others are to be built', async () => {
    const { out, build: again } = await builderOf(await gitRepository({ ...TWO, ...BAD }));
    const result = await again({ keepGoing: true });
    expect(result).toMatchObject({ ok: false, written: true, report: { releases: { refused: 1, total: 2 } } });
    expect(Object.keys(readIndex(out).packs)).toEqual(['one', 'two']);
  });

  test('is named when its earlier release is no longer published', async () => {
    const repository = await gitRepository({ ...TWO, ...packFiles('packs/bad', { name: 'bad' }) });
    const { build: again } = await builderOf(repository);
    expect((await again()).report).toMatchObject({ releases: { total: 3, removed: 0 }, removedReleases: [] });
    repository.commit(BAD);
    expect((await again()).report).toMatchObject({ releases: { removed: 0 }, removedReleases: [] });
    expect((await again({ keepGoing: true })).report).toMatchObject({
      releases: { total: 2, removed: 1, refused: 1 },
      removedReleases: ['bad@1.0.0'],
    });
  });

  test('alone leaves nothing to build, and the old registry stays', async () => {
    const repository = await gitRepository(packFiles('packs/one', { name: 'one' }));
    const { out, build: again } = await builderOf(repository);
    await again();
    const before = treeOf(out);
    repository.commit({ 'packs/one/values.yaml': null });
    expect(await again({ keepGoing: true })).toMatchObject({ ok: false, written: false });
    expect(treeOf(out)).toEqual(before);
  });

  test('takes both of two packs with one identity out', async () => {
    const files = { ...TWO, ...packFiles('packs/two-again', { name: 'two' }) };
    const { out, build: again } = await builderOf(await gitRepository(files));
    const result = await again({ keepGoing: true });
    expect(rulesOf(result)).toEqual([
      'packs/two-again/pack.json error registry/duplicate-release',
      'packs/two/pack.json error registry/duplicate-release',
    ]);
    expect(Object.keys(readIndex(out).packs)).toEqual(['one']);
  });

  test('two directories with one tree id are read once, and both named', async () => {
    const files = { ...packFiles('packs/a'), ...packFiles('packs/b') };
    const result = await (await builderOf(await gitRepository(files))).build();
    expect(rulesOf(result)).toHaveLength(2);
    // One of them a second time, for the place of its version.
    expect(result.report.blobsRead).toBeLessThanOrEqual(7);
  });
});

describe('a dry run', () => {
  test('plans and writes nothing', async () => {
    const { out, build: again } = await builderOf(await gitRepository(TWO));
    const result = await again({ dryRun: true });
    expect(result).toMatchObject({ ok: true, written: false, report: { releases: { added: 2 } } });
    expect(result.plan?.write.at(-1)?.entry.path).toBe('index.json');
    expect(existsSync(out)).toBe(false);
  });

  test('over a registry says what would change', async () => {
    const repository = await gitRepository(TWO);
    const { out, build: again } = await builderOf(repository);
    await again();
    const before = treeOf(out);
    repository.commit({ 'packs/two': null });
    expect((await again({ dryRun: true })).plan?.remove).not.toEqual([]);
    expect(treeOf(out)).toEqual(before);
  });
});

describe('the library', () => {
  test('builds the current folder into public/, with the cache of the environment', async () => {
    const { path } = await gitRepository(TWO);
    const cache = await scratch();
    withEnvironment({ PACKYARD_CACHE_DIR: cache });
    const cwd = process.cwd();
    process.chdir(path);
    try {
      expect(await build()).toMatchObject({ ok: true, report: { out: join(path, 'public') } });
    } finally {
      process.chdir(cwd);
    }
    expect(filesOf(cache).length).toBeGreaterThan(5);
  });

  test('tells how far it is', async () => {
    const events: BuildProgress[] = [];
    const { build: again } = await builderOf(await gitRepository(TWO));
    const { plan } = await again({ onProgress: (event) => events.push(event) });
    const packs = events.filter(({ step }) => step === 'packs');
    expect(packs.map(({ done, total }) => [done, total])).toEqual([
      [1, 2],
      [2, 2],
    ]);
    expect(packs.map(({ label }) => label).toSorted()).toEqual(['packs/one', 'packs/two']);
    const writes = events.filter(({ step }) => step === 'write');
    expect(writes.map(({ done }) => done)).toEqual(plan?.write.map((_, index) => index + 1));
  });

  test('without a cache leaves nothing behind, also when it fails', async () => {
    const [temporary, { path }, broken] = [await scratch(), await gitRepository(TWO), await scratch()];
    withEnvironment({ TMPDIR: temporary, TEMP: temporary, TMP: temporary, PACKYARD_CACHE_DIR: '/nonexistent' });
    const out = join(broken, 'public');
    expect(await build({ repository: path, out, cache: false })).toMatchObject({ ok: true });
    await expect(build({ repository: broken, out, cache: false })).rejects.toMatchObject({ code: 'no-repository' });
    await expect(build({ repository: path, revision: 'v9', cache: false })).rejects.toMatchObject({
      code: 'unknown-revision',
    });
    expect(readdirSync(temporary)).toEqual([]);
    expect(readPackDocument(out, 'one').releases).toHaveLength(1);
  });
});
