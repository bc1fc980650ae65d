import { expect, test } from 'vitest';

import { latest } from '../../../../src/check/rules/image/latest.ts';
import { findingsOfList, ODD_LISTS } from './items.ts';

test('the tag latest is found at its item', async () => {
  expect(await findingsOfList(latest, ['quay.io/a:latest'])).toEqual([
    {
      rule: 'image/latest',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 4, column: 17, endColumn: 33, source: '      - image: "quay.io/a:latest"' },
      args: { image: 'quay.io/a:latest' },
    },
  ]);
});

test.each(['a:1', 'a', 'latest', 'latest/a:1', 'a:1-latest', `a:latest@sha256:${'0'.repeat(64)}`, 'a b:latest'])(
  'nothing is said of %j',
  async (image) => {
    expect(await findingsOfList(latest, [image])).toEqual([]);
  },
);

test.each(ODD_LISTS.map((list) => [list]))('odd lists do no harm: %j', async (list) => {
  expect(await findingsOfList(latest, list)).toEqual([]);
});
