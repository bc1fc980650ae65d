import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { closest, covers } from '../../../src/client/settings/covers.ts';

describe('what was given for one address', () => {
  test.each([
    ['https://a.example/x/', 'https://a.example/x/', true],
    ['https://a.example/x/', 'https://a.example/x/y/', true],
    ['https://a.example/', 'https://a.example/x/', true],
    ['https://a.example/x/', 'https://a.example/xy/', false],
    ['https://a.example/x/', 'https://a.example/', false],
    ['https://a.example/x/', 'http://a.example/x/', false],
    ['https://a.example/x/', 'https://a.example:8443/x/', false],
    ['https://a.example/', 'https://a.example.evil.example/', false],
    ['https://a.example/x/', 'https://a.example/x/..%2fy/', false],
    ['https://a.example/x/', 'https://a.example/x/%2E%2e%5Cy/', false],
    ['https://a.example/x/', 'https://a.example/x/a%20b/', true],
    ['https://a.example', 'https://a.example/x/', false],
    ['/srv/registry', '/srv/registry/x', false],
  ])('%s may be sent to %s: %s', (own, asked, expected) => {
    expect(covers(own, asked)).toBe(expected);
  });

  const path = fc.array(fc.constantFrom('a', 'b', '..', '.', '%2e%2e', 'c%20d'), { maxLength: 5 });

  test('never reaches another origin or folder, however the path is written', () => {
    fc.assert(
      fc.property(path, path, (left, right) => {
        const own = new URL(`https://host.example/own/${left.join('/')}/`).href;
        const asked = new URL(`${right.join('/')}/`, own).href;
        if (covers(own, asked)) expect(new URL(asked).pathname.startsWith(new URL(own).pathname)).toBe(true);
      }),
    );
  });
});

test('the closest one is taken', () => {
  const keys = ['https://a/', 'https://a/x/y/', 'https://a/x/', 'https://b/x/y/z/'];
  expect(closest(keys, 'https://a/x/y/z/')).toBe('https://a/x/y/');
  expect(closest(keys, 'https://a/q/')).toBe('https://a/');
  expect(closest(keys, 'https://c/')).toBeUndefined();
});
