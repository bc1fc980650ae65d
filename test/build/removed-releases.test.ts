import { expect, test } from 'vitest';

import { removedReleases } from '../../src/build/removed-releases.ts';

test('only archives are releases', () => {
  const remove = [
    'logos/x.png',
    'packs/a/1.0.0+1/a-1.0.0+1.tar.gz',
    'packs/a/1.0.0+1/pack.json',
    'packs/a/2.0.0/other.tar.gz',
    'packs/a/index.json',
    'packs/b/1.0.0/b-1.0.0.tar.gz',
    'search.json',
  ];
  expect(removedReleases({ remove })).toEqual(['a@1.0.0+1', 'b@1.0.0']);
});
