import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { gitRepository, type TestRepository } from './git-repository.ts';

const PACKS = fileURLToPath(new URL('../../packs/', import.meta.url));

/** A repository with the example packs and nothing else. */
export async function packsRepository(): Promise<TestRepository> {
  const repository = await gitRepository();
  cpSync(PACKS, join(repository.path, 'packs'), { recursive: true });
  repository.commit({}, 'first');
  return repository;
}
