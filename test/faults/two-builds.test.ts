import { cpSync, existsSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { runCli, type CliResult } from '../helpers/cli.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { treeOf } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';
import { problemsOf } from '../helpers/whole-registry.ts';

const ROUNDS = 20;

function packs(from: number, to: number, version: string): FileMap {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  return Object.assign(
    {},
    ...numbers.map((number) => packFiles(`packs/p${number}`, { name: `pack-${number}`, version })),
  );
}

/** What a build says that lost to another one. */
const LOST = /^error Another build (?:is writing to|changed) /u;

test(
  'two commits built into one output at once: each build wins or says that it lost, and nothing is mixed',
  {
    timeout: 300_000,
  },
  async () => {
    const repository = await gitRepository(packs(0, 6, '1.0.0'));
    repository.commit({ ...packs(0, 3, '2.0.0'), 'packs/p5': null, 'packs/p4': null, ...packs(6, 9, '1.0.0') });
    repository.commit({ ...packs(2, 4, '3.0.0'), 'packs/p0': null });
    const build = (revision: string, out: string, cache: string): Promise<CliResult> => {
      const args = ['build', '--quiet', '--repo', repository.path, '--out', out, '--rev', revision];
      return runCli(args, { env: { PACKYARD_CACHE_DIR: cache } });
    };
    const [folder, shared] = [await scratch(), await scratch()];
    const trees: Record<string, string>[] = [];
    for (const revision of ['HEAD~2', 'HEAD~1', 'HEAD']) {
      await build(revision, join(folder, revision), shared);
      trees.push(treeOf(join(folder, revision)));
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      const when = `round ${round}`;
      const out = join(await scratch(), 'public');
      // Every other round over a registry that is there, and two of four with one cache for both.
      if (round % 2 === 1) cpSync(join(folder, 'HEAD~2'), out, { recursive: true });
      const caches = round % 4 < 2 ? [shared, shared] : [await scratch(), await scratch()];
      const results = await Promise.all(
        ['HEAD~1', 'HEAD'].map((revision, index) => build(revision, out, caches[index] ?? shared)),
      );
      for (const { status, stdout, stderr } of results) {
        expect({ when, status, stdout, lost: LOST.test(stderr) ? '' : stderr }).toEqual({
          when,
          status: stderr === '' ? 0 : 2,
          stdout: '',
          lost: '',
        });
      }
      expect(results.filter(({ status }) => status === 0).length, when).toBeGreaterThan(0);
      expect(problemsOf(out), when).toEqual([]);
      expect(trees.slice(1), when).toContainEqual(treeOf(out));
      expect(existsSync(join(out, '.packyard')), when).toBe(false);
    }
  },
);
