import { expect, test } from 'vitest';

import { isOwnPath } from '../../src/model/own-path.ts';

test.each(['index.json', 'search.json', 'packs', 'packs/a/.hidden', 'search/x', 'logos/x', 'schemas/x'])(
  'a path of the layout: %s',
  (path) => {
    expect(isOwnPath(path)).toBe(true);
  },
);

test.each(['', '.git', '.git/HEAD', '.packyard', 'CNAME', '.nojekyll', 'docs/packs/a', 'packs.old/a', 'Packs'])(
  'a path of others: %j',
  (path) => {
    expect(isOwnPath(path)).toBe(false);
  },
);
