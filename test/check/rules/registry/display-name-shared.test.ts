import { expect, test } from 'vitest';

import { displayNameShared } from '../../../../src/check/rules/registry/display-name-shared.ts';
import { lintRegistryOf } from '../../../helpers/lint-registry-of.ts';

const STORAGE = { name: 'csi-trident', version: '2.0.0', displayName: 'Trident' };
const ADDON = { name: 'csi-trident-addon', version: '2.0.0', displayName: 'Trident' };

test('two packs with one name are found at their highest versions', () => {
  const packs = { a: { ...STORAGE, version: '1.0.0' }, b: STORAGE, c: ADDON };
  expect([...displayNameShared(lintRegistryOf(packs))]).toEqual([
    {
      rule: 'registry/display-name-shared',
      severity: 'error',
      file: 'b/pack.json',
      place: { line: 4, column: 18, endColumn: 27, source: '  "displayName": "Trident"' },
      args: { displayName: 'Trident', other: 'csi-trident-addon' },
    },
    {
      rule: 'registry/display-name-shared',
      severity: 'error',
      file: 'c/pack.json',
      place: { line: 4, column: 18, endColumn: 27, source: '  "displayName": "Trident"' },
      args: { displayName: 'Trident', other: 'csi-trident' },
    },
  ]);
});

test('case and blanks around do not tell two packs apart; a third names the first', () => {
  const third = { ...ADDON, name: 'trident', displayName: ' TRIDENT' };
  const findings = [...displayNameShared(lintRegistryOf({ a: STORAGE, b: ADDON, c: third }))];
  expect(findings.map(({ args }) => ('other' in args ? args.other : undefined))).toEqual([
    'csi-trident-addon',
    'csi-trident',
    'csi-trident',
  ]);
});

test.each([
  [{ ...STORAGE, version: '1.0.0' }],
  [{ ...ADDON, displayName: 'Trident (add-on)' }],
  [{ ...ADDON, displayName: null }],
  [{ ...ADDON, name: undefined }],
  ['x'],
])('%j shares no name, or cannot be judged', (other) => {
  expect([...displayNameShared(lintRegistryOf({ a: STORAGE, b: other }))]).toEqual([]);
});
