import { expect, test } from 'vitest';

import { duplicate } from '../../../../src/check/rules/image/duplicate.ts';
import { findingsOfList, ODD_LISTS } from './items.ts';

test('an image that is listed again is found at the later item', async () => {
  expect(await findingsOfList(duplicate, ['quay.io/a:1', 'quay.io/b:1', 'quay.io/a:1'])).toEqual([
    {
      rule: 'image/duplicate',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 6, column: 17, endColumn: 28, source: '      - image: "quay.io/a:1"' },
      args: { image: 'quay.io/a:1', firstLine: 4 },
    },
  ]);
});

test('an image that is written otherwise is the same', async () => {
  const findings = await findingsOfList(duplicate, ['nginx:1', 'docker.io/library/nginx:1', 'docker.io/nginx:1']);
  expect(findings.map(({ args }) => args)).toEqual([
    { image: 'docker.io/library/nginx:1', firstLine: 4 },
    { image: 'docker.io/nginx:1', firstLine: 4 },
  ]);
});

test.each([[['a:1', 'a:2']], [['a', 'a:latest']], [['quay.io/a:1', 'ghcr.io/a:1']], [['A b', 'A b']]])(
  '%j are two',
  async (images) => {
    expect(await findingsOfList(duplicate, images)).toEqual([]);
  },
);

test.each(ODD_LISTS.map((list) => [list]))('odd lists do no harm: %j', async (list) => {
  expect(await findingsOfList(duplicate, list)).toEqual([]);
});
