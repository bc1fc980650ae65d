import { expect, test } from 'vitest';

import { wrongLayer } from '../../../../src/check/rules/constraint/wrong-layer.ts';
import { lintRegistryOf } from '../../../helpers/lint-registry-of.ts';

function on(packName: string, layer: unknown): unknown {
  return { name: 'sr-iov', version: '1.0.0', constraints: { dependencies: [{ packName, layer, type: 'required' }] } };
}

const MULTUS = { name: 'cni-multus', version: '3.4.0', layer: 'addon' };

test('another layer than that of the pack is found at the layer', () => {
  expect([...wrongLayer(lintRegistryOf({ 'packs/sr-iov': on('cni-multus', 'cni'), 'packs/multus': MULTUS }))]).toEqual([
    {
      rule: 'constraint/wrong-layer',
      severity: 'error',
      file: 'packs/sr-iov/pack.json',
      place: { line: 8, column: 18, endColumn: 23, source: '        "layer": "cni",' },
      args: { packName: 'cni-multus', layer: 'cni', actual: 'addon' },
    },
  ]);
});

test('the highest version says which layer was meant', () => {
  const older = { ...MULTUS, version: '3.3.0', layer: 'csi' };
  const [finding] = wrongLayer(lintRegistryOf({ a: on('cni-multus', 'cni'), b: older, c: MULTUS }));
  expect(finding?.args).toEqual({ packName: 'cni-multus', layer: 'cni', actual: 'addon' });
});

test('the layer of any version will do', () => {
  const older = { ...MULTUS, version: '3.3.0', layer: 'cni' };
  expect([...wrongLayer(lintRegistryOf({ a: on('cni-multus', 'cni'), b: older, c: MULTUS }))]).toEqual([]);
});

test.each<[unknown, unknown]>([
  ['addon', MULTUS],
  [undefined, MULTUS],
  [1, MULTUS],
  ['cni', { ...MULTUS, name: 'multus' }],
  ['cni', { ...MULTUS, layer: undefined }],
  ['cni', { ...MULTUS, layer: ['addon'] }],
  ['cni', []],
])('a dependency with layer %j on %j is in order, or cannot be judged', (layer, pack) => {
  expect([...wrongLayer(lintRegistryOf({ a: on('cni-multus', layer), b: pack }))]).toEqual([]);
});
