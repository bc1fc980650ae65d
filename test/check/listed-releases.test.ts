import { expect, test } from 'vitest';

import { listedReleases, manifestFile } from '../../src/check/listed-releases.ts';
import { lintRegistryOf } from '../helpers/lint-registry-of.ts';

test('releases stand by name, highest version first', () => {
  const registry = lintRegistryOf({
    a: { name: 'demo', version: '1.9.0' },
    b: { name: 'other', version: '1' },
    c: { name: 'demo', version: 'v1.10.0', displayName: 'Demo', layer: 'csi' },
  });
  const releases = listedReleases(registry);
  expect([...releases.keys()]).toEqual(['demo', 'other']);
  expect(releases.get('demo')).toMatchObject([
    { version: 'v1.10.0', displayName: 'Demo', layer: 'csi', directory: 'c', file: 'c/pack.json' },
    { version: '1.9.0', displayName: undefined, layer: undefined, directory: 'a', file: 'a/pack.json' },
  ]);
});

test.each([
  [null],
  [[]],
  [{}],
  [{ name: 'x' }],
  [{ name: '', version: '1' }],
  [{ name: 'x'.repeat(101), version: '1' }],
])('a pack without a usable name and version is left out: %j', (manifest) => {
  expect(listedReleases(lintRegistryOf({ a: manifest })).size).toBe(0);
});

test('the pack.json of the root has no directory before it', () => {
  expect([manifestFile(''), manifestFile('packs/a')]).toEqual(['pack.json', 'packs/a/pack.json']);
});
