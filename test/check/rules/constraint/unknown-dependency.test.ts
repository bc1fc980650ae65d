import { expect, test } from 'vitest';

import { unknownDependency } from '../../../../src/check/rules/constraint/unknown-dependency.ts';
import { lintRegistryOf } from '../../../helpers/lint-registry-of.ts';

function requiring(packName: unknown, type: unknown = 'required'): unknown {
  return { name: 'elastic-stack', constraints: { dependencies: [{ packName, type }] } };
}

const OPERATOR = { name: 'elastic-operator' };

test('a required pack that is nowhere is found at its name', () => {
  expect([...unknownDependency(lintRegistryOf({ 'packs/stack': requiring('kubernetes') }))]).toEqual([
    {
      rule: 'constraint/unknown-dependency',
      severity: 'error',
      file: 'packs/stack/pack.json',
      place: { line: 6, column: 21, endColumn: 33, source: '        "packName": "kubernetes",' },
      args: { packName: 'kubernetes' },
    },
  ]);
});

test('the nearest name is suggested', () => {
  const near = { name: 'elastic-operators' };
  const registry = lintRegistryOf({ a: requiring('elastic-operater'), b: near, c: OPERATOR, d: { name: 1 } });
  expect([...unknownDependency(registry)]).toMatchObject([
    { file: 'a/pack.json', args: { packName: 'elastic-operater', suggestion: 'elastic-operator' } },
  ]);
});

test('a pack of the repository is known, whatever else its pack.json holds', () => {
  expect([...unknownDependency(lintRegistryOf({ a: requiring('elastic-operator'), b: OPERATOR }))]).toEqual([]);
});

test.each([
  ['kubernetes', ['kubernetes']],
  ['kubernetes-eks', ['other', 'kubernetes*']],
  ['kubernetes-eks', ['kubernetes-???']],
  ['anything', ['*']],
])('%s is in another registry with %j', (packName, external) => {
  expect([...unknownDependency(lintRegistryOf({ a: requiring(packName) }, external))]).toEqual([]);
});

test.each([['kubernetes-eks', ['kubernetes', 'eks', 'kubernetes-?', '']]])(
  '%s is not with %j',
  (packName, external) => {
    expect([...unknownDependency(lintRegistryOf({ a: requiring(packName) }, external))]).toHaveLength(1);
  },
);

test.each(['optional', 'notSupported', 'upgrade', undefined, null, 1])('a pack that is %j may be missing', (type) => {
  const dependency = { packName: 'kubernetes', ...(type !== undefined && { type }) };
  const registry = lintRegistryOf({ a: { name: 'a', constraints: { dependencies: [dependency] } } });
  expect([...unknownDependency(registry)]).toEqual([]);
});

test.each([[1], [null], [''], ['x'.repeat(101)], [{}]])('what is no name is left to the schema: %j', (packName) => {
  expect([...unknownDependency(lintRegistryOf({ a: requiring(packName) }))]).toEqual([]);
});

test('suggestions end before they take long', () => {
  const dependencies = Array.from({ length: 100 }, (_, index) => ({
    packName: `elastic-operator${index % 20}`,
    type: 'required',
  }));
  const packs = lintRegistryOf({ a: { name: 'a', constraints: { dependencies } }, b: OPERATOR });
  const suggested = [...unknownDependency(packs)].filter(({ args }) => 'suggestion' in args);
  expect(suggested).toHaveLength(50);
});
