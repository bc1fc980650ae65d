import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { matchDirectories } from '../../src/repo/match-directories.ts';
import { treesOf, type Trees } from '../../src/repo/tree.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';

const LIMIT = 1000;

async function someTree(): Promise<{ trees: Trees; root: string }> {
  const repository = await gitRepository({
    'packs/a/pack.json': '{}',
    'packs/a/charts/x/pack.json': '{}',
    'packs/group/b/pack.json': '{}',
    'packs/.hidden/pack.json': '{}',
    'packs/file': '',
    '.github/x/pack.json': '{}',
    'a/b/c/pack.json': '{}',
    'a/a/a': '',
  });
  repository.git('update-index', '--add', '--cacheinfo', `160000,${repository.git('rev-parse', 'HEAD')},packs/module`);
  repository.git('commit', '--quiet', '-m', 'submodule');
  return { trees: treesOf(openObjects(repository.path)), root: repository.git('rev-parse', 'HEAD^{tree}') };
}

test('globs of names and stars match what any other way to write them matches', async () => {
  const { trees, root } = await someTree();
  const name = fc.constantFrom('*', 'packs', 'a', 'b', 'group', 'file', 'module', 'nowhere', 'charts');
  const glob = fc.array(name, { minLength: 1, maxLength: 4 }).map((names) => names.join('/'));
  await fc.assert(
    fc.asyncProperty(fc.array(glob, { minLength: 1, maxLength: 3 }), async (globs) => {
      const quick = await matchDirectories(trees, root, globs, LIMIT);
      // Only the library knows what is not wanted.
      const general = await matchDirectories(trees, root, [...globs, '!nowhere/else'], LIMIT);
      expect(quick.toSorted()).toEqual(general.toSorted());
    }),
    { numRuns: 300 },
  );
});

test('stars alone can lead into too many directories too', async () => {
  const { trees, root } = await someTree();
  await expect(matchDirectories(trees, root, ['*/*/*'], 4)).rejects.toMatchObject({
    code: 'too-many-directories',
    message: 'The globs of "packs" in registry.yaml lead into more than 4 directories.',
  });
});
