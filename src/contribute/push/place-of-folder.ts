import { join } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { askGit } from '../../repo/ask-git.ts';
import { gitIn } from '../../repo/git.ts';
import { openRepository, type Repository } from '../../repo/repository.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../repo/temporary-folder.ts';

/** The repository whose rules hold for a folder. */
export interface PlaceOfFolder {
  readonly repository: Repository;
  /** Whether the folder lies in none, so that an empty one lends the rules of the user and of Git itself. */
  readonly isLent: boolean;
  dispose(): Promise<void>;
}

/** Rejects with `no-repository` where there is one that Git does not trust. */
export async function placeOfFolder(folder: string): Promise<PlaceOfFolder> {
  const own = await repositoryOf(folder);
  if (own !== undefined) return { repository: own, isLent: false, dispose: () => Promise.resolve() };
  const temporary = await makeTemporaryFolder('tree');
  const dispose = (): Promise<void> => removeTemporaryFolder(temporary);
  try {
    const lent = join(temporary, 'lent');
    await askGit(temporary, ['init', '--quiet', '--template=', '--', lent]);
    const gitDirectory = join(lent, '.git');
    const environment = { GIT_DIR: gitDirectory, GIT_WORK_TREE: folder };
    const repository: Repository = {
      root: folder,
      gitDirectory,
      objectDirectory: join(gitDirectory, 'objects'),
      bare: false,
      shallow: false,
      environment,
      git: gitIn(folder, { environment }),
    };
    return { repository, isLent: true, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

async function repositoryOf(folder: string): Promise<Repository | undefined> {
  try {
    const repository = await openRepository(folder);
    return repository.bare ? undefined : repository;
  } catch (error) {
    const isNone = error instanceof PackyardError && error.code === 'no-repository';
    if (isNone && error.hint?.includes('safe.directory') !== true) return undefined;
    throw error;
  }
}
