import { expect, test } from 'vitest';

import { directoryName } from '../../../../src/check/rules/pack/directory-name.ts';
import { lintRegistryOf } from '../../../helpers/lint-registry-of.ts';

const ARGO = { name: 'argo-cd', version: '3.3.5' };

test('a directory with another name is found at the name of its pack', () => {
  expect([...directoryName(lintRegistryOf({ 'packs/argocd-3.3.5': ARGO }))]).toEqual([
    {
      rule: 'pack/directory-name',
      severity: 'error',
      file: 'packs/argocd-3.3.5/pack.json',
      place: { line: 2, column: 11, endColumn: 20, source: '  "name": "argo-cd",' },
      args: { directory: 'packs/argocd-3.3.5', expected: 'argo-cd-3.3.5' },
    },
  ]);
});

test.each([
  'packs/argo-cd-3.3.5',
  'packs/argo-cd-v3.3.5',
  'packs/argo-cd',
  'argo-cd',
  'packs/argo-cd/3.3.5',
  'argo-cd/v3.3.5',
  '',
])('%j may hold argo-cd 3.3.5', (directory) => {
  expect([...directoryName(lintRegistryOf({ [directory]: ARGO }))]).toEqual([]);
});

test.each(['packs/argo-cd-3.3.4', 'packs/3.3.5', 'argo/3.3.5', 'argo-cd/3.3.4', 'argo-cd-3.3.5/pack'])(
  '%s may not',
  (directory) => {
    expect([...directoryName(lintRegistryOf({ [directory]: ARGO }))]).toHaveLength(1);
  },
);

test('a version with a leading v may be written without', () => {
  const weka = { name: 'weka-operator', version: 'v1.8.7' };
  expect([...directoryName(lintRegistryOf({ 'weka-operator-1.8.7': weka, 'weka-operator-v1.8.7': weka }))]).toEqual([]);
});

test.each([[[]], [null], [1], [{}], [{ name: 'a' }], [{ name: 1, version: {} }], [{ name: ' ', version: '1' }]])(
  'a pack.json without name and version is left to the schema: %j',
  (manifest) => {
    expect([...directoryName(lintRegistryOf({ 'packs/x': manifest }))]).toEqual([]);
  },
);
