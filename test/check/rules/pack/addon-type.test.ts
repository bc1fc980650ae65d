import { expect, test } from 'vitest';

import { addonType } from '../../../../src/check/rules/pack/addon-type.ts';
import { lintPackOf } from '../../../helpers/lint-pack-of.ts';

async function found(manifest: Readonly<Record<string, unknown>>): Promise<unknown[]> {
  const findings = [...addonType(await lintPackOf({ manifest }))];
  return findings.map(({ rule, args, place }) => [rule, args, place?.source.trim()]);
}

test('an addon without a type is found at its layer', async () => {
  expect([...addonType(await lintPackOf({}))]).toEqual([
    {
      rule: 'pack/no-addon-type',
      severity: 'error',
      file: 'pack.json',
      place: { line: 5, column: 12, endColumn: 19, source: '  "layer": "addon",' },
      args: { blank: false },
    },
  ]);
});

test('a blank type is none, at the type', async () => {
  expect(await found({ addonType: ' ' })).toEqual([['pack/no-addon-type', { blank: true }, '"addonType": " "']]);
});

test.each<[string, string | undefined]>([
  ['app-services', 'app services'],
  ['App Services', 'app services'],
  ['service mesh', 'servicemesh'],
  ['LoadBalancer', 'load balancer'],
  ['AI', 'ai'],
  ['monitorng', 'monitoring'],
  ['networking', 'network'],
  ['gaming', undefined],
  ['__proto__', undefined],
  ['xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx', undefined],
])('%s is none of those in use, but perhaps %s was meant', async (type, suggestion) => {
  expect(await found({ addonType: type })).toMatchObject([
    ['pack/addon-type', { addonType: type, ...(suggestion !== undefined && { suggestion }) }, expect.any(String)],
  ]);
});

test.each([
  { addonType: 'system app' },
  { addonType: 'load balancer' },
  { layer: 'csi' },
  { layer: 'csi', addonType: 'gaming' },
  { layer: undefined },
  { addonType: 1 },
  { addonType: null },
  { addonType: ['logging'] },
  { addonType: 'x'.repeat(100_000) },
])('what is in order, or left to the schema, has no findings', async (manifest) => {
  expect(await found(manifest)).toEqual([]);
});

test('without a readable pack.json there is nothing to say', async () => {
  expect([...addonType(await lintPackOf({ files: { 'pack.json': '{' } }))]).toEqual([]);
});
