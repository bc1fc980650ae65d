import { assert, integer, property, stringMatching } from 'fast-check';
import { distance } from 'fastest-levenshtein';
import { expect, test } from 'vitest';

import { similarNames } from '../../src/check/similar-names.ts';

function areSimilar(...names: readonly string[]): boolean {
  return [...similarNames(names)].length > 0;
}

test.each([
  ['kyverno', 'kyvern0'],
  ['kyverno', 'kyverrno'],
  ['kyverno', 'kyvrno'],
  ['kyverno', 'kvyerno'],
  ['argo-cd', 'argocd'],
  ['argo-cd', 'argo_cd'],
  ['argo-roll-outs', 'argorollouts'],
  ['trident-operator', 'trident-operators'],
  ['collector2', 'collector-2'],
])('%s and %s are easily mixed up', (a, b) => {
  expect(areSimilar(a, b)).toBe(true);
  expect(areSimilar(b, a)).toBe(true);
});

test.each([
  ['kyverno', 'kyverno'],
  ['kyverno', 'kyvreon'],
  ['istio', 'istia'],
  ['ubuntu-20.04', 'ubuntu-22.04'],
  ['edge-k8s', 'edge-k3s'],
  ['kubernetes-eks', 'kubernetes-aks'],
  ['kubernetes-eks', 'kubernetes-eksd'],
  ['csi-aws-ebs', 'csi-aws-efs'],
  ['cni-portworx', 'csi-portworx'],
  ['csi-trident', 'csi-trident-addon'],
  ['Kyverno', 'kyverno'],
  ['__proto__', 'constructor'],
  ['kyv*rno', 'kyverno'],
])('%s and %s are not', (a, b) => {
  expect(areSimilar(a, b)).toBe(false);
});

test('whatever is one step from a word is found, and nothing further than two', () => {
  const word = stringMatching(/^[abc]{7,9}$/u);
  assert(
    property(word, integer({ min: 0, max: 6 }), stringMatching(/^[abc]{0,2}$/u), (name, at, instead) => {
      const other = name.slice(0, at) + instead + name.slice(at + 1);
      expect(areSimilar(name, other)).toBe(distance(name, other) === 1);
    }),
  );
  assert(
    property(word, word, (a, b) => {
      if (areSimilar(a, b)) expect(distance(a, b)).toBeLessThanOrEqual(2);
    }),
  );
});

test('thousands of names that are all alike take no long time', () => {
  const separators = Array.from({ length: 3000 }, (_, number) =>
    Array.from('abcdefghijkl', (letter, bit) => letter + ((number >> bit) % 2 === 1 ? '-' : '')).join(''),
  );
  expect([...similarNames(separators)].length).toBeGreaterThan(1000);
});
