import { expect, test } from 'vitest';

import { mediaTypeOf } from '../../src/model/media-type.ts';

test.each([
  ['index.json', 'application/json'],
  ['packs/a/1.0/a-1.0.tar.gz', 'application/gzip'],
  ['packs/a/1.0/values.yaml', 'application/yaml'],
  ['packs/a/1.0/README.md', 'text/markdown; charset=utf-8'],
  ['logos/x-48.png', 'image/png'],
  ['logos/x-48.webp', 'image/webp'],
  ['packs/a.json/LICENSE', 'application/octet-stream'],
])('%s is %s', (path, mediaType) => {
  expect(mediaTypeOf(path)).toBe(mediaType);
});
