import { expect, test } from 'vitest';

import { push } from '../../../src/contribute/push/push.ts';
import { loosePack, pushRegistry } from '../../helpers/push-registry.ts';
import { scratch } from '../../helpers/scratch.ts';

const MANY = 30;

test(
  'thirty contributors at once lose no branch, and none has what is another one’s',
  { timeout: 180_000 },
  async () => {
    const remote = await pushRegistry();
    const [main, cache] = [remote.git('rev-parse', 'main'), await scratch()];
    const names = Array.from({ length: MANY }, (_, index) => `pack-${index}`);
    const directories = await Promise.all(names.map((name) => loosePack({ name, files: { 'own.txt': name } })));
    // Half of them share a cache, as jobs on one machine do.
    const results = await Promise.all(
      directories.map((directory, index) =>
        push({ directories: [directory], registry: remote.url, cache: index % 2 === 0 ? cache : false }),
      ),
    );
    expect(results.map(({ outcome }) => outcome)).toEqual(names.map(() => 'pushed'));
    const listed = remote
      .git('for-each-ref', '--format=%(refname:short) %(objectname)', 'refs/heads/packyard')
      .split('\n');
    expect(listed.toSorted()).toEqual(results.map(({ branch, commit }) => `${branch} ${commit}`).toSorted());
    for (const name of names) {
      const branch = `packyard/${name}-1.0.0`;
      expect(remote.git('rev-parse', `${branch}^`)).toBe(main);
      expect(
        remote
          .git('diff', '--name-only', main, branch)
          .split('\n')
          .every((path) => path.startsWith(`packs/${name}-1.0.0/`)),
      ).toBe(true);
    }
    remote.git('fsck', '--strict');
  },
);

test('of those who push the same at once, one does, and the others find it there', async () => {
  const remote = await pushRegistry();
  const directories = [await loosePack({ version: '1.1.0' })];
  const results = await Promise.all(
    Array.from({ length: 5 }, () => push({ directories, registry: remote.url, cache: false })),
  );
  // In the same second they all make the same commit.
  expect(results.every(({ outcome }) => outcome === 'pushed' || outcome === 'unchanged')).toBe(true);
  expect(new Set(results.map(({ commit }) => commit))).toEqual(
    new Set([remote.git('rev-parse', 'packyard/demo-1.1.0')]),
  );
});
