import { join } from 'node:path';

import { build } from '../../src/build/build.ts';
import { gitRepository, type TestRepository } from './git-repository.ts';
import { packFiles } from './pack-fixture.ts';
import { scratch } from './scratch.ts';

export interface BuiltCommits {
  readonly repository: TestRepository;
  /** What was built of each commit, the first one at 0. */
  readonly folders: readonly string[];
}

/** A repository of so many commits, each with a pack more than the one before, and what each builds. */
export async function builtCommits(count: number): Promise<BuiltCommits> {
  const repository = await gitRepository();
  const [base, cache] = [await scratch(), await scratch()];
  const folders: string[] = [];
  for (let number = 1; number <= count; number += 1) {
    repository.commit(packFiles(`packs/p${number}`, { name: `pack-${number}` }));
    const out = join(base, `commit-${number}`);
    await build({ repository: repository.path, out, cache });
    folders.push(out);
  }
  return { repository, folders };
}
