import { posix, win32 } from 'node:path';

import { describe, expect, test } from 'vitest';

import { shownRemote } from '../../../src/publish/git/git-remote.ts';
import { looksLikeAddress, reachableAddress } from '../../../src/publish/git/remote-address.ts';

const EVERYWHERE = [
  'https://example.org/packs.git',
  'ssh://git@example.org/packs.git',
  'file:///srv/packs.git',
  'file://server/share/packs.git',
  'git@example.org:packs.git',
  'host:packs',
  '[::1]:packs',
  'git@[::1]:packs',
  'ext::sh -c x',
];

describe('reachableAddress on Windows', () => {
  test.each([
    ...EVERYWHERE.map((address) => [address, address]),
    [String.raw`C:\packs`, String.raw`C:\packs`],
    ['C:/packs', 'C:/packs'],
    ['C:packs', String.raw`C:\work\packs`],
    [String.raw`\\server\share\packs.git`, String.raw`\\server\share\packs.git`],
    ['//server/share/packs.git', '//server/share/packs.git'],
    ['./packs', String.raw`C:\work\packs`],
    [String.raw`..\packs`, String.raw`C:\packs`],
    [String.raw`folder\a:b`, String.raw`C:\work\folder\a:b`],
    ['folder/a:b', String.raw`C:\work\folder\a:b`],
  ])('%s', (address, reachable) => {
    expect(reachableAddress(address, String.raw`C:\work`, win32)).toBe(reachable);
  });
});

describe('reachableAddress elsewhere', () => {
  test.each([
    ...EVERYWHERE.map((address) => [address, address]),
    ['h:packs', 'h:packs'],
    [String.raw`C:\packs`, String.raw`C:\packs`],
    [String.raw`a\b:c`, String.raw`a\b:c`],
    ['/srv/packs.git', '/srv/packs.git'],
    ['./packs', '/work/packs'],
    ['../packs', '/packs'],
    ['folder/a:b', '/work/folder/a:b'],
  ])('%s', (address, reachable) => {
    expect(reachableAddress(address, '/work', posix)).toBe(reachable);
  });
});

test.each([
  [String.raw`C:\packs`, true],
  [String.raw`.\packs`, true],
  [String.raw`\\server\share`, true],
  ['host:packs', true],
  ['packs', false],
  ['--upload-pack=/bin/x', false],
  ['a/b\nc', false],
])('%j can be an address: %s', (text, can) => {
  expect(looksLikeAddress(text)).toBe(can);
});

test('a path with an @ is shown as it is', () => {
  expect(shownRemote(String.raw`C:\packs@1\live.git`)).toBe(String.raw`C:\packs@1\live.git`);
  expect(shownRemote('C:/packs@1/live.git')).toBe('C:/packs@1/live.git');
});
