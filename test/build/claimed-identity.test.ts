import { expect, test } from 'vitest';

import { claimedIdentity } from '../../src/build/claimed-identity.ts';

function claimed(json: string | undefined): unknown {
  const file = { path: 'pack.json', executable: false, data: Buffer.from(json ?? '') };
  return claimedIdentity(json === undefined ? new Map() : new Map([['pack.json', file]]));
}

test('a pack is what its pack.json says', () => {
  expect(claimed('{"name":"demo","version":"1.0.0","layer":7}')).toEqual({ name: 'demo', version: '1.0.0' });
});

test.each([
  ['no pack.json', undefined],
  ['no JSON', '{'],
  ['a list', '["name"]'],
  ['null', 'null'],
  ['no name', '{"version":"1"}'],
  ['a number for a version', '{"name":"demo","version":1}'],
  ['a name that leads elsewhere', '{"name":"../demo","version":"1"}'],
  ['a version that leads elsewhere', '{"name":"demo","version":"1/../../x"}'],
  ['a name that no file can have', '{"name":"a\\u0000","version":"1"}'],
  ['more than a pack.json may hold', `{"name":"demo","version":"1"}${' '.repeat(1_048_576)}`],
])('%s claims nothing', (_name, json) => {
  expect(claimed(json)).toBeUndefined();
});
