import { ARCHIVE, INDEX, testCases, where } from '../../../helpers/doctor-cases.ts';

testCases([
  [
    'a pointer that is kept for ever',
    where(INDEX, ({ headers }) => (headers['cache-control'] = 'max-age=31536000, immutable')),
    [
      'failure caching index.json: Cache-Control max-age=31536000, immutable: a new release is not seen for 365 days → Send `Cache-Control: no-cache` for index.json, search.json and packs/*/index.json.',
    ],
  ],
  [
    'a pointer that is kept for a while',
    where(INDEX, ({ headers }) => (headers['cache-control'] = 'max-age=600')),
    [
      'warning caching index.json: Cache-Control max-age=600: a new release is seen up to 10 minutes late → Send `Cache-Control: no-cache` for index.json, search.json and packs/*/index.json.',
    ],
  ],
  [
    'a pointer that is kept by caches in between',
    where(INDEX, ({ headers }) => (headers['cache-control'] = 'max-age=0, s-maxage=86400')),
    [
      'failure caching index.json: Cache-Control max-age=0, s-maxage=86400: a new release is not seen for 24 hours → Send `Cache-Control: no-cache` for index.json, search.json and packs/*/index.json.',
    ],
  ],
  [
    'a pointer that nothing is said of',
    where(INDEX, ({ headers }) => (headers['cache-control'] = undefined)),
    [
      'warning caching index.json: Cache-Control none: caches keep it for as long as they like → Send `Cache-Control: no-cache` for index.json, search.json and packs/*/index.json.',
    ],
  ],
  [
    'a pointer that is not kept at all',
    where(INDEX, ({ headers }) => (headers['cache-control'] = 'no-store')),
    [
      'warning caching index.json: Cache-Control no-store: it is sent in full each time → Send `Cache-Control: no-cache` for index.json, search.json and packs/*/index.json.',
    ],
  ],
  [
    'an archive that is asked for again',
    where(ARCHIVE, ({ headers }) => (headers['cache-control'] = 'max-age=600')),
    [
      'warning caching packs/web/1.2.0/web-1.2.0.tar.gz: Cache-Control max-age=600: it never changes, and is asked for again all the same → Send `Cache-Control: public, max-age=31536000, immutable` for hashed files and archives: they never change.',
    ],
  ],
]);
