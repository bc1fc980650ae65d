import { expect, test } from 'vitest';

import { filesFor, HOST_FILES, isHostFile, isHostName } from '../../src/model/host-file.ts';
import { isOwnPath } from '../../src/model/own-path.ts';

test('two hosts that read the same file share it, and S3 reads none', () => {
  expect(filesFor(['netlify', 's3', 'cloudflare', 'github-pages'])).toEqual(['_headers', '.nojekyll']);
});

test('no path is both a file for a host and one of the registry', () => {
  expect(HOST_FILES).toEqual(['_headers', 'hosts/nginx.conf', 'hosts/Caddyfile', '.nojekyll']);
  expect(HOST_FILES.filter((path) => isOwnPath(path))).toEqual([]);
});

test.each([
  ['_headers', true],
  ['hosts/Caddyfile', true],
  ['hosts', false],
  ['hosts/other', false],
  ['packs/_headers', false],
])('is %s such a file? %s', (path, expected) => {
  expect(isHostFile(path)).toBe(expected);
});

test.each([
  ['hosts', true],
  ['.nojekyll', true],
  ['.git', false],
  ['nginx.conf', false],
])('is %s a name in the top folder? %s', (name, expected) => {
  expect(isHostName(name)).toBe(expected);
});
