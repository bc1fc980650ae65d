import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { isOwnHost } from '../../../src/publish/serve/own-host.ts';

const NAMES = new Set(['build-box', 'build-box.local']);

test.for([
  '127.0.0.1:7225',
  '127.0.0.1',
  '192.168.1.5:80',
  '[::1]:7225',
  '[::1]',
  '[fe80::1]:1',
  'localhost',
  'LocalHost:7225',
  'localhost.:7225',
  'packs.localhost:7225',
  'build-box:7225',
  'Build-Box.local',
])('%s names this server', (header) => {
  expect(isOwnHost(header, NAMES)).toBe(true);
});

test.for([
  '',
  ':7225',
  'evil.example:7225',
  '127.0.0.1.evil.example',
  '127.0.0.1.nip.io:7225',
  'localhost.evil.example',
  'notlocalhost',
  'build-box.evil.example',
  '127.0.0.1@evil.example',
  'evil.example/127.0.0.1',
  'evil.example:7225:80',
  '[evil.example]',
  '[127.0.0.1]',
  '127.1',
  '0x7f000001',
  '127.0.0.1, evil.example',
  'localhost evil.example',
])('%s does not', (header) => {
  expect(isOwnHost(header, NAMES)).toBe(false);
});

test('who sends no header is no browser', () => {
  expect(isOwnHost(undefined, NAMES)).toBe(true);
});

test('no name of another site does', () => {
  fc.assert(
    fc.property(fc.domain(), (name) => {
      expect(isOwnHost(name, NAMES)).toBe(false);
    }),
  );
});
