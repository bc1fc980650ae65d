import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { pairedReleases } from '../../../src/build/diff/paired-releases.ts';
import type { IdentifiedPack } from '../../../src/build/diff/identified-packs.ts';

/** `name@version tree [directory]` */
function packs(...lines: readonly string[]): IdentifiedPack[] {
  return lines.map((line) => {
    const [release = '', tree = '', directory = `packs/${release}`] = line.split(' ');
    const [name = '', version = ''] = release.split('@');
    return { name, version, tree, directory };
  });
}

function pairsOf(before: readonly IdentifiedPack[], after: readonly IdentifiedPack[]): string[] {
  return pairedReleases(before, after).map(({ name, version, before: old, after: now, follows, duplicate }) => {
    const sides = `${old?.tree ?? '-'} ${now?.tree ?? '-'}`;
    return `${name}@${version} ${sides}${follows === undefined ? '' : ` follows ${follows.version}`}${duplicate ? ' twice' : ''}`;
  });
}

describe('releases are paired', () => {
  test.each([
    ['a new pack', [], ['a@1.0.0 x'], ['a@1.0.0 - x']],
    ['a pack that is gone', ['a@1.0.0 x'], [], ['a@1.0.0 x -']],
    ['a new version', ['a@1.0.0 x'], ['a@1.0.0 x', 'a@1.1.0 y'], ['a@1.1.0 - y follows 1.0.0']],
    ['a version in place of another', ['a@1.0.0 x p'], ['a@1.1.0 y p'], ['a@1.1.0 - y follows 1.0.0', 'a@1.0.0 x -']],
    [
      'one between two',
      ['a@1.0.0 x', 'a@3.0.0 z'],
      ['a@1.0.0 x', 'a@2.0.0 y', 'a@3.0.0 z'],
      ['a@2.0.0 - y follows 1.0.0'],
    ],
    [
      'one below all',
      ['a@2.0.0 x', 'a@3.0.0 z'],
      ['a@1.0.0 y', 'a@2.0.0 x', 'a@3.0.0 z'],
      ['a@1.0.0 - y follows 2.0.0'],
    ],
    [
      'several, highest first',
      ['a@1.9.0 x'],
      ['a@1.9.0 x', 'a@1.10.0 y', 'a@1.11.0 z'],
      ['a@1.11.0 - z follows 1.10.0', 'a@1.10.0 - y follows 1.9.0'],
    ],
    ['several of a new pack', [], ['a@1.0.0 x', 'a@2.0.0 y'], ['a@2.0.0 - y follows 1.0.0', 'a@1.0.0 - x']],
    ['one with other content', ['a@1.0.0 x'], ['a@1.0.0 y'], ['a@1.0.0 x y']],
    ['one with other content elsewhere', ['a@1.0.0 x p'], ['a@1.0.0 y q'], ['a@1.0.0 x y']],
    ['one that was moved', ['a@1.0.0 x p'], ['a@1.0.0 x q'], []],
    ['one that is there twice now', ['a@1.0.0 x p'], ['a@1.0.0 x p', 'a@1.0.0 y q'], ['a@1.0.0 x y twice']],
    ['one that was there twice', ['a@1.0.0 x p', 'a@1.0.0 y q'], ['a@1.0.0 x p', 'a@1.0.0 y q'], []],
    ['one that is there once again', ['a@1.0.0 x p', 'a@1.0.0 y q'], ['a@1.0.0 y q'], []],
    ['names of every object', [], ['__proto__@1 x', 'constructor@1 y'], ['__proto__@1 - x', 'constructor@1 - y']],
    ['by name', [], ['b@1.0.0 x', 'a@1.0.0 y'], ['a@1.0.0 - y', 'b@1.0.0 - x']],
  ])('%s', (_what, before, after, pairs) => {
    expect(pairsOf(packs(...before), packs(...after))).toEqual(pairs);
  });
});

const PACKS = fc.uniqueArray(
  fc.record({
    name: fc.constantFrom('a', 'b'),
    version: fc.constantFrom('1.0.0', '1.1.0', '2.0.0-rc.1', 'v2'),
    tree: fc.constantFrom('x', 'y', 'z'),
    directory: fc.constantFrom('p', 'q', 'r', 's', 't'),
  }),
  { selector: ({ directory }) => directory },
);

test('the order of directories plays no part in which releases differ', () => {
  fc.assert(
    fc.property(PACKS, PACKS, (before, after) => {
      const names = (lines: string[]): string[] => lines.map((line) => line.split(' ')[0] ?? '');
      expect(names(pairsOf(before.toReversed(), after.toReversed()))).toEqual(names(pairsOf(before, after)));
      expect(pairsOf(before, before)).toEqual([]);
    }),
  );
});

test('a hundred thousand versions of one pack', () => {
  const many = Array.from({ length: 100_000 }, (_, index) => `a@1.${index}.0 ${index}`);
  const before = packs(...many);
  expect(pairsOf(before, [...before, ...packs('a@1.5.1 new')])).toEqual(['a@1.5.1 - new follows 1.5.0']);
  expect(pairedReleases([], before)).toHaveLength(100_000);
});
