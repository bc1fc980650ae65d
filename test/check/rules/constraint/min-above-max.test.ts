import { expect, test } from 'vitest';

import { minAboveMax } from '../../../../src/check/rules/constraint/min-above-max.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(minVersion: unknown, maxVersion: unknown): Promise<unknown[]> {
  const dependency = { packName: 'kubernetes', layer: 'k8s', type: 'required', minVersion, maxVersion };
  return [...minAboveMax(await lintPackOf({ manifest: { constraints: { dependencies: [dependency] } } }))];
}

test('a range that holds nothing is found at its lowest version', async () => {
  expect(await found('1.30', '1.28.4')).toEqual([
    {
      rule: 'constraint/min-above-max',
      severity: 'error',
      file: 'pack.json',
      place: { line: 15, column: 23, endColumn: 29, source: '        "minVersion": "1.30",' },
      args: { packName: 'kubernetes', minVersion: '1.30', maxVersion: '1.28.4' },
    },
  ]);
});

test.each([
  ['2', '1.9.9'],
  ['1.10', '1.9'],
  ['v1.2.0', '1.1.0'],
  ['1.0.0', '1.0.0-rc.1'],
  ['1.0.0-rc.2', '1.0.0-rc.1'],
  [' 2.0 ', '1.0'],
])('%s is above %s', async (minimum, maximum) => {
  expect(await found(minimum, maximum)).toHaveLength(1);
});

test.each([
  ['1.27', ''],
  ['', '1.27'],
  ['1.27', undefined],
  ['1.27', '1.28'],
  ['1.27', '1.27'],
  ['1.5.0', '1.5'],
  ['1.5', '1.5.0'],
  ['1.28.4', '1.28'],
  ['1.28', 'v1.28.0'],
  ['1.0.0+b', '1.0.0+a'],
  ['1.0.0-rc.1', '1.0.0'],
  ['1.2', 'latest'],
  ['z', 'a'],
  [2, 1],
  [null, []],
  ['9'.repeat(100_000), '1'],
])('%j is not known to be above %j', async (minimum, maximum) => {
  expect(await found(minimum, maximum)).toEqual([]);
});

test.each([[], { dependencies: {} }, { dependencies: [null, 1, 'x', [], {}, { packName: 1 }] }, 'x'])(
  'what is no list of dependencies is left to the schema: %j',
  async (constraints) => {
    expect([...minAboveMax(await lintPackOf({ manifest: { constraints } }))]).toEqual([]);
  },
);

test('without a readable pack.json there is nothing to say', async () => {
  expect([...minAboveMax(await lintPackOf({ files: { 'pack.json': '{' } }))]).toEqual([]);
});
