import { expect, test } from 'vitest';

import { globDepths } from '../../src/repo/glob-depths.ts';

test.each<[readonly string[], readonly number[]]>([
  [['packs/*'], [2]],
  [
    ['packs/*', 'packs/*/*'],
    [2, 3],
  ],
  [['./packs/*', 'packs//*/'], [2]],
  [['*'], [1]],
  [['packs/*', '!packs/*/*/*'], [2]],
  [['!(old)/*'], [2]],
  [['packs/{a,b}/*'], [3]],
  [['{packs/a,more}/*'], [2, 3]],
  [['{a,{b/c,d/e/f}}/*'], [2, 3, 4]],
  [['packs/@(a|b)/*'], [3]],
  [['a/\\{b/*'], [3]],
  [['a/{b,c/d'], [2, 3]],
  [['packs/**'], [2, 3, 4, 5, 6]],
  [['**'], [1, 2, 3, 4, 5, 6]],
  [['packs/**/x'], [2, 3, 4, 5, 6]],
  [['a/b/c/d/e/f/g/*/**/x'], [9, 10]],
])('%j name directories at %j', (globs, depths) => {
  expect(globDepths(globs, 3)).toEqual(depths);
});

test('a glob of any depth reaches the deepest pack', () => {
  expect(globDepths(['packs/**'], 8)).toEqual([2, 3, 4, 5, 6, 7, 8]);
  expect(globDepths(['packs/*'], 8)).toEqual([2]);
});
