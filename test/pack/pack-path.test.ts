import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import { pathInPack } from '../../src/pack/pack-path.ts';

test.each([
  ['charts/demo.tgz', 'charts/demo.tgz'],
  ['./charts/demo.tgz', 'charts/demo.tgz'],
  ['charts//demo.tgz', 'charts/demo.tgz'],
  ['charts/../demo.tgz', 'demo.tgz'],
  ['ansible-roles/role/', 'ansible-roles/role'],
  ['..charts/a', '..charts/a'],
  ['.', '.'],
])('%s is %s', (path, wanted) => {
  expect(pathInPack(path)).toBe(wanted);
});

test.each([
  '',
  '..',
  '../other/pack.json',
  'charts/../../other',
  '/etc/passwd',
  'C:/Windows',
  'c:x',
  'charts\\demo.tgz',
  '..\\x',
  'a\0b',
])('%j is no path in the pack', (path) => {
  expect(pathInPack(path)).toBeUndefined();
});

test('whatever is accepted stays inside', () => {
  const path = fc.array(fc.constantFrom('a', '.', '..', '', '...', 'C:')).map((parts) => parts.join('/'));
  fc.assert(
    fc.property(path, (given) => {
      const found = pathInPack(given);
      if (found === undefined) return;
      expect(found.startsWith('/')).toBe(false);
      expect(found.split('/')).not.toContain('..');
    }),
    { numRuns: 2000 },
  );
});
