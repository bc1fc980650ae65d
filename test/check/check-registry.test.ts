import { expect, test } from 'vitest';

import { duplicateReleases, type PlacedRelease } from '../../src/check/check-registry.ts';
import { placeAt } from '../../src/pack/place.ts';

const place = placeAt('"1.0.0"', 0, 7);

function release(directory: string, name: string, version: string): PlacedRelease {
  return { name, version, directory, place: () => place };
}

/** Each finding as `file: release, other directory`. */
function found(...releases: readonly PlacedRelease[]): string[] {
  return duplicateReleases(releases).map((finding) => {
    const { name, version, other } = finding.args as { name: string; version: string; other: string };
    return `${finding.file}: ${name} ${version}, ${other}`;
  });
}

test('releases that differ in name or version are no duplicates', () => {
  const releases = [release('a', 'demo', '1.0.0'), release('b', 'demo', '1.0.1'), release('c', 'demo-1', '1.0.0')];
  expect(duplicateReleases(releases)).toEqual([]);
  expect(duplicateReleases([])).toEqual([]);
});

test('a finding stands in each directory, at its version, and names another', () => {
  const twins = [release('packs/a', 'demo', '1.0.0'), release('packs/b', 'demo', '1.0.0')];
  expect(duplicateReleases(twins)).toEqual([
    {
      rule: 'registry/duplicate-release',
      severity: 'error',
      file: 'packs/a/pack.json',
      place,
      args: { name: 'demo', version: '1.0.0', other: 'packs/b' },
    },
    {
      rule: 'registry/duplicate-release',
      severity: 'error',
      file: 'packs/b/pack.json',
      place,
      args: { name: 'demo', version: '1.0.0', other: 'packs/a' },
    },
  ]);
});

test.each([
  ['case of the version', 'demo', '1.0.0-RC.1', 'demo', '1.0.0-rc.1'],
  ['case of the name', 'Demo', '1', 'demo', '1'],
  ['composition of a letter', 'de\u0301mo', '1', 'd\u00E9mo', '1'],
])('releases that differ only in the %s are duplicates', (_what, name, version, otherName, otherVersion) => {
  expect(found(release('a', name, version), release('b', otherName, otherVersion))).toEqual([
    `a/pack.json: ${name} ${version}, b`,
    `b/pack.json: ${otherName} ${otherVersion}, a`,
  ]);
});

test('of three, each names another', () => {
  const three = ['a', 'b', 'c'].map((directory) => release(directory, 'demo', '1'));
  expect(found(...three, release('d', 'demo', '2'))).toEqual([
    'a/pack.json: demo 1, b',
    'b/pack.json: demo 1, a',
    'c/pack.json: demo 1, a',
  ]);
});
