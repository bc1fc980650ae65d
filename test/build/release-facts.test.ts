import { expect, test } from 'vitest';

import { releaseFacts } from '../../src/build/release-facts.ts';
import type { PackManifest } from '../../src/model/pack-manifest.ts';
import type { Pack } from '../../src/pack/pack.ts';

const PACK: Pack = {
  files: new Map(),
  charts: [{ path: 'charts/a.tgz', name: 'a' }],
  images: ['registry.example.org/a:1'],
  findings: [],
};

const MINIMAL: PackManifest = { name: 'demo', version: 'v1', displayName: 'Demo', layer: 'csi' };

test('a manifest with only what it must have', () => {
  expect(releaseFacts(PACK, MINIMAL)).toEqual({
    ...MINIMAL,
    cloudTypes: [],
    annotations: {},
    images: ['registry.example.org/a:1'],
    charts: [{ path: 'charts/a.tgz', name: 'a' }],
    manifests: [],
    ansibleRoles: [],
    dependencies: [],
    resources: [],
  });
});

test.each<[given: Partial<PackManifest>, expected: object]>([
  [{ cloudTypes: ['aws'], cloudType: 'azure' }, { cloudTypes: ['aws'] }],
  [{ cloudType: 'azure' }, { cloudTypes: ['azure'] }],
  [
    { addonType: ' logging ', group: 'LTS' },
    { addonType: 'logging', group: 'LTS' },
  ],
  [{ kubeManifests: ['./manifests/a.yaml', 'b.yaml'] }, { manifests: ['manifests/a.yaml', 'b.yaml'] }],
  [{ ansibleRoles: ['ansible-roles/setup/'] }, { ansibleRoles: ['ansible-roles/setup'] }],
  [{ annotations: { source: 'x' } }, { annotations: { source: 'x' } }],
  [
    { constraints: { dependencies: [{ packName: 'k', layer: 'k8s', type: 'required' }] } },
    { dependencies: [{ packName: 'k', layer: 'k8s', type: 'required' }], resources: [] },
  ],
  [{ constraints: { resources: [{ type: 'cpu', minLimit: 2 }] } }, { resources: [{ type: 'cpu', minLimit: 2 }] }],
])('%j', (given, expected) => {
  expect(releaseFacts(PACK, { ...MINIMAL, ...given })).toMatchObject(expected);
});

test.each([' ', '', '\t'])('a type or group of only blanks (%j) is none', (blank) => {
  const facts = releaseFacts(PACK, { ...MINIMAL, addonType: blank, group: blank });
  expect(Object.keys(facts)).not.toContain('addonType');
  expect(Object.keys(facts)).not.toContain('group');
});
