import { describe, expect, test } from 'vitest';

import { build } from '../../../src/build/build.ts';
import { diffOf, soundPack, twoCommits } from '../../helpers/diff-of.ts';
import { scratch } from '../../helpers/scratch.ts';

describe('the size of the registry', () => {
  const LIMITED = { 'registry.yaml': 'name: yard\nlimits: { site: 1 }\n' };

  test('is known where the cache has all of it, and agrees with what is built', async () => {
    const repository = await twoCommits(soundPack('a'), soundPack('b'));
    const cache = await scratch();
    const options = { base: 'HEAD~1', head: 'HEAD', cache };
    expect((await diffOf(repository, options)).growth.site).toBeUndefined();
    const parts = { repository: repository.path, cache };
    const before = await build({ ...parts, revision: 'HEAD~1', out: await scratch() });
    const after = await build({ ...parts, revision: 'HEAD', out: await scratch() });
    const { growth } = await diffOf(repository, options);
    expect((growth.site?.after ?? 0) - (growth.site?.before ?? 0)).toBe(growth.total);
    const really = after.report.bytes - before.report.bytes;
    // What index.json, search.json and the list of sources say of a pack is not counted.
    expect(really - growth.total).toBeGreaterThanOrEqual(0);
    expect(really - growth.total).toBeLessThan(3000);
  });

  test('that would be over the limit is refused', async () => {
    const repository = await twoCommits({ ...soundPack('a'), ...LIMITED }, soundPack('b'));
    const cache = await scratch();
    // As a fresh machine finds it out, with nothing in its cache.
    const cold = await diffOf(repository, { base: 'HEAD~1', cache: await scratch() });
    expect(cold).toMatchObject({ ok: false, growth: { limit: 1 } });
    await build({ repository: repository.path, cache, out: await scratch() });
    const known = await diffOf(repository, { base: 'HEAD~1', cache });
    expect(known.ok).toBe(false);
    expect(cold.growth.site).toEqual(known.growth.site);
    expect(known.growth.site?.after).toBeGreaterThan(known.growth.site?.before ?? Number.NaN);
  });

  test('that is over the limit already holds back nothing that does not grow', async () => {
    const repository = await twoCommits({ ...soundPack('a'), ...LIMITED }, { 'README.md': 'x' });
    expect((await diffOf(repository, { base: 'HEAD~1' })).ok).toBe(true);
  });

  test('counts a logo that is there already not at all', async () => {
    const found = await diffOf(await twoCommits(soundPack('a'), soundPack('a', '1.1.0')), { base: 'HEAD~1' });
    expect(found.growth).toMatchObject({ logos: 0 });
    expect(found.growth.archives).toBe(found.releases[0]?.size?.after);
  });
});
