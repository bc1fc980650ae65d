import { describe, expect, test } from 'vitest';

import { cachedStays } from '../../src/build/cached-stays.ts';
import { changedReleaseFindings } from '../../src/build/historic-findings.ts';
import { historicReleases } from '../../src/build/historic-releases.ts';
import type { Finding } from '../../src/model/finding.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';
import { sourceOf } from '../helpers/source-of.ts';

async function changesOf({ path }: TestRepository, cacheDirectory?: string): Promise<Finding[]> {
  const { source, cache, packs: atTip } = await sourceOf(path, 'HEAD', cacheDirectory);
  const stays = await cachedStays(source, atTip, cache);
  const { changing } = await historicReleases({ source, cache, stays, atTip, known: [] });
  return changedReleaseFindings(source.snapshot, cache, changing);
}

describe('a release that changed on the way', () => {
  test('is shown with commits, dates and files', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    const second = repository.commit({ 'packs/demo/values.yaml': 'pack: {}\n', 'packs/demo/more.txt': '1' });
    const third = repository.commit({ 'packs/demo/more.txt': null });
    expect(await changesOf(repository)).toEqual([
      {
        rule: 'history/changed-release',
        severity: 'warning',
        file: 'packs/demo/pack.json',
        args: {
          name: 'demo',
          version: '1.0.0',
          changes: [
            { commit: second, at: '2024-01-02T12:00:00Z', files: ['added more.txt', 'changed values.yaml'], more: 0 },
            { commit: third, at: '2024-01-03T12:00:00Z', files: ['removed more.txt'], more: 0 },
          ],
          more: 0,
        },
      },
    ]);
  });

  test('in what is never published did not change', async () => {
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.commit({ 'packs/demo/.DS_Store': 'junk', 'packs/demo/values.yaml~': 'junk' });
    repository.commit({ 'packs/demo/.DS_Store': null });
    expect(await changesOf(repository)).toEqual([]);
  });

  test('is shown with ten commits, and ten files of each, at most', async () => {
    const files = Object.fromEntries(Array.from({ length: 12 }, (_, index) => [`packs/demo/f${index}.txt`, 'x']));
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.commit(files);
    for (let index = 0; index < 11; index += 1) repository.commit({ 'packs/demo/f0.txt': String(index) });
    const [finding] = await changesOf(repository);
    const { changes = [], more } = (finding as Finding<'history/changed-release'> | undefined)?.args ?? {};
    expect([changes.length, more, changes[0]?.files.length, changes[0]?.more]).toEqual([10, 2, 10, 2]);
  });

  test('is compared once', async () => {
    const cache = await scratch();
    const repository = await gitRepository(packFiles('packs/demo'));
    repository.commit({ 'packs/demo/values.yaml': 'pack: {}\n' });
    const first = await changesOf(repository, cache);
    expect(first).toHaveLength(1);
    expect(await changesOf(repository, cache)).toEqual(first);
    repository.commit({ 'packs/demo/values.yaml': '' });
    expect(await changesOf(repository, cache)).toEqual(await changesOf(repository));
  });
});
