import { describe, expect, test } from 'vitest';

import { cacheControlOf, headersOf, isCompressible } from '../../src/model/entry-headers.ts';
import { mediaTypeOf } from '../../src/model/media-type.ts';

describe('headersOf', () => {
  test('says everything that a client and a browser have to know of an archive', () => {
    expect(headersOf({ mediaType: 'application/gzip', cache: 'immutable' })).toEqual({
      'Content-Type': 'application/gzip',
      'Cache-Control': 'public, max-age=31536000, immutable',
      'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'; sandbox",
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Expose-Headers':
        'Accept-Ranges, Cache-Control, Content-Encoding, Content-Length, Content-Range, ETag, Retry-After',
      'Cross-Origin-Resource-Policy': 'cross-origin',
      'X-Content-Type-Options': 'nosniff',
    });
  });

  test.each(['immutable', 'revalidate'] as const)('never says that a file is encoded: %s', (cache) => {
    for (const mediaType of ['application/gzip', 'application/json', 'image/png']) {
      expect(Object.keys(headersOf({ mediaType, cache }))).not.toContain('Content-Encoding');
    }
  });
});

test('what can change is kept and asked about', () => {
  expect(cacheControlOf({ cache: 'revalidate' })).toBe('public, max-age=0, must-revalidate');
});

test.each([
  ['index.json', 1000, true],
  ['packs/nginx/1.0.0/values.yaml', 1000, true],
  ['packs/nginx/1.0.0/README.md', 1000, true],
  ['packs/nginx/1.0.0/README.md', 255, false],
  ['packs/nginx/1.0.0/nginx-1.0.0.tar.gz', 1000, false],
  ['logos/a-48.png', 1000, false],
  ['logos/a-48.webp', 1000, false],
])('may %s with %d bytes be compressed on the way? %s', (path, size, expected) => {
  expect(isCompressible({ mediaType: mediaTypeOf(path), size })).toBe(expected);
});
