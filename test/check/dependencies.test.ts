import { expect, test } from 'vitest';

import { listedDependencies } from '../../src/check/dependencies.ts';

test('dependencies that name a pack are listed with their places', () => {
  const dependencies = [
    { packName: 'a', type: 'required' },
    null,
    { packName: 1 },
    { packName: '' },
    { packName: 'b' },
  ];
  expect([...listedDependencies({ constraints: { dependencies } })]).toEqual([
    { packName: 'a', value: dependencies[0], path: ['constraints', 'dependencies', 0] },
    { packName: 'b', value: dependencies[4], path: ['constraints', 'dependencies', 4] },
  ]);
});

test.each([null, [], { constraints: [] }, { constraints: { dependencies: 'x' } }])('%j has none', (manifest) => {
  expect([...listedDependencies(manifest)]).toEqual([]);
});
