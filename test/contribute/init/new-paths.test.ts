import { expect, test } from 'vitest';

import { newPaths } from '../../../src/contribute/init/new-paths.ts';
import { gitRepository } from '../../helpers/git-repository.ts';

test('folders that are not there stand for what is in them', async () => {
  const { path } = await gitRepository({ 'packs/a/pack.json': '{}' });
  const files = [
    'registry.yaml',
    'packs/a/values.yaml',
    'packs/b/pack.json',
    'packs/b/x/y',
    '.github/a/b',
    '.github/c',
  ];
  expect(newPaths(path, files)).toEqual(['registry.yaml', 'packs/a/values.yaml', 'packs/b', '.github']);
});
