import { expect, test } from 'vitest';

import { noTag } from '../../../../src/check/rules/image/no-tag.ts';
import { findingsOfList, ODD_LISTS } from './items.ts';

test('an image without a tag is found at its item', async () => {
  expect(await findingsOfList(noTag, ['quay.io/a:1', 'docker.io/curlimages/curl'])).toEqual([
    {
      rule: 'image/no-tag',
      severity: 'error',
      file: 'values.yaml',
      place: { line: 5, column: 17, endColumn: 42, source: '      - image: "docker.io/curlimages/curl"' },
      args: { image: 'docker.io/curlimages/curl' },
    },
  ]);
});

test.each([
  ['curlimages/curl:8', 'curlimages/curl:8'],
  ['docker.io/curlimages/curl', undefined],
  ['quay.io/curlimages/curl:8', undefined],
])('where %s is used, %s is meant', async (used, suggestion) => {
  const files = { 'manifests/m.yaml': `image: ${used}\n` };
  const [finding] = await findingsOfList(noTag, ['docker.io/curlimages/curl'], files);
  expect(finding?.args).toEqual({
    image: 'docker.io/curlimages/curl',
    ...(suggestion !== undefined && { suggestion }),
  });
});

test.each(['quay.io/a:1', 'a:latest', `a@sha256:${'0'.repeat(64)}`, 'host:5000/a:1', 'not an image', ''])(
  'nothing is said of %j',
  async (image) => {
    expect(await findingsOfList(noTag, [image])).toEqual([]);
  },
);

test('the port of a registry is no tag', async () => {
  expect(await findingsOfList(noTag, ['host:5000/a'])).toHaveLength(1);
});

test.each(ODD_LISTS.map((list) => [list]))('odd lists do no harm: %j', async (list) => {
  expect(await findingsOfList(noTag, list)).toEqual([]);
});
