import { expect, test } from 'vitest';

import { listedAt, listedCharts } from '../../src/check/listed-charts.ts';
import { lintPackOf } from '../helpers/lint-pack-of.ts';

test('charts are listed by their normal paths, with the place in the list', async () => {
  const pack = await lintPackOf({ manifest: { charts: ['./a.tgz', '../b.tgz', 5, 'a.tgz', 'x/../c.tgz'] } });
  expect(listedCharts(pack)).toEqual([
    { index: 0, path: 'a.tgz' },
    { index: 1, path: undefined },
    { index: 2, path: undefined },
    { index: 3, path: 'a.tgz' },
    { index: 4, path: 'c.tgz' },
  ]);
  expect([...listedAt(pack)]).toEqual([
    ['c.tgz', 4],
    ['a.tgz', 0],
  ]);
});

test.each([{ charts: 'a.tgz' }, { charts: {} }, {}])('%j lists none', async (manifest) => {
  expect(listedCharts(await lintPackOf({ manifest }))).toEqual([]);
});
