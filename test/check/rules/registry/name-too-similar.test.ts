import { expect, test } from 'vitest';

import { nameTooSimilar } from '../../../../src/check/rules/registry/name-too-similar.ts';
import { lintRegistryOf } from '../../../helpers/lint-registry-of.ts';

function registry(...names: readonly unknown[]): ReturnType<typeof lintRegistryOf> {
  const packs = names.map((name, index) => [`packs/${index}`, { name, version: `1.${index}.0` }]);
  return lintRegistryOf(Object.fromEntries(packs) as Record<string, unknown>);
}

test('the pack with fewer releases is found, at its highest', () => {
  expect([...nameTooSimilar(registry('kyvenro', 'kyverno', 'kyverno'))]).toEqual([
    {
      rule: 'registry/name-too-similar',
      severity: 'error',
      file: 'packs/0/pack.json',
      place: { line: 2, column: 11, endColumn: 20, source: '  "name": "kyvenro",' },
      args: { name: 'kyvenro', other: 'kyverno' },
    },
  ]);
});

test('of two with as many releases it is the later name, whatever the order', () => {
  const expected = [{ args: { name: 'argocd', other: 'argo-cd' } }];
  expect([...nameTooSimilar(registry('argocd', 'argo-cd'))]).toMatchObject(expected);
  expect([...nameTooSimilar(registry('argo-cd', 'argocd'))]).toMatchObject(expected);
});

test('a name is told once, however many it is like', () => {
  const findings = [...nameTooSimilar(registry('kyverno', 'kyverno', 'kyvernos', 'kyvernos', 'kyvernoo'))];
  expect(findings.map(({ args }) => ('name' in args ? args.name : undefined)).toSorted()).toEqual([
    'kyvernoo',
    'kyvernos',
  ]);
});

test('twins in two layers, versions of one thing and values that are no names are left alone', () => {
  const names = ['csi-trident', 'csi-trident-addon', 'ubuntu-20', 'ubuntu-22', 1, null, ['kyverno'], {}];
  expect([...nameTooSimilar(registry(...names))]).toEqual([]);
});
