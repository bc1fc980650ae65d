import { rmdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { withDefaults } from '../../model/registry-config.ts';
import { makeFolder } from '../../remote/make-folder.ts';
import { askGit } from '../../repo/ask-git.ts';
import { writeFiles } from '../write-files.ts';
import { initFacts } from './init-facts.ts';
import type { InitOptions } from './init-options.ts';
import { initValues, type InitValues } from './init-values.ts';
import { nextSteps, type NextStep } from './next-steps.ts';
import { newPaths } from './new-paths.ts';
import { packageVersion } from './package-files.ts';
import { planInit, type PlannedFile } from './plan-init.ts';

export interface InitResult {
  /** Absolute path of the registry's repository. */
  readonly root: string;
  /** Whether there was a Git repository, one is made, or there is none. */
  readonly git: 'found' | 'made' | 'none';
  readonly values: InitValues;
  /** Folders of packs that were there, ordered by path. */
  readonly packs: readonly string[];
  readonly files: readonly PlannedFile[];
  /** What is left to people, in sentences. */
  readonly byHand: readonly string[];
  readonly next: readonly NextStep[];
}

/**
 * Makes a folder the repository of a registry: adds what it lacks, and changes nothing that is there. All of it is written,
 * or nothing. Rejects with `usage`, `no-work-tree`, `config-invalid`, `output-unwritable`, and as Git does.
 */
export async function init(options: InitOptions = {}): Promise<InitResult> {
  const {
    directory = '.',
    git = true,
    dryRun = false,
    packyard = `npx packyard@${packageVersion()}`,
    ...answers
  } = options;
  const facts = await initFacts(directory);
  const values = initValues(facts, answers);
  const { files, changes, byHand } = await planInit(facts, values, answers);
  const { root, repository, packs, hasCommit, hasRemote, config } = facts;
  const makesGit = repository === undefined && git;
  const found = repository === undefined ? 'none' : 'found';
  const result = { root, git: makesGit ? 'made' : found, values, packs, files, byHand } as const;
  const { baseline } = withDefaults(config ?? {}).check;
  const paths = [...changes.map(({ path }) => path), ...(packs.length > 0 ? [baseline] : [])];
  const next = nextSteps({ ...result, hasCommit, hasRemote, packyard, changed: newPaths(root, paths) });
  if (!dryRun && makesGit) await withRepository(root, values.branch, () => writeFiles(root, changes));
  else if (!dryRun && changes.length > 0) writeFiles(root, changes);
  return { ...result, next };
}

/** Where the rest fails the repository goes again, and the folder if it was made for it. */
async function withRepository(root: string, branch: string, rest: () => void): Promise<void> {
  const made = newFolder(root);
  try {
    await makeRepository(root, branch);
    rest();
  } catch (error) {
    rmSync(join(root, '.git'), { recursive: true, force: true });
    if (made !== undefined) removeEmpty(root, made);
    throw error;
  }
}

async function makeRepository(root: string, branch: string): Promise<void> {
  try {
    await askGit(root, ['-c', `init.defaultBranch=${branch}`, 'init', '--quiet']);
  } catch (error) {
    if (!(error instanceof PackyardError) || error.code !== 'git-failed') throw error;
    throw new PackyardError({
      code: 'output-unwritable',
      message: `Git could make no repository in ${root}. Nothing was written.`,
      hint: 'Look at the rights of the folder and the room on its disk; `git init` there says more.',
      cause: error,
    });
  }
}

/** The outermost folder that was made. */
function newFolder(root: string): string | undefined {
  try {
    return makeFolder(root);
  } catch (error) {
    throw new PackyardError({
      code: 'output-unwritable',
      message: `The folder ${root} cannot be made (${systemCode(error) ?? 'unknown error'}). Nothing was written.`,
      hint: 'Look at the rights of the folder above it, or name another one.',
      cause: error,
    });
  }
}

function removeEmpty(folder: string, outermost: string): void {
  try {
    for (let each = folder; each.length >= outermost.length; each = dirname(each)) rmdirSync(each);
  } catch {
    // Somebody put something into it meanwhile.
  }
}
