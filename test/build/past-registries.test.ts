import { expect, test } from 'vitest';

import { builderOf } from '../helpers/build-registry.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { treeOf } from '../helpers/registry-tree.ts';

const CHANGES: readonly FileMap[] = [
  packFiles('packs/b', { name: 'b' }),
  packFiles('packs/a', { name: 'a', version: '1.1.0' }),
  { 'status/b.yaml': 'releases:\n  - { versions: 1.0.0, state: deprecated, reason: old, at: 2026-01-01 }\n' },
  { 'packs/b': null, 'status/b.yaml': null },
  packFiles('packs/a', { name: 'a', version: '1.1.0', files: { 'README.md': '# other\n' } }),
];

test.each(['head', 'all'])(
  'with history: %s, every past registry comes out of its commit, byte for byte',
  async (mode) => {
    const repository = await gitRepository({
      ...packFiles('packs/a', { name: 'a' }),
      'registry.yaml': `history: ${mode}\n`,
    });
    const then = await builderOf(repository);
    const commits: [commit: string, tree: Record<string, string>][] = [];
    for (const change of [{}, ...CHANGES]) {
      const commit = repository.commit(change);
      expect(await then.build()).toMatchObject({ ok: true, written: true });
      commits.push([commit, treeOf(then.out)]);
    }
    // All at once are different, so that the test cannot pass on nothing.
    expect(new Set(commits.map(([, tree]) => JSON.stringify(tree))).size).toBe(commits.length);
    const later = await builderOf(repository);
    for (const [commit, tree] of commits.toReversed()) {
      await later.build({ revision: commit });
      expect(treeOf(later.out)).toEqual(tree);
    }
  },
);
