import { runGit } from '../../publish/git/run-git.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../repo/temporary-folder.ts';
import type { PushParts } from './push-parts.ts';
import { baseOf, remoteHeads, type PushBase, type RunGitHere } from './remote-heads.ts';

/** Where the branches that a push is about are at one moment. */
export interface PushHeads {
  readonly base: PushBase;
  /** Id of the commit that the branch to be pushed is at; undefined where there is none. */
  readonly branch: string | undefined;
}

/** Asks the registry, and the fork where there is one. Rejects with `no-commit`, or with what the remote says. */
export async function pushHeads({ places, branch, options }: PushParts): Promise<PushHeads> {
  const { registry, target } = places;
  const folder = await makeTemporaryFolder('tree');
  const run =
    (environment: Readonly<Record<string, string>>): RunGitHere =>
    (args) =>
      runGit(args, {
        directory: folder,
        environment: { ...environment, GIT_CEILING_DIRECTORIES: folder },
        signal: options.signal,
      });
  try {
    const asked = [branch, ...(options.base === undefined ? [] : [options.base])];
    const heads = await remoteHeads(run(registry.environment), registry, asked);
    const there = target === registry ? heads : await remoteHeads(run(target.environment), target, [branch]);
    return { base: baseOf(heads, options.base, registry), branch: there.branches.get(branch) };
  } finally {
    await removeTemporaryFolder(folder);
  }
}
