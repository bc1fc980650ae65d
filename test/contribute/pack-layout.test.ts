import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { directoryIn, layoutFor, layoutOf, type LayoutStyle } from '../../src/contribute/pack-layout.ts';
import type { KnownPack } from '../../src/contribute/registry-repository.ts';
import { withDefaults } from '../../src/model/registry-config.ts';

function pack(directory: string, name: string, version: string): KnownPack {
  return { directory, name, version };
}

function layout(name: string, packs: readonly KnownPack[], globs?: readonly string[]): string {
  const config = withDefaults(globs === undefined ? {} : { packs: globs });
  return directoryIn(layoutFor(name, { packs, config }), name, '2.0.0');
}

test.each([
  ['packs/nginx-1.0.0', 'nginx', '1.0.0', 'name-version', 'packs'],
  ['nginx-1.0.0', 'nginx', '1.0.0', 'name-version', ''],
  ['packs/nginx/1.0.0', 'nginx', '1.0.0', 'name/version', 'packs'],
  ['team/packs/nginx', 'nginx', '1.0.0', 'name', 'team/packs'],
  ['nginx', 'nginx', '1.0.0', 'name', ''],
  ['packs/weka-operator-v1.8.7', 'weka-operator', '1.8.7', 'name-version', 'packs'],
  ['packs/weka-operator-1.8.7', 'weka-operator', 'v1.8.7', 'name-version', 'packs'],
  ['packs/nginx/v1.0.0', 'nginx', '1.0.0', 'name/version', 'packs'],
])('%s of %s %s is laid out as %s below %j', (directory, name, version, style, base) => {
  expect(layoutOf(pack(directory, name, version))).toEqual({ style, base });
});

test.each([
  ['packs/nginx-2', 'nginx', '1.0.0'],
  ['packs/trident-operator-23.07.1-addon', 'trident-operator-addon', '23.07.1'],
  ['packs/other', 'nginx', '1.0.0'],
  ['packs/my-nginx-1.0.0', 'nginx', '1.0.0'],
])('%s of %s %s is called something else', (directory, name, version) => {
  expect(layoutOf(pack(directory, name, version))).toBeUndefined();
});

test('a pack goes where its own releases are, however the others lie', () => {
  const packs = [
    pack('packs/a-1.0.0', 'a', '1.0.0'),
    pack('packs/b-1.0.0', 'b', '1.0.0'),
    pack('special/nginx/1.0.0', 'nginx', '1.0.0'),
  ];
  expect(layout('nginx', packs)).toBe('special/nginx/2.0.0');
  expect(layout('c', packs)).toBe('packs/c-2.0.0');
});

test('a new pack goes where most are', () => {
  const packs = [
    pack('old/a', 'a', '1.0.0'),
    pack('packs/b/1.0.0', 'b', '1.0.0'),
    pack('packs/c/1.0.0', 'c', '1.0.0'),
    pack('strange', 'd', '1.0.0'),
  ];
  expect(layout('new', packs)).toBe('packs/new/2.0.0');
});

test('of layouts that are equally common, the first counts', () => {
  const packs = [pack('a-packs/a-1.0.0', 'a', '1.0.0'), pack('b-packs/b/1.0.0', 'b', '1.0.0')];
  expect(layout('new', packs)).toBe('a-packs/new-2.0.0');
});

test.each([
  [undefined, 'packs/new-2.0.0'],
  [['packs/*'], 'packs/new-2.0.0'],
  [['./packs/*/'], 'packs/new-2.0.0'],
  [['*'], 'new-2.0.0'],
  [['*/*'], 'new/2.0.0'],
  [['registry/packs/*/*'], 'registry/packs/new/2.0.0'],
  [['deep/*/*', 'flat/*'], 'flat/new-2.0.0'],
  [['!packs/*', 'other/*'], 'other/new-2.0.0'],
  [['**'], 'packs/new-2.0.0'],
  [['packs/{a,b}/*'], 'packs/new-2.0.0'],
])('where there are no packs, globs %j lead to %s', (globs, directory) => {
  expect(layout('new', [], globs)).toBe(directory);
});

const NAMES = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(?:[-.][a-z0-9]{1,8}){0,2}$/u);
const VERSIONS = fc.stringMatching(/^v?\d{1,2}\.\d{1,2}(?:\.\d{1,3})?(?:-rc\.\d)?$/u);
const STYLES = fc.constantFrom<LayoutStyle>('name-version', 'name/version', 'name');
const BASES = fc.constantFrom('', 'packs', 'some/deep folder');

test('what a layout makes is read as that layout again', () => {
  fc.assert(
    fc.property(NAMES, VERSIONS, STYLES, BASES, (name, version, style, base) => {
      const directory = directoryIn({ style, base }, name, version);
      expect(layoutOf({ name, version, directory })).toEqual({ style, base });
    }),
  );
});

test('the next release of a pack lies beside the one before, or in its place', () => {
  fc.assert(
    fc.property(NAMES, VERSIONS, VERSIONS, STYLES, BASES, (name, before, next, style, base) => {
      const own = pack(directoryIn({ style, base }, name, before), name, before);
      const directory = directoryIn(layoutFor(name, { packs: [own], config: withDefaults({}) }), name, next);
      expect(directory).toBe(directoryIn({ style, base }, name, next));
      expect(directory === own.directory).toBe(style === 'name' || before === next);
    }),
  );
});
