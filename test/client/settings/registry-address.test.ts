import { posix, win32 } from 'node:path';

import { expect, test } from 'vitest';

import { isNetworkPath, isOpenToOthers, registryAddress } from '../../../src/client/settings/registry-address.ts';

test.each([
  ['https://a.example/x', 'https://a.example/x/'],
  ['https://a.example/x/index.json', 'https://a.example/x/'],
  ['../public', '/work/public'],
  ['public/index.json', '/work/here/public'],
  ['/srv/x', '/srv/x'],
  ['file:///srv/x', '/srv/x'],
])('%s is read from a folder', (text, url) => {
  expect(registryAddress(text, '/work/here', posix).url).toBe(url);
});

test.each([
  ['https://a.example/x', 'https://a.example/x/'],
  [String.raw`..\public`, String.raw`C:\work\public`],
  ['./public/index.json', String.raw`C:\work\here\public`],
  [String.raw`D:\packs`, String.raw`D:\packs`],
  ['D:/packs/', String.raw`D:\packs`],
  [String.raw`\packs`, String.raw`C:\packs`],
  [String.raw`\\server\share\packs`, String.raw`\\server\share\packs`],
  ['file:///D:/packs', String.raw`D:\packs`],
])('on Windows, %s is read from a folder', (text, url) => {
  expect(registryAddress(text, String.raw`C:\work\here`, win32).url).toBe(url);
});

test.each([
  ['http://a.example/', true],
  ['https://a.example/', false],
  ['http://localhost:80/', false],
  ['http://x.localhost/', false],
  ['http://127.1.2.3/', false],
  ['http://[::1]/', false],
  ['http://127.0.0.1.evil.example/', true],
  ['http://localhost.evil.example/', true],
  ['http://2130706433/', false],
])('%s can be read by others: %s', (url, open) => {
  expect(isOpenToOthers(new URL(url))).toBe(open);
});

test.each([
  [String.raw`\\host\share`, true],
  ['//host/share', true],
  ['file://host/share', true],
  ['file:\t//host/share', true],
  ['FILE:/\n\\host/share', true],
  ['file:///srv/x', false],
  ['/srv/x', false],
  ['./x', false],
])('%s is of another machine: %s', (text, expected) => {
  expect(isNetworkPath(text)).toBe(expected);
});
