import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { gitRepository, type TestRepository } from './git-repository.ts';
import { scratch } from './scratch.ts';

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));

/** The example registry of this project, in a repository that was pushed to a bare remote. */
export interface ExampleRepository {
  readonly repository: TestRepository;
  /** Folder of the bare remote. */
  readonly remote: string;
  /** A fresh clone of a branch, as a runner has one. */
  clone(branch?: string): Promise<string>;
  /** Id of the first commit. */
  readonly first: string;
}

export async function exampleRepository(): Promise<ExampleRepository> {
  const repository = await gitRepository();
  for (const name of ['packs', 'registry.yaml']) {
    cpSync(join(PROJECT, name), join(repository.path, name), {
      recursive: true,
      filter: (source) => !source.includes('.source'),
    });
  }
  const first = repository.commit({}, 'the example packs');
  const remote = await scratch();
  repository.git('init', '--quiet', '--bare', '--initial-branch=main', remote);
  repository.git('remote', 'add', 'origin', remote);
  repository.git('push', '--quiet', 'origin', 'main');
  return {
    repository,
    remote,
    first,
    async clone(branch = 'main') {
      const folder = await scratch();
      repository.git('clone', '--quiet', '--branch', branch, remote, folder);
      return folder;
    },
  };
}
