import { spawn } from 'node:child_process';

import { PackyardError } from '../errors.ts';
import { gitEnvironment } from './git-environment.ts';
import { commitTime, type Repository } from './repository.ts';

/** When and where something first became part of the branch. */
export interface Landing {
  readonly commit: string;
  /** RFC 3339, in UTC, to the second. */
  readonly at: string;
}

/** What one walk of a branch's first-parent history found. It can be continued from its tip. */
export interface History {
  /** The newest commit of the walk. */
  readonly tip: string;
  /** How many first-parent commits lead to the tip. */
  readonly length: number;
  /** For each tree id at the depth of packs, the commit in which that content first landed. */
  readonly landings: ReadonlyMap<string, Landing>;
}

export interface HistoryOptions {
  /** Folders outside which nothing is of interest. */
  readonly bases: readonly string[];
  /** How deep a directory can lie to be of interest: the number of names in its path. */
  readonly depths: ReadonlySet<number>;
}

interface Step {
  readonly commit: string;
  readonly parent: string | undefined;
  readonly at: string;
}

/**
 * Walks the first-parent history of a commit, oldest commit first, in one `git rev-list` and one `git diff-tree`. With
 * the history of an earlier tip only the commits since then are walked. Rejects with `git-failed`.
 */
export async function walkHistory(
  repository: Repository,
  commit: string,
  options: HistoryOptions,
  known?: History,
): Promise<History> {
  if (known?.tip === commit) return known;
  const continued = known === undefined ? undefined : await stepsSince(repository, commit, known.tip);
  const steps = continued ?? (await firstParents(repository, [commit]));
  const base = continued === undefined ? undefined : known;
  const landings = new Map(base?.landings);
  const byCommit = new Map(steps.map((step) => [step.commit, step]));
  await diffTrees(repository, steps, options, (oid, commitOid) => {
    const step = byCommit.get(commitOid);
    if (step !== undefined && !landings.has(oid)) landings.set(oid, { commit: step.commit, at: step.at });
  });
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
  const output = await repository.git([
    'rev-list',
    '--first-parent',
    '--reverse',
    '--parents',
    '--timestamp',
    ...revisions,
    '--',
  ]);
  const lines = output.split('\n').filter((line) => line !== '');
  return lines.map((line) => {
    const [seconds = '', commit = '', parent] = line.split(' ');
    return { commit, parent, at: commitTime(seconds) };
  });
}

/** Calls back for every directory, at a depth of interest, that a step's commit brings or changes. */
async function diffTrees(
  repository: Repository,
  steps: readonly Step[],
  options: HistoryOptions,
  onDirectory: (oid: string, commit: string) => void,
): Promise<void> {
  const bases = options.bases.includes('.') ? [] : options.bases.map((base) => `:(top,literal)${base}`);
  const args = [
    'diff-tree',
    '--stdin',
    '-m',
    '--root',
    '-r',
    '-t',
    '--raw',
    '--no-abbrev',
    '--no-renames',
    '-z',
    '--',
    ...bases,
  ];
  const child = spawn('git', args, { cwd: repository.root, env: gitEnvironment(), windowsHide: true });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.on('close', resolve);
    child.on('error', reject);
  });
  closed.catch(() => undefined);
  child.stdin.on('error', () => undefined);
  child.stdin.end(steps.map(({ commit, parent }) => `${[commit, parent].filter(Boolean).join(' ')}\n`).join(''));
  let commit = '';
  let change: string | undefined;
  for await (const token of nulTerminated(child.stdout)) {
    if (change !== undefined) {
      const directory = newDirectory(change);
      if (directory !== undefined && options.depths.has(depthOf(token))) onDirectory(directory, commit);
      change = undefined;
    } else if (token.startsWith(':')) change = token;
    else commit = token;
  }
  const status = await closed;
  if (status !== 0)
    throw new PackyardError({ code: 'git-failed', message: `git diff-tree failed with status ${status}.` });
}

/** `:<old mode> <new mode> <old oid> <new oid> <status>` → the new oid, if it is a directory. */
function newDirectory(change: string): string | undefined {
  const [, mode, , oid] = change.split(' ');
  return mode === '040000' ? oid : undefined;
}

function depthOf(path: string): number {
  return path.split('/').length;
}

async function* nulTerminated(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  let rest = '';
  for await (const chunk of stream) {
    const tokens = (rest + chunk.toString('latin1')).split('\0');
    rest = tokens.pop() ?? '';
    yield* tokens;
  }
}
