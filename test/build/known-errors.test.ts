import { join } from 'node:path';

import { expect, test } from 'vitest';

import type { BuildOptions } from '../../src/build/build-options.ts';
import { build, type BuildResult } from '../../src/build/build.ts';
import { check } from '../../src/build/check-repository.ts';
import { writeBaseline } from '../../src/build/write-baseline.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';

const SOUND = packFiles('packs/a', { name: 'a' });
const BROKEN = packFiles('packs/b', { name: 'b', manifest: { charts: ['charts/b.tgz'] } });

async function learn({ path }: TestRepository): Promise<void> {
  const { baseline, all } = await check({ repository: path, replaceBaseline: true, cache: false });
  writeBaseline(baseline, all);
}

async function built({ path }: TestRepository, options: BuildOptions = {}): Promise<BuildResult> {
  return build({ repository: path, out: join(await scratch(), 'public'), cache: false, ...options });
}

const severities = ({ findings }: BuildResult): readonly string[] => [
  ...new Set(findings.map(({ severity }) => severity)),
];

test('a pack whose errors the baseline knows is left out, and said', async () => {
  const repository = await gitRepository({ ...SOUND, ...BROKEN });
  expect(await built(repository)).toMatchObject({ ok: false, written: false, report: { leftOut: [] } });
  await learn(repository);
  const result = await built(repository);
  expect(result).toMatchObject({
    ok: true,
    written: true,
    report: { packs: 1, leftOut: ['packs/b'], releases: { refused: 1 } },
  });
  expect(severities(result)).toEqual(['warning']);
});

test('one with an error more stops the build', async () => {
  const repository = await gitRepository({ ...SOUND, ...BROKEN });
  await learn(repository);
  repository.write(packFiles('packs/b', { name: 'b', manifest: { charts: ['charts/b.tgz', 'charts/c.tgz'] } }));
  const result = await built(repository);
  expect(result).toMatchObject({ ok: false, written: false, report: { leftOut: [] } });
  expect(result.findings.map(({ severity }) => severity)).toEqual(expect.arrayContaining(['error', 'warning']));
});

test('one that was repaired is in the registry again', async () => {
  const repository = await gitRepository({ ...SOUND, ...BROKEN });
  await learn(repository);
  repository.write(packFiles('packs/b', { name: 'b' }));
  expect(await built(repository)).toMatchObject({ ok: true, report: { packs: 2, leftOut: [] } });
});

test('where no pack is sound nothing is built', async () => {
  const repository = await gitRepository(BROKEN);
  await learn(repository);
  expect(await built(repository)).toMatchObject({ ok: false, written: false, report: { leftOut: [] } });
});

test('for a commit its own baseline counts', async () => {
  const repository = await gitRepository({ ...SOUND, ...BROKEN });
  await learn(repository);
  expect(await built(repository, { revision: 'HEAD' })).toMatchObject({ ok: false });
  repository.commit({}, 'baseline');
  expect(await built(repository, { revision: 'HEAD' })).toMatchObject({ ok: true, report: { leftOut: ['packs/b'] } });
});

test('what is published under a version stays refused, whatever the baseline says', async () => {
  const repository = await gitRepository({ ...SOUND, ...BROKEN });
  await learn(repository);
  const previous = join(await scratch(), 'live');
  await build({ repository: repository.path, out: previous, cache: false });
  repository.write({ 'packs/a/values.yaml': 'pack: { other: 1 }\n' });
  await learn(repository);
  const result = await built(repository, { previous });
  expect(result).toMatchObject({ ok: false, written: false });
});

test('what is published of one stays, and it is counted once', async () => {
  const repository = await gitRepository({
    ...SOUND,
    ...packFiles('packs/b', { name: 'b' }),
    'registry.yaml': 'onRemove: drop\n',
  });
  const previous = join(await scratch(), 'live');
  await build({ repository: repository.path, out: previous, cache: false });
  repository.write(BROKEN);
  await learn(repository);
  expect(await built(repository, { previous })).toMatchObject({
    ok: true,
    report: { packs: 2, leftOut: ['packs/b'], removedReleases: [], releases: { unchanged: 2, refused: 1 } },
  });
  const based = await built(repository, { base: 'HEAD', keepGoing: true });
  expect(based).toMatchObject({ ok: false, report: { releases: { refused: 1 } } });
});

test('a release that is there twice stops the build as soon as a copy is new', async () => {
  const repository = await gitRepository({ ...SOUND, ...packFiles('packs/c', { name: 'c' }) });
  const [twin, again] = ['packs/a2', 'packs/a3'].map((folder) => packFiles(folder, { name: 'a' }));
  repository.write(twin ?? {});
  expect(await built(repository)).toMatchObject({ ok: false, written: false });
  await learn(repository);
  expect(await built(repository)).toMatchObject({ ok: true, report: { leftOut: ['packs/a', 'packs/a2'] } });
  repository.write(again ?? {});
  expect(await built(repository)).toMatchObject({ ok: false, written: false });
});

test('it is the same with a cache as without, and wherever in its file an error stands', async () => {
  const repository = await gitRepository({ ...SOUND, ...BROKEN });
  await learn(repository);
  const cache = await scratch();
  const manifest = String(BROKEN['packs/b/pack.json']);
  for (const text of [manifest, manifest, `\n\n${manifest}`]) {
    repository.write({ 'packs/b/pack.json': text });
    expect(await built(repository, { cache })).toMatchObject({ ok: true, report: { leftOut: ['packs/b'] } });
  }
});
