import { describe, expect, test } from 'vitest';

import { formatBaseline } from '../../../src/check/baseline.ts';
import { changesOf, diffOf, rulesIn, SOUND, soundPack, twoCommits } from '../../helpers/diff-of.ts';
import type { FileMap } from '../../helpers/git-repository.ts';

describe('findings', () => {
  test('of a directory without a name are told', async () => {
    const found = await diffOf(await twoCommits(soundPack('a'), { 'packs/b/pack.json': '{"version": 1}' }), {
      base: 'HEAD~1',
    });
    expect(found.ok).toBe(false);
    expect(found.releases).toEqual([]);
    expect(rulesIn(found)).toContain('packs/b/pack.json error pack/schema');
    expect(found.findings[0]?.directory).toBe('packs/b');
  });

  test('of packs together are told where they are new', async () => {
    const first = { ...soundPack('alpha'), ...soundPack('other', '1.0.0', {}, { displayName: 'ALPHA' }) };
    const repository = await twoCommits(first, soundPack('third', '1.0.0', {}, { displayName: 'ALPHA' }));
    const found = await diffOf(repository, { base: 'HEAD~1' });
    expect(rulesIn(found)).toEqual(['packs/third-1.0.0/pack.json hint registry/display-name-shared']);
    expect(changesOf(found)).toEqual(['added third@1.0.0']);
  });

  test('have the levels of the configuration, and those of the baseline are known', async () => {
    const readme = { 'README.md': null };
    const repository = await twoCommits(soundPack('a'), soundPack('b', '1.0.0', readme));
    expect(rulesIn(await diffOf(repository, { base: 'HEAD~1' }))).toEqual([
      'packs/b-1.0.0/README.md hint readme/missing',
    ]);
    repository.write({ 'registry.yaml': 'check: { rules: { readme/missing: error } }\n' });
    const strict = await diffOf(repository, { base: 'HEAD~1' });
    expect(changesOf(strict)).toEqual(['added b@1.0.0 errors']);
    repository.write({ 'packyard-baseline.json': formatBaseline(strict.releases.flatMap(({ findings }) => findings)) });
    const known = await diffOf(repository, { base: 'HEAD~1' });
    expect(changesOf(known)).toEqual(['added b@1.0.0']);
    expect(known.releases[0]?.known).toBe(1);
  });

  test('of the repository are told', async () => {
    const repository = await twoCommits(soundPack('a'), {
      'registry.yaml': 'nmae: x\n',
      'status/a.yaml': 'releases: 1\n',
      'packs/a-1.0.0/charts/x/pack.json': '{}',
    });
    const found = rulesIn(await diffOf(repository, { base: 'HEAD~1' }));
    expect(found).toContain('registry.yaml warning config/unknown-key');
    expect(found.filter((line) => line.startsWith('status/a.yaml error'))).toHaveLength(1);
    expect(rulesIn(await diffOf(repository, { base: 'HEAD' }))).toEqual([]);
  });

  test('of a configuration that was broken then are those of today', async () => {
    const repository = await twoCommits(
      { ...soundPack('a'), 'registry.yaml': 'packs: 1\n' },
      { 'registry.yaml': null },
    );
    expect(changesOf(await diffOf(repository, { base: 'HEAD~1' }))).toEqual([]);
  });
});

describe('a status', () => {
  const said = (state: string, versions: string = '1.x'): FileMap => ({
    'status/a.yaml': `releases:\n  - versions: ${versions}\n    state: ${state}\n    reason: Old.\n    at: 2024-05-01\n`,
  });

  test('that changes is told, for each version that is meant', async () => {
    const both = { ...soundPack('a'), ...soundPack('a', '1.1.0'), ...soundPack('a', '2.0.0'), ...soundPack('b') };
    const repository = await twoCommits({ ...both, ...said('deprecated', '1.0.0') }, said('yanked'));
    const found = await diffOf(repository, { base: 'HEAD~1' });
    const old = { reason: 'Old.', at: '2024-05-01' };
    expect(found).toMatchObject({ ok: true, releases: [], growth: { total: 0 } });
    expect(found.statuses).toEqual([
      { name: 'a', version: '1.1.0', after: { ...old, state: 'yanked' } },
      { name: 'a', version: '1.0.0', before: { ...old, state: 'deprecated' }, after: { ...old, state: 'yanked' } },
    ]);
    repository.commit({ 'status/a.yaml': null });
    const lifted = await diffOf(repository, { base: 'HEAD~1' });
    expect(lifted.statuses.map(({ version, after }) => [version, after])).toEqual([
      ['1.1.0', undefined],
      ['1.0.0', undefined],
    ]);
  });

  test('that is only written otherwise does not', async () => {
    const [file = ''] = Object.values(said('yanked'));
    const repository = await twoCommits(
      { ...soundPack('a'), ...said('yanked') },
      { 'status/a.yaml': `# why\n${String(file)}` },
    );
    expect((await diffOf(repository, { base: 'HEAD~1' })).statuses).toEqual([]);
  });

  test('of a file that cannot be read stays', async () => {
    const repository = await twoCommits(
      { ...soundPack('a'), ...said('yanked') },
      { 'status/a.yaml': 'releases: 1\n', ...soundPack('a', '1.1.0') },
    );
    const found = await diffOf(repository, { base: 'HEAD~1' });
    expect(found.ok).toBe(false);
    expect(found.statuses).toMatchObject([{ version: '1.1.0', after: { state: 'yanked' } }]);
  });

  test('is what a new pack says itself', async () => {
    const annotations = { ...SOUND.annotations, system_state: 'deprecated' };
    const repository = await twoCommits(soundPack('a'), soundPack('a', '1.1.0', {}, { annotations }));
    const found = await diffOf(repository, { base: 'HEAD~1' });
    expect(found.statuses).toMatchObject([{ name: 'a', version: '1.1.0', after: { state: 'deprecated' } }]);
  });
});
