import { PackyardError } from '../errors.ts';
import { openGitObjects } from './git-objects.ts';
import { addLandings, type Landing, type LandingOptions } from './landings.ts';
import { commitTime, type Repository } from './repository.ts';

/** What one walk of a branch's first-parent history found. It can be continued from its tip. */
export interface History {
  /** The newest commit of the walk. */
  readonly tip: string;
  /** How many first-parent commits lead to the tip. */
  readonly length: number;
  /** For each tree id at the depth of packs, the commit in which that content first landed. */
  readonly landings: ReadonlyMap<string, Landing>;
}

interface Step extends Landing {
  readonly parent: string | undefined;
  /** Tree id of the root. */
  readonly tree: string;
}

/**
 * Walks the first-parent history of a commit, oldest commit first. A tree that was seen is not read again, so the work
 * is in proportion to what the commits changed. With the history of an earlier tip only the commits since then are
 * walked. Rejects with `git-failed`.
 */
export async function walkHistory(
  repository: Repository,
  commit: string,
  options: LandingOptions,
  known?: History,
): Promise<History> {
  if (known?.tip === commit) return known;
  const continued = known === undefined ? undefined : await stepsSince(repository, commit, known.tip);
  const steps = continued ?? (await firstParents(repository, [commit]));
  const base = continued === undefined ? undefined : known;
  const landings = new Map(base?.landings);
  // A process of its own: behind the packs' files every answer would be late.
  const objects = openGitObjects(repository.root);
  try {
    await addLandings(objects, steps, options, landings);
  } finally {
    await objects.close();
  }
  return { tip: commit, length: (base?.length ?? 0) + steps.length, landings };
}

/** The steps after an earlier tip, or undefined when that tip is not on this branch's first-parent line. */
async function stepsSince(repository: Repository, commit: string, tip: string): Promise<Step[] | undefined> {
  let steps: Step[];
  try {
    steps = await firstParents(repository, [commit, `^${tip}`]);
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'git-failed') return undefined;
    throw error;
  }
  return steps[0]?.parent === tip ? steps : undefined;
}

async function firstParents(repository: Repository, revisions: readonly string[]): Promise<Step[]> {
  const flags = ['--first-parent', '--reverse', '--parents', '--format=%ct %T'];
  const lines = (await repository.git(['rev-list', ...flags, ...revisions, '--'])).split('\n');
  const steps: Step[] = [];
  for (let index = 0; index + 1 < lines.length; index += 2) {
    const [, commit = '', parent] = (lines[index] ?? '').split(' ');
    const [seconds = '', tree = ''] = (lines[index + 1] ?? '').split(' ');
    steps.push({ commit, parent, at: commitTime(seconds), tree });
  }
  return steps;
}
