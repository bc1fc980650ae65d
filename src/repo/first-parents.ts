import { PackyardError } from '../errors.ts';
import { askGit } from './ask-git.ts';
import type { Landing } from './landing.ts';
import { commitTime, type Repository } from './repository.ts';

/** A commit of a first-parent history. */
export interface Step extends Landing {
  readonly parent: string | undefined;
  /** Tree id of the root. */
  readonly tree: string;
}

/** The first-parent history of a commit, oldest first. Rejects with `git-failed`. */
export function stepsTo(repository: Repository, commit: string): Promise<Step[]> {
  return firstParents(repository, [commit]);
}

/** The steps after an earlier tip, or undefined when that tip is not on this branch's first-parent line. */
export async function stepsSince(repository: Repository, commit: string, tip: string): Promise<Step[] | undefined> {
  let steps: Step[];
  try {
    steps = await firstParents(repository, [commit, `^${tip}`]);
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'git-failed') return undefined;
    throw error;
  }
  return steps[0]?.parent === tip ? steps : undefined;
}

async function firstParents({ root, environment }: Repository, revisions: readonly string[]): Promise<Step[]> {
  const flags = ['--first-parent', '--reverse', '--parents', '--format=%ct %T'];
  const lines = (await askGit(root, ['rev-list', ...flags, ...revisions, '--'], environment)).split('\n');
  const steps: Step[] = [];
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const [, commit = '', parent] = (lines[index] ?? '').split(' ');
    const [seconds = '', tree = ''] = (lines[index + 1] ?? '').split(' ');
    steps.push({ commit, parent, at: commitTime(seconds), tree });
  }
  return steps;
}
