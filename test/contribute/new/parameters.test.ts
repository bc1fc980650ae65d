import { expect, test } from 'vitest';

import { parametersOf } from '../../../src/contribute/new/parameters.ts';
import { readmeText } from '../../../src/contribute/new/readme-text.ts';

test('values with the comments above them', () => {
  const text = `pack:
  namespace: a
  content: {images: []}
  # Range of pods. Not to be changed.
  podCIDR: "10.0.0.0/8"
charts:
  a:
    # -- How many there are
    # @default -- 1
    replicas: 1
    # old: 2
    list: [1, 2]
    empty: {}
    ########
    # ${'x'.repeat(200)}
    long: "${'y'.repeat(80)}"
manifests: {}
`;
  expect(parametersOf(text, 10)).toEqual({
    parameters: [
      { key: 'pack.podCIDR', comment: 'Range of pods.', value: '"10.0.0.0/8"' },
      { key: 'charts.a.replicas', comment: 'How many there are', value: '1' },
      { key: 'charts.a.list', comment: '', value: '[1,2]' },
      { key: 'charts.a.empty', comment: '', value: '{}' },
      { key: 'charts.a.long', comment: '', value: '' },
    ],
    more: 0,
  });
  expect(parametersOf(text, 2)).toMatchObject({ parameters: [{}, {}], more: 3 });
  expect(parametersOf('a: [', 2)).toEqual({ parameters: [], more: 0 });
});

test('a README has no markup but its own', () => {
  const text = readmeText({
    name: 'a',
    displayName: 'A <script> [x](javascript:1)\n# no\u001b[31m',
    version: '1.0.0',
    layer: 'addon',
    description: 'Does | `this` **and** that',
    home: 'javascript:alert(1)',
    charts: ['charts/a`b.tgz'],
    kubeManifests: ['manifests/a.yaml'],
    kinds: new Map([['manifests/a.yaml', ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I']]]),
    ansibleRoles: ['ansible-roles/r'],
    images: ['a', 'b'],
    values: 'charts:\n  a:\n    # A <b> | pipe\n    "x|`y": "a|b`c"\n',
  });
  expect(text).toMatchSnapshot();
});
