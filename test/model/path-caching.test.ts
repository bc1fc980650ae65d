import { describe, expect, test } from 'vitest';

import { CACHED_PATTERNS, cachingOf } from '../../src/model/path-caching.ts';

const HASH = '0f'.repeat(32);

const PATHS = [
  ['index.json', 'revalidate'],
  ['search.json', 'revalidate'],
  ['schemas/pack.schema.json', 'revalidate'],
  ['packs/nginx/index.json', 'revalidate'],
  [`packs/nginx/${HASH}.json`, 'immutable'],
  ['packs/nginx/1.0.0/nginx-1.0.0.tar.gz', 'immutable'],
  ['packs/nginx/v1.0.0/pack.json', 'immutable'],
  ['packs/nginx/1.0.0/index.json', 'immutable'],
  [`logos/${HASH}-48.png`, 'immutable'],
  [`search/${HASH}.json`, 'immutable'],
  [`sources/${HASH}.json`, 'immutable'],
  [`history/12-${HASH}.json`, 'immutable'],
  // Packs may have the names of folders.
  ['packs/logos/index.json', 'revalidate'],
  ['packs/packs/index.json', 'revalidate'],
  ['packs/packs/1.0.0/README.md', 'immutable'],
  ['packs/0/index.json', 'revalidate'],
] as const;

test.each(PATHS)('the caching of %s is %s', (path, expected) => {
  expect(cachingOf(path)).toBe(expected);
});

test('releases with a V are immutable as well', () => {
  expect(cachingOf('packs/nginx/V1.0.0/pack.json')).toBe('immutable');
});

describe('the patterns for hosts that join what several say', () => {
  const matching = (path: string): readonly string[] =>
    CACHED_PATTERNS.filter(({ pattern }) => {
      const source = pattern.replace(/[.]/gu, '\\.').replace(/\*/gu, '.*').replace(/:\w+/gu, '[^/]+');
      return new RegExp(`^${source}$`, 'iu').test(`/${path}`);
    }).map(({ cache }) => cache);

  test.each(PATHS)('%s is matched by one, which says %s', (path, expected) => {
    expect(matching(path)).toEqual([expected]);
  });
});
