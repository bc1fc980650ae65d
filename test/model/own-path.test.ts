import { expect, test } from 'vitest';

import { isBuiltPath, isOwnPath } from '../../src/model/own-path.ts';

test.each(['index.json', 'search.json', 'packs', 'packs/a/.hidden', 'search/x', 'logos/x', 'schemas/x'])(
  'a path of the layout: %s',
  (path) => {
    expect(isOwnPath(path)).toBe(true);
  },
);

test("what publishing adds is no build's to remove", () => {
  expect([isOwnPath('history/1-a.json'), isBuiltPath('history/1-a.json')]).toEqual([true, false]);
  expect([isOwnPath('packs/a'), isBuiltPath('packs/a'), isBuiltPath('CNAME')]).toEqual([true, true, false]);
});

test.each(['', '.git', '.git/HEAD', '.packyard', 'CNAME', '.nojekyll', 'docs/packs/a', 'packs.old/a', 'Packs'])(
  'a path of others: %j',
  (path) => {
    expect(isOwnPath(path)).toBe(false);
  },
);
