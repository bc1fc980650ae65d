import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { composedPaths } from '../../../src/client/unpack/composed-paths.ts';

const [COMPOSED, TAKEN_APART] = ['manifests/caf\u00e9.yaml', 'manifests/cafe\u0301.yaml'];

test.each([
  [COMPOSED, TAKEN_APART],
  [TAKEN_APART, COMPOSED],
  [COMPOSED, COMPOSED],
])('on macOS, %j is found as %j', (inArchive, onDisk) => {
  expect(composedPaths([inArchive], 'darwin')(onDisk)).toBe(inArchive);
});

test('what the archive does not have stays as it is', () => {
  expect(composedPaths([COMPOSED], 'darwin')('cafe\u0301')).toBe('cafe\u0301');
});

test.each(['linux', 'win32'] as const)('on %s these are two names', (platform) => {
  expect(composedPaths([COMPOSED], platform)(TAKEN_APART)).toBe(TAKEN_APART);
});

test('every path comes back, however the disk composes it', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.constantFrom('NFC', 'NFD'), (path, form) => {
      expect(composedPaths([path], 'darwin')(path.normalize(form))).toBe(path);
    }),
  );
});
