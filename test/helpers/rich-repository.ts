import { chmodSync, cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { gitRepository, type TestRepository } from './git-repository.ts';
import { packFiles } from './pack-fixture.ts';
import { png } from './png.ts';

const EXAMPLES: string = fileURLToPath(new URL('../../packs', import.meta.url));

/** A repository with the example packs and with what is hard about real ones, in three commits. */
export async function richRepository(): Promise<TestRepository> {
  const repository = await gitRepository({ 'registry.yaml': 'name: yard\ntitle: Yard\n' });
  cpSync(EXAMPLES, join(repository.path, 'packs'), { recursive: true });
  repository.commit(packFiles('packs/gone', { name: 'gone', version: '0.1.0' }), 'examples');
  const script = 'packs/odd/files/run.sh';
  const long = `charts/${'deeply/nested/'.repeat(9)}${'name-'.repeat(12)}.yaml`;
  const odd = packFiles('packs/odd', {
    name: 'odd',
    version: 'v25.06.0',
    files: { 'files/run.sh': '#!/bin/sh\n', 'files/grüße-ß.txt': 'ü\n', [long]: 'long: true\n', 'a.orig': 'junk' },
  });
  repository.write(odd);
  chmodSync(join(repository.path, script), 0o755);
  repository.git('add', '--all');
  repository.git('update-index', '--chmod=+x', script);
  repository.commit({}, 'odd');
  const logo = { 'logo.png': png(300, 120, 0) };
  repository.commit({
    'packs/gone': null,
    ...packFiles('packs/group/first', { name: 'first', files: logo }),
    ...packFiles('packs/group/second', { name: 'second', files: logo }),
    ...packFiles('packs/odd-2', { name: 'odd', version: '25.7.0-rc.1', files: { 'values.yaml': '' } }),
  });
  return repository;
}
