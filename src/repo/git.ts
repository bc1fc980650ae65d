import { existsSync } from 'node:fs';

import { simpleGit } from 'simple-git';

import { PackyardError, systemCode } from '../errors.ts';
import { gitEnvironment } from './git-environment.ts';

/** Runs one Git command and resolves with its standard output. */
export type Git = (args: readonly string[]) => Promise<string>;

/**
 * Git in a directory. Arguments go to the process as they are, without a shell; what is not trusted must stand behind
 * `--` or `--end-of-options`. Rejects with `git-missing` or `git-failed`.
 */
export function gitIn(directory: string, extra: Readonly<Record<string, string>> = {}): Git {
  if (!existsSync(directory)) throw missingDirectory(directory);
  const environment = gitEnvironment(extra);
  const git = simpleGit({ baseDir: directory, allowEnvironment: Object.keys(environment) }).env(environment);
  return async (args) => {
    try {
      return await git.raw([...args]);
    } catch (error) {
      throw gitError(error, args);
    }
  };
}

function missingDirectory(directory: string): PackyardError {
  return new PackyardError({
    code: 'no-repository',
    message: `${directory} does not exist.`,
    hint: 'Name the folder of a Git repository with --repo, or run the command inside one.',
  });
}

function gitError(error: unknown, args: readonly string[]): PackyardError {
  const text = error instanceof Error ? error.message : String(error);
  if (systemCode(error) === 'ENOENT' || /spawn git ENOENT/u.test(text)) {
    return new PackyardError({
      code: 'git-missing',
      message: 'Git was not found.',
      hint: 'Install Git 2.30 or newer and put it on the PATH.',
      cause: error,
    });
  }
  return new PackyardError({
    code: 'git-failed',
    message: `git ${args[0] ?? ''} failed: ${text.trim()}`,
    cause: error,
  });
}
