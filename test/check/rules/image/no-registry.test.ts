import { expect, test } from 'vitest';

import { noRegistry } from '../../../../src/check/rules/image/no-registry.ts';
import { findingsOfList, ODD_LISTS } from './items.ts';

test('an image without a registry is found at its item', async () => {
  expect(await findingsOfList(noRegistry, ['nginx:1.2'])).toEqual([
    {
      rule: 'image/no-registry',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 4, column: 17, endColumn: 26, source: '      - image: "nginx:1.2"' },
      args: { image: 'nginx:1.2', full: 'docker.io/library/nginx:1.2' },
    },
  ]);
});

test.each([
  ['team/app', 'docker.io/team/app'],
  [`team/app:1@sha256:${'0'.repeat(64)}`, `docker.io/team/app:1@sha256:${'0'.repeat(64)}`],
])('%s is %s in full', async (image, full) => {
  expect(await findingsOfList(noRegistry, [image])).toMatchObject([{ args: { image, full } }]);
});

test.each(['docker.io/nginx', 'localhost/a', 'host:5000/a', 'Team/app', 'team/App', '{{ .x }}'])(
  'nothing is said of %j',
  async (image) => {
    expect(await findingsOfList(noRegistry, [image])).toEqual([]);
  },
);

test.each(ODD_LISTS.map((list) => [list]))('odd lists do no harm: %j', async (list) => {
  expect(await findingsOfList(noRegistry, list)).toEqual([]);
});
