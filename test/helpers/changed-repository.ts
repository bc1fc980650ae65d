import { gitRepository, type TestRepository } from './git-repository.ts';
import { packFiles } from './pack-fixture.ts';
import { packedChart } from './packed-chart.ts';

const KUBERNETES = { packName: 'kubernetes', layer: 'k8s', type: 'required' };

const VALUES = `pack:
  namespace: demo
  content:
    images:
      - image: ghcr.io/demo/server:1.0.0
      - image: ghcr.io/demo/agent:1.0.0
charts:
  demo:
    replicas: 1
    adminPassword: first-one
    extra: true
`;

const NEW_VALUES = `pack:
  namespace: demo
  content:
    images:
      - image: ghcr.io/demo/server:1.1.0
      - image: ghcr.io/demo/agent:1.0.0
charts:
  demo:
    replicas: 3
    adminPassword: second-one
    resources: { cpu: 100m }
`;

const STATUS = `releases:
  - versions: 1.0.0
    state: yanked
    reason: It loses data.
    at: 2024-05-01
    replacement: 1.1.0
`;

/**
 * A repository whose branch `change` adds a version, a pack and a broken one, changes a release, takes one away and
 * yanks one; on `main`, somebody else added a pack meanwhile. The branch is checked out.
 */
export async function changedRepository(): Promise<TestRepository> {
  const manifest = { layer: 'addon', addonType: 'monitoring', annotations: { source: 'community', contributor: 'us' } };
  const demo = { ...manifest, displayName: 'Demo', charts: ['charts/demo.tgz'] };
  const repository = await gitRepository({
    'registry.yaml': 'name: yard\ntitle: Yard\nexternal: [kubernetes]\n',
    ...packFiles('packs/demo-1.0.0', {
      manifest: { ...demo, constraints: { dependencies: [{ ...KUBERNETES, minVersion: '1.27' }] } },
      files: {
        'values.yaml': VALUES,
        'charts/demo.tgz': packedChart('demo', '1.0.0'),
        'files/old.txt': 'old\n',
        'LICENSE.md': null,
        'README.md': '# Demo\n\n[nothing](nothing.md)\n',
      },
    }),
    ...packFiles('packs/frozen-1.0.0', { name: 'frozen', manifest: { ...manifest, displayName: 'Frozen' } }),
    ...packFiles('packs/gone-1.0.0', { name: 'gone', manifest: { ...manifest, displayName: 'Gone' } }),
  });
  repository.git('checkout', '--quiet', '-b', 'change');
  repository.commit({
    ...packFiles('packs/demo-1.1.0', {
      version: '1.1.0',
      manifest: { ...demo, constraints: { dependencies: [{ ...KUBERNETES, minVersion: '1.29', maxVersion: '1.34' }] } },
      files: {
        'values.yaml': NEW_VALUES,
        'charts/demo.tgz': packedChart('demo', '1.1.0'),
        'files/new.txt': 'new\n',
        'README.md': '# Demo\n\n[nothing](nothing.md) [nobody](nobody.md)\n',
      },
    }),
    ...packFiles('packs/fresh-0.1.0', {
      name: 'fresh',
      version: '0.1.0',
      manifest: { ...manifest, displayName: 'Fresh' },
    }),
    ...packFiles('packs/broken-1.0.0', {
      name: 'broken',
      manifest: { ...manifest, displayName: 'Broken', layer: 'adon' },
    }),
    'packs/frozen-1.0.0/README.md': '# Frozen, they said\n',
    'packs/gone-1.0.0': null,
    'status/demo.yaml': STATUS,
  });
  repository.git('checkout', '--quiet', 'main');
  repository.commit(
    packFiles('packs/theirs-1.0.0', { name: 'theirs', manifest: { ...manifest, displayName: 'Theirs' } }),
  );
  repository.git('checkout', '--quiet', 'change');
  return repository;
}
