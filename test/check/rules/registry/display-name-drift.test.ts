import { expect, test } from 'vitest';

import { displayNameDrift } from '../../../../src/check/rules/registry/display-name-drift.ts';
import { lintRegistryOf } from '../../../helpers/lint-registry-of.ts';

const NEW = { name: 'kubeflow', version: '1.10.0', displayName: 'Kubeflow' };
const OLD = { name: 'kubeflow', version: '1.9.0', displayName: 'KubeFlow' };

test('another name than that of the highest version is found at the name', () => {
  expect([...displayNameDrift(lintRegistryOf({ 'packs/new': NEW, 'packs/old': OLD }))]).toEqual([
    {
      rule: 'registry/display-name-drift',
      severity: 'error',
      file: 'packs/old/pack.json',
      place: { line: 4, column: 18, endColumn: 28, source: '  "displayName": "KubeFlow"' },
      args: { displayName: 'KubeFlow', current: 'Kubeflow', version: '1.10.0' },
    },
  ]);
});

test('every release that differs is told, and at the root of the repository too', () => {
  const older = { ...OLD, version: '1.8.0', displayName: 'Kubeflow ' };
  const findings = [...displayNameDrift(lintRegistryOf({ '': OLD, a: older, b: NEW }))];
  expect(findings.map(({ file }) => file)).toEqual(['pack.json', 'a/pack.json']);
});

test.each([
  [{ ...OLD, displayName: 'Kubeflow' }],
  [{ ...OLD, name: 'kubeflow-full' }],
  [{ ...OLD, displayName: 1 }],
  [{ ...OLD, displayName: ' ' }],
  [{ ...OLD, version: null }],
  [{ ...OLD, version: '1'.repeat(101) }],
  [null],
])('%j does not differ, or cannot be judged', (other) => {
  expect([...displayNameDrift(lintRegistryOf({ a: NEW, b: other }))]).toEqual([]);
});

test('without a name in the highest version there is nothing to differ from', () => {
  expect([...displayNameDrift(lintRegistryOf({ a: { ...NEW, displayName: null }, b: OLD }))]).toEqual([]);
});
