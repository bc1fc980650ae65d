import { expect, test } from 'vitest';

import { packGlobs } from '../../../src/contribute/init/pack-globs.ts';

test.each([
  [[], ['packs/*']],
  [['packs/a-1.0', 'packs/b-2.0'], ['packs/*']],
  [['packs/a/1.0', 'packs/a/2.0', 'packs/b/v1'], ['packs/*/*']],
  [['a-1', 'b'], ['*']],
  [['a/1.0'], ['*/*']],
  [
    ['packs/a', 'packs/b/1.0', 'more/deep/c'],
    ['more/deep/*', 'packs/*', 'packs/*/*'],
  ],
  [['pa[c]ks (old)/a'], ['pa?c?ks ?old?/*']],
  [Array.from({ length: 30 }, (_, index) => `teams/t${index}/a`), ['teams/**']],
  [Array.from({ length: 30 }, (_, index) => `t${index}/a`), ['**']],
])('%j', (folders, expected) => {
  expect(packGlobs(folders)).toEqual(expected);
});
