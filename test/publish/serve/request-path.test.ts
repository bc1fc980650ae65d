import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { isOwnPath } from '../../../src/model/own-path.ts';
import { requestPath } from '../../../src/publish/serve/request-path.ts';
import { ATTACKS } from '../../helpers/traversal-attacks.ts';

test.each([
  ['/', ''],
  ['/?a=b', ''],
  ['/index.json', 'index.json'],
  ['/index.json?x=../..', 'index.json'],
  ['/packs/nginx/1.0.0/nginx-1.0.0.tar.gz', 'packs/nginx/1.0.0/nginx-1.0.0.tar.gz'],
  ['/packs/nginx/1.0.0+up1/README.md', 'packs/nginx/1.0.0+up1/README.md'],
  ['/packs/nginx/1.0.0%2Bup1/README.md', 'packs/nginx/1.0.0+up1/README.md'],
])('%s names "%s"', (target, expected) => {
  expect(requestPath(target)).toBe(expected);
});

test.each(ATTACKS)('%s names nothing that could be opened', (target) => {
  const path = requestPath(target);
  expect(path === undefined || /^(?:packs|index\.json|schemas)[^\\\0]*$/u.test(path)).toBe(true);
  expect(path?.split('/') ?? []).not.toContain('..');
});

test('whatever is asked for, what comes of it lies in the registry', () => {
  const part = fc.constantFrom(
    '..',
    '.',
    '%2e',
    '%2f',
    '%5c',
    '%00',
    '%25',
    '\\',
    '/',
    'packs',
    'index.json',
    '.git',
    ':',
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(part, fc.string({ maxLength: 5 })), { maxLength: 12 }), (parts) => {
      const path = requestPath(`/${parts.join('')}`);
      if (path === undefined || path === '') return;
      expect(isOwnPath(path)).toBe(true);
      expect(path.split('/').some((name) => ['', '.', '..', '.git'].includes(name))).toBe(false);
      expect(path).not.toMatch(/[\\\0:]/u);
    }),
  );
});
