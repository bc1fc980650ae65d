import { expect, test } from 'vitest';

import { malformed } from '../../../../src/check/rules/image/malformed.ts';
import { findingsOfList, ODD_LISTS } from './items.ts';

test('what is no image is found at its item', async () => {
  expect(await findingsOfList(malformed, ['quay.io/a:1', 'a:1+2'])).toEqual([
    {
      rule: 'image/malformed',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 5, column: 17, endColumn: 22, source: '      - image: "a:1+2"' },
      args: { image: 'a:1+2', problem: 'tag' },
    },
  ]);
});

test.each([
  ['', 'empty'],
  ['a:{{ .x }}', 'template'],
  ['a b', 'space'],
  ['https://quay.io/a', 'scheme'],
  ['team/App', 'upper-case'],
])('%j: %s', async (image, problem) => {
  expect(await findingsOfList(malformed, [image])).toMatchObject([{ args: { image, problem } }]);
});

test('a long text is cut', async () => {
  const [finding] = await findingsOfList(malformed, ['A'.repeat(100_000)]);
  expect(JSON.stringify(finding?.args).length).toBeLessThan(300);
});

test.each(ODD_LISTS.map((list) => [list]))('odd lists do no harm: %j', async (list) => {
  expect(await findingsOfList(malformed, list)).toEqual([]);
});
