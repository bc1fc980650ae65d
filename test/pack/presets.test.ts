import { expect, test } from 'vitest';

import { presetAdditions, presetsOf } from '../../src/pack/presets.ts';

test('presets come in their order, as far as they are in order', () => {
  const value = { presets: [{ name: 'a', remove: ['x.y', 1], add: 'k: 1' }, null, { name: ' ', add: {} }] };
  const presets = presetsOf(value);
  expect(presets.map(({ index, name, remove }) => ({ index, name, remove }))).toEqual([
    { index: 0, name: 'a', remove: ['x.y', ''] },
    { index: 1, name: undefined, remove: [] },
    { index: 2, name: undefined, remove: [] },
  ]);
  expect(presetAdditions(presets)).toEqual([{ k: 1 }]);
});

test.each([null, [], 'presets', { presets: {} }, { presets: null }])('no presets in %j', (value) => {
  expect(presetsOf(value)).toEqual([]);
});

test('what is added is parsed once, and left out when it is no YAML', () => {
  const value = { presets: [{ add: 'a: 1' }, { add: 'a: 1' }, { add: 'a: [' }] };
  const [first, second] = presetsOf(value);
  expect(first?.addition()).toBe(second?.addition());
  expect(presetsOf(value)[0]?.addition()).toBe(first?.addition());
  expect(presetAdditions(presetsOf(value))).toHaveLength(2);
});
