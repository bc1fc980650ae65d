import { cpSync, mkdirSync } from 'node:fs';

import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';

const BROKEN = { constraints: { dependencies: [{ packName: 'kubernetes', layer: 'k8s', minVersion: '1.27' }] } };

/**
 * Fills a folder with a repository as real ones grow: a release that was replaced, one that changed after it was there, one
 * with an error, warnings, a CI of its own.
 */
export async function grownRepository(folder: string): Promise<void> {
  const repository = await gitRepository({
    'README.md': '# Packs of the community\n',
    '.github/workflows/ci.yml': 'name: CI\non: pull_request\njobs: {}\n',
    ...packFiles('packs/nginx', { name: 'nginx', version: '1.0.0', manifest: { displayName: 'Nginx' } }),
    ...packFiles('packs/redis-7.2.0', { name: 'redis', version: '7.2.0', manifest: { displayName: 'Redis' } }),
  });
  repository.commit(
    {
      'packs/redis-7.2.0/values.yaml': 'pack:\n  namespace: redis\n',
      ...packFiles('packs/vault-1.15.0', {
        name: 'vault',
        version: '1.15.0',
        manifest: { displayName: 'Vault', ...BROKEN },
      }),
    },
    'mend redis, add vault',
  );
  repository.commit(
    packFiles('packs/nginx', { name: 'nginx', version: '1.1.0', manifest: { displayName: 'Nginx' } }),
    'nginx 1.1.0',
  );
  mkdirSync(folder);
  cpSync(repository.path, folder, { recursive: true });
}
