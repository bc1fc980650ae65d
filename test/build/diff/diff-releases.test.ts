import { describe, expect, test } from 'vitest';

import { changesOf, diffOf, rulesIn, SOUND, soundPack, twoCommits } from '../../helpers/diff-of.ts';
import type { FileMap } from '../../helpers/git-repository.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';

describe('a release', () => {
  test('that lies elsewhere is the same', async () => {
    const repository = await twoCommits(soundPack('a'), {
      'packs/a-1.0.0': null,
      ...packFiles('packs/group/a', { name: 'a', manifest: { ...SOUND, displayName: 'A' } }),
    });
    const found = await diffOf(repository, { base: 'HEAD~1' });
    expect(found).toMatchObject({ ok: true, releases: [], growth: { total: 0 } });
  });

  test('that holds other junk is the same', async () => {
    const repository = await twoCommits(soundPack('a'), { 'packs/a-1.0.0/pack.json.orig': 'x' });
    const found = await diffOf(repository, { base: 'HEAD~1' });
    expect(found).toMatchObject({ ok: true, releases: [] });
    expect(rulesIn(found)).toEqual(['packs/a-1.0.0/pack.json.orig warning file/junk']);
  });

  test('that changed is refused, unless it is to be superseded', async () => {
    const repository = await twoCommits(soundPack('a'), soundPack('a', '1.0.0', { 'new.txt': 'x' }));
    const refused = await diffOf(repository, { base: 'HEAD~1' });
    expect(refused.ok).toBe(false);
    expect(changesOf(refused)).toEqual(['changed a@1.0.0 changed']);
    expect(refused.growth.total).toBe(0);
    const superseded = await diffOf(repository, { base: 'HEAD~1', supersede: ['a@1.0.0'] });
    expect(superseded.ok).toBe(true);
    expect(changesOf(superseded)).toEqual(['changed a@1.0.0']);
    expect(superseded.growth).toMatchObject({ copies: 0, logos: 0, documents: 0 });
    expect(superseded.growth.archives).toBe(
      (superseded.releases[0]?.size?.after ?? 0) - (superseded.releases[0]?.size?.before ?? 0),
    );
  });

  test('that had errors may be mended', async () => {
    const repository = await twoCommits(soundPack('a', '1.0.0', {}, { layer: 'adon' }), soundPack('a'));
    const found = await diffOf(repository, { base: 'HEAD~1' });
    expect(found.ok).toBe(true);
    expect(changesOf(found)).toEqual(['added a@1.0.0']);
    expect(found.releases[0]?.size).toEqual({ after: expect.any(Number) as number });
  });

  test('that still has errors is refused, and they are not news', async () => {
    const repository = await twoCommits(
      soundPack('a', '1.0.0', {}, { layer: 'adon' }),
      soundPack('a', '1.0.0', { 'x.txt': 'x' }, { layer: 'adon' }),
    );
    const found = await diffOf(repository, { base: 'HEAD~1' });
    expect(found.ok).toBe(false);
    expect(changesOf(found)).toEqual(['added a@1.0.0 known-errors']);
    expect(rulesIn(found)).toEqual([]);
    expect(found.releases[0]?.known).toBe(1);
  });

  test('that is there twice is refused', async () => {
    const copy = packFiles('packs/other', { name: 'a', manifest: { ...SOUND, displayName: 'A' } });
    const found = await diffOf(await twoCommits(soundPack('a'), copy), { base: 'HEAD~1' });
    expect(found.ok).toBe(false);
    expect(changesOf(found)).toEqual(['changed a@1.0.0 errors duplicate']);
    expect(rulesIn(found)).toContain('packs/other/pack.json error registry/duplicate-release');
  });

  test('that takes the place of another one', async () => {
    const in1 = (version: string): FileMap =>
      packFiles('packs/a', { name: 'a', version, manifest: { ...SOUND, displayName: 'A' } });
    const repository = await twoCommits(in1('1.0.0'), in1('1.1.0'));
    const found = await diffOf(repository, { base: 'HEAD~1' });
    expect(changesOf(found)).toEqual(['added a@1.1.0 after 1.0.0', 'removed a@1.0.0']);
    expect(found.releases[1]?.kept).toBe(true);
    expect(found.growth.total).toBeGreaterThan(0);
    repository.commit({ 'registry.yaml': 'name: yard\nonRemove: drop\n' });
    const dropped = await diffOf(repository, { base: 'HEAD~2' });
    expect(dropped.releases[1]?.kept).toBe(false);
    expect(dropped.growth).toMatchObject({ copies: 0, logos: 0 });
  });

  test('with more files than a pack may have is refused', async () => {
    const deep = `${'d/'.repeat(70)}x`;
    const found = await diffOf(await twoCommits(soundPack('a'), soundPack('b', '1.0.0', { [deep]: 'x' })), {
      base: 'HEAD~1',
    });
    expect(changesOf(found)).toEqual(['added b@1.0.0 errors']);
    expect(found.releases[0]?.files).toBeUndefined();
  });

  test('whose values are no YAML has none to compare', async () => {
    const found = await diffOf(await twoCommits(soundPack('a'), soundPack('a', '1.1.0', { 'values.yaml': 'a: [' })), {
      base: 'HEAD~1',
    });
    expect(changesOf(found)).toEqual(['added a@1.1.0 after 1.0.0 errors']);
    expect(found.releases[0]?.values).toBeUndefined();
    expect(found.releases[0]?.images).toBeUndefined();
  });
});
