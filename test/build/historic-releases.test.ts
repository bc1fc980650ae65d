import { describe, expect, test } from 'vitest';

import { cachedStays } from '../../src/build/cached-stays.ts';
import { historicReleases, type HistoricReleases } from '../../src/build/historic-releases.ts';
import { gitRepository, type FileMap, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';
import { sourceOf } from '../helpers/source-of.ts';

interface Found extends HistoricReleases {
  /** Blobs that were read for it. */
  readonly blobs: number;
}

async function historyOf(
  { path }: Pick<TestRepository, 'path'>,
  options: { revision?: string; cache?: string; known?: [string, { name: string; version: string }][] } = {},
): Promise<Found> {
  const { source, cache, packs: atTip } = await sourceOf(path, options.revision, options.cache);
  const stays = await cachedStays(source, atTip, cache);
  const before = source.snapshot.objects.blobsRead;
  const found = await historicReleases({ source, cache, stays, atTip, known: [new Map(options.known)] });
  return { ...found, blobs: source.snapshot.objects.blobsRead - before };
}

/** Each release as `name version directory last-removed`, with the days of January on which its commits were made. */
function rows({ releases }: HistoricReleases): string[] {
  const day = (at: string | undefined): string => (at === undefined ? '' : String(Number(at.slice(8, 10))));
  return releases.flatMap(({ older, ...newest }) =>
    [newest, ...older].map(
      ({ name, version, directory, lastIn, removedIn }, index) =>
        `${index === 0 ? '' : 'older '}${name} ${version} ${directory} ${day(lastIn.at)}-${day(removedIn?.at)}`,
    ),
  );
}

/** A pack in a directory, instead of what was there. */
const replaced = (directory: string, version: string, text = ''): FileMap =>
  packFiles(directory, { version, files: { 'values.yaml': text } });

describe('releases of the past', () => {
  test('are those of directories that were replaced in place or deleted, ordered by version', async () => {
    const repository = await gitRepository(replaced('packs/demo', '1.9.0'));
    repository.commit(replaced('packs/demo', '1.10.0'));
    repository.commit({ ...replaced('packs/demo', '2.0.0'), ...packFiles('packs/gone', { name: 'a-gone' }) });
    repository.commit({ 'packs/gone': null });
    const found = await historyOf(repository);
    expect(rows(found)).toEqual([
      'a-gone 1.0.0 packs/gone 3-4',
      'demo 1.9.0 packs/demo 1-2',
      'demo 1.10.0 packs/demo 2-3',
    ]);
    expect(found.releases[1]).toEqual({
      name: 'demo',
      version: '1.9.0',
      directory: 'packs/demo',
      tree: repository.git('rev-parse', 'HEAD~3:packs/demo'),
      lastIn: { commit: repository.git('rev-parse', 'HEAD~3'), at: '2024-01-01T12:00:00Z' },
      removedIn: { commit: repository.git('rev-parse', 'HEAD~2'), at: '2024-01-02T12:00:00Z' },
      older: [],
    });
    expect(found).toMatchObject({ twins: [], nameless: [], changing: [] });
  });

  test('name every content, newest first, each once', async () => {
    const repository = await gitRepository({
      ...replaced('packs/demo', '1.0.0', '1'),
      ...packFiles('packs/other', { name: 'other' }),
    });
    repository.commit(replaced('packs/demo', '1.0.0', '2'));
    repository.commit(replaced('packs/demo', '1.0.0', '1'));
    repository.git('mv', 'packs/demo', 'packs/moved');
    repository.commit({});
    repository.commit({ 'packs/moved': null });
    const found = await historyOf(repository);
    expect(rows(found)).toEqual(['demo 1.0.0 packs/moved 4-5', 'older demo 1.0.0 packs/demo 2-3']);
    const [first, second] = [
      repository.git('rev-parse', 'HEAD~4:packs/demo'),
      repository.git('rev-parse', 'HEAD~3:packs/demo'),
    ];
    expect(found.changing).toEqual([
      {
        name: 'demo',
        version: '1.0.0',
        directory: 'packs/moved',
        changes: [
          {
            commit: expect.objectContaining({ commit: repository.git('rev-parse', 'HEAD~3') }),
            before: first,
            after: second,
          },
          {
            commit: expect.objectContaining({ commit: repository.git('rev-parse', 'HEAD~2') }),
            before: second,
            after: first,
          },
        ],
      },
    ]);
  });

  test('are not those whose content the tree still has, wherever it lies', async () => {
    const repository = await gitRepository(replaced('packs/demo', '1.0.0'));
    repository.git('mv', 'packs/demo', 'packs/moved');
    repository.commit({});
    expect(rows(await historyOf(repository))).toEqual([]);
  });

  test('are those of the first-parent line only', async () => {
    const repository = await gitRepository(replaced('packs/demo', '1.0.0'));
    repository.git('checkout', '--quiet', '-b', 'side');
    repository.commit(replaced('packs/demo', '1.5.0'));
    repository.commit(replaced('packs/demo', '2.0.0'));
    repository.git('checkout', '--quiet', 'main');
    repository.commit({ notes: '' });
    repository.git('merge', '--quiet', '--no-ff', '-m', 'merge', 'side');
    expect(rows(await historyOf(repository)).map((row) => row.split(' ')[1])).toEqual(['1.0.0']);
  });

  test('are where the globs of today name them, and not in the output', async () => {
    const repository = await gitRepository({
      'registry.yaml': 'packs: [packs/*, public/*]\n',
      ...packFiles('packs/demo'),
      ...packFiles('elsewhere/old', { name: 'elsewhere' }),
      ...packFiles('public/old', { name: 'published' }),
    });
    repository.commit({ elsewhere: null, public: null });
    const { source, cache, packs: atTip } = await sourceOf(repository.path);
    const stays = await cachedStays(source, atTip, cache);
    const parts = { source, cache, stays, atTip, known: [] };
    expect(rows(await historicReleases(parts))).toEqual(['published 1.0.0 public/old 1-2']);
    expect(rows(await historicReleases({ ...parts, source: { ...source, output: 'public' } }))).toEqual([]);
  });

  test('that only the work tree lacks were not removed yet', async () => {
    const repository = await gitRepository({
      ...packFiles('packs/demo'),
      ...packFiles('packs/other', { name: 'other' }),
    });
    repository.commit({ notes: '' });
    repository.write({ 'packs/demo': null });
    expect(rows(await historyOf(repository))).toEqual(['demo 1.0.0 packs/demo 2-']);
    expect(rows(await historyOf(repository, { revision: 'HEAD' }))).toEqual([]);
  });
});

describe('a release in two directories at once', () => {
  test('counts only while it is in one', async () => {
    const repository = await gitRepository({
      ...replaced('packs/a', '1.0.0', 'a'),
      ...packFiles('packs/other', { name: 'other' }),
    });
    repository.commit(replaced('packs/b', '1.0.0', 'b'));
    repository.commit({ 'packs/a': null });
    repository.commit({ 'packs/b': null });
    const found = await historyOf(repository);
    expect(rows(found)).toEqual(['demo 1.0.0 packs/b 3-4', 'older demo 1.0.0 packs/a 1-3']);
    expect(found.twins).toEqual([]);
    expect(found.changing[0]?.changes.map(({ commit }) => commit.at)).toEqual(['2024-01-03T12:00:00Z']);
  });

  test('from beginning to end is none; names that differ in case only are one', async () => {
    const repository = await gitRepository({
      ...replaced('packs/a', '1.0.0-rc', 'a'),
      ...replaced('packs/b', '1.0.0-RC', 'b'),
      ...packFiles('packs/other', { name: 'other' }),
    });
    repository.commit({ 'packs/a': null, 'packs/b': null });
    const found = await historyOf(repository);
    expect(found.releases).toEqual([]);
    expect(
      found.twins.map(({ name, version, directory, other, lost }) => ({ name, version, directory, other, lost })),
    ).toEqual([
      { name: 'demo', version: '1.0.0-rc', directory: 'packs/a', other: 'packs/b', lost: true },
      { name: 'demo', version: '1.0.0-RC', directory: 'packs/b', other: 'packs/a', lost: true },
    ]);
  });
});

test('what says no name and version is nameless', async () => {
  const broken = [
    '{',
    '[]',
    'null',
    '{"name":"demo"}',
    '{"name":"../demo","version":"1"}',
    '{"name":1,"version":{}}',
    '{"name":"a/b","version":"1"}',
    '',
  ];
  const repository = await gitRepository(
    Object.fromEntries([
      ...broken.map((text, index) => [`packs/p${index}/pack.json`, text]),
      ...Object.entries(packFiles('packs/demo')),
    ]),
  );
  repository.commit(Object.fromEntries(broken.map((_, index) => [`packs/p${index}`, null])));
  const { releases, nameless } = await historyOf(repository);
  expect(releases).toEqual([]);
  expect(nameless.map(({ directory }) => directory)).toEqual(broken.map((_, index) => `packs/p${index}`));
});

test('a pack named __proto__ is one like others', async () => {
  const repository = await gitRepository(packFiles('packs/demo'));
  repository.commit(packFiles('packs/__proto__', { name: '__proto__', version: 'constructor' }));
  repository.commit({ 'packs/__proto__': null });
  expect(rows(await historyOf(repository))).toEqual(['__proto__ constructor packs/__proto__ 2-3']);
});

describe('with a cache', () => {
  test('nothing is read twice, and the answer is the same', async () => {
    const cache = await scratch();
    const repository = await gitRepository(replaced('packs/demo', '1.0.0'));
    repository.commit(replaced('packs/demo', '1.1.0'));
    const first = await historyOf(repository, { cache });
    expect(first.blobs).toBe(2);
    expect(await historyOf(repository, { cache })).toEqual({ ...first, blobs: 0 });
    repository.commit(replaced('packs/demo', '1.2.0'));
    const second = await historyOf(repository, { cache });
    expect(second.blobs).toBe(1);
    expect({ ...second, blobs: 3 }).toEqual(await historyOf(repository));
  });

  test('one that was damaged is made anew', async () => {
    const cache = await scratch();
    const repository = await gitRepository(replaced('packs/demo', '1.0.0'));
    repository.commit(replaced('packs/demo', '1.1.0'));
    const first = await historyOf(repository, { cache });
    const { readdirSync, writeFileSync } = await import('node:fs');
    for (const name of readdirSync(`${cache}/v1/history`)) writeFileSync(`${cache}/v1/history/${name}`, 'damaged');
    expect(await historyOf(repository, { cache })).toEqual(first);
  });

  test('what is known of trees is not read', async () => {
    const repository = await gitRepository(replaced('packs/demo', '1.0.0'));
    repository.commit(replaced('packs/demo', '1.1.0'));
    const known = ['HEAD~1', 'HEAD'].map((revision, index): [string, { name: string; version: string }] => [
      repository.git('rev-parse', `${revision}:packs/demo`),
      { name: 'demo', version: `1.${index}.0` },
    ]);
    const all = await historyOf(repository);
    expect(await historyOf(repository, { known })).toEqual({ ...all, blobs: 0 });
  });
});
