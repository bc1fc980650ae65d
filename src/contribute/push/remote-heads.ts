import { PackyardError } from '../../errors.ts';
import type { GitResult } from '../../publish/git/run-git.ts';
import type { PushPlace } from './push-place.ts';

/** Runs Git somewhere, whatever its status. */
export type RunGitHere = (args: readonly string[]) => Promise<GitResult>;

/** Where a remote's branches are at one moment. */
export interface RemoteHeads {
  /** The branch that HEAD names. */
  readonly head: string | undefined;
  /** Ids of commits by the names of branches. */
  readonly branches: ReadonlyMap<string, string>;
}

/** Asks a remote for HEAD and for some branches, with one request. */
export async function remoteHeads(
  run: RunGitHere,
  place: PushPlace,
  branches: readonly string[],
): Promise<RemoteHeads> {
  const wanted = branches.map((branch) => `refs/heads/${branch}`);
  const result = await run(['ls-remote', '--quiet', '--symref', '--', place.name, 'HEAD', ...wanted]);
  if (result.status !== 0) throw await place.failure(result, 'read');
  let head: string | undefined;
  const found = new Map<string, string>();
  for (const line of result.stdout.split('\n')) {
    const [value = '', name = ''] = line.split('\t');
    const target = /^ref: refs\/heads\/(.+)$/u.exec(value)?.[1];
    if (name === 'HEAD' && target !== undefined) head = target;
    // HEAD stands for its branch.
    else if (name === 'HEAD' && head !== undefined) found.set(head, value);
    // A pattern also finds what ends with it.
    else if (wanted.includes(name)) found.set(name.slice('refs/heads/'.length), value);
  }
  return { head, branches: found };
}

/** The branch of a registry that is built on, and its commit. */
export interface PushBase {
  readonly branch: string;
  readonly commit: string;
}

/** By what objects are named in the repository of a commit. */
export function formatOf({ commit }: PushBase): 'sha1' | 'sha256' {
  return commit.length === 64 ? 'sha256' : 'sha1';
}

/** Throws `no-commit` where there is none. */
export function baseOf({ head, branches }: RemoteHeads, asked: string | undefined, { shown }: PushPlace): PushBase {
  const branch = asked ?? head;
  const commit = branch === undefined ? undefined : branches.get(branch);
  if (branch !== undefined && commit !== undefined && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/u.test(commit))
    return { branch, commit };
  throw new PackyardError({
    code: 'no-commit',
    message:
      asked === undefined
        ? `${shown} does not say which of its branches packs are added to: it is empty, or its HEAD names a branch that is not there.`
        : `${shown} has no branch ${JSON.stringify(asked)}.`,
    hint:
      asked === undefined
        ? 'Name the branch with --base, such as --base main; where there is none yet, push a first commit, such as what `packyard init` makes.'
        : 'Name another one with --base, or leave it out.',
  });
}
