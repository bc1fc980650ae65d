import { statSync } from 'node:fs';

import { PackyardError } from '../../errors.ts';
import { oneLine } from '../../check/one-line.ts';
import { openRepository, type Repository } from '../../repo/repository.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../repo/temporary-folder.ts';
import { findRemote, LIVE } from '../git/git-remote.ts';
import { runGit } from '../git/run-git.ts';

export interface BranchOptions {
  /** A folder of a repository, or the address of one. */
  readonly repository: string;
  /** `HEAD` of it unless told. */
  readonly branch?: string;
  readonly signal?: AbortSignal;
}

/** How a commit stands to the head of a branch. */
export type CommitPlace =
  | { readonly kind: 'head'; readonly head: string }
  /** `since`: when the first of the commits behind it was made, in milliseconds since 1970. */
  | { readonly kind: 'behind'; readonly head: string; readonly commits: number; readonly since: number }
  /** It is no ancestor of the head; `shallow` where it may only not be here. */
  | { readonly kind: 'elsewhere'; readonly head: string; readonly shallow: boolean };

/**
 * Where a commit is on a branch. Of a repository elsewhere only commits are fetched, and only where they are needed.
 * Rejects with `git-missing`, `git-failed`, `no-repository`, `unknown-revision` or `usage`.
 */
export async function commitsBehind(commit: string, options: BranchOptions): Promise<CommitPlace> {
  const { repository } = options;
  const folder = statSync(repository, { throwIfNoEntry: false })?.isDirectory() === true;
  return folder ? onBranch(commit, await openRepository(repository), options) : elsewhere(commit, options);
}

async function onBranch(
  commit: string,
  { root, environment, shallow }: Pick<Repository, 'root' | 'environment' | 'shallow'>,
  { branch = 'HEAD', signal }: BranchOptions,
): Promise<CommitPlace> {
  const git = (args: readonly string[]): ReturnType<typeof runGit> =>
    runGit(args, { directory: root, environment, signal });
  const found = await git(['rev-parse', '--verify', '--quiet', '--end-of-options', `${branch}^{commit}`]);
  const head = found.stdout.trim();
  if (found.status !== 0 || head === '') throw unknownBranch(branch, root);
  if (head === commit) return { kind: 'head', head };
  const ancestor = await git(['merge-base', '--is-ancestor', commit, head]);
  if (ancestor.status !== 0) return { kind: 'elsewhere', head, shallow };
  const times = (await git(['rev-list', '--format=%ct', '--no-commit-header', `${commit}..${head}`, '--'])).stdout;
  const seconds = times
    .split('\n')
    .filter((line) => line !== '')
    .map(Number);
  const since = seconds.reduce((least, each) => Math.min(least, each), Number.POSITIVE_INFINITY);
  return { kind: 'behind', head, commits: seconds.length, since: since * 1000 };
}

async function elsewhere(commit: string, options: BranchOptions): Promise<CommitPlace> {
  const { repository, branch, signal } = options;
  const { environment, shown } = await findRemote(undefined, repository, signal);
  const folder = await makeTemporaryFolder('tree');
  try {
    const git = (args: readonly string[]): ReturnType<typeof runGit> =>
      runGit(args, { directory: folder, environment, signal });
    await git(['init', '--quiet', '--bare']);
    const from = branch === undefined ? 'HEAD' : `refs/heads/${branch}`;
    const fetched = await git([
      'fetch',
      '--quiet',
      '--no-tags',
      '--filter=tree:0',
      LIVE,
      `+${from}:refs/heads/looked-at`,
    ]);
    // What Git prints can hold the address with its login.
    if (fetched.status !== 0) throw unreadable(shown, branch);
    return await onBranch(commit, { root: folder, environment, shallow: false }, { ...options, branch: 'looked-at' });
  } finally {
    await removeTemporaryFolder(folder);
  }
}

function unknownBranch(branch: string, root: string): PackyardError {
  return new PackyardError({
    code: 'unknown-revision',
    message: `${oneLine(root)} has no commit named ${JSON.stringify(branch)}.`,
    hint: 'Name a branch with --branch: `git branch --all` lists them.',
  });
}

function unreadable(shown: string, branch: string | undefined): PackyardError {
  const what = branch === undefined ? 'its HEAD' : `the branch ${JSON.stringify(branch)}`;
  return new PackyardError({
    code: 'git-failed',
    message: `${what} of ${shown} cannot be fetched.`,
    hint: 'Check the address, the branch and your login: `git ls-remote` with the same address must work.',
  });
}
