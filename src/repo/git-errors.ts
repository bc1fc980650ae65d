import { statSync } from 'node:fs';

import { PackyardError, systemCode } from '../errors.ts';

/** Throws `no-repository` where there is no such directory: a process cannot start in one, and says so badly. */
export function requireDirectory(directory: string): void {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new PackyardError({
    code: 'no-repository',
    message: `${directory} is not a directory.`,
    hint: 'Name the folder of a Git repository with --repo, or run the command inside one.',
  });
}

/** What went wrong with a Git command, as `git-missing` or `git-failed`. */
export function gitError(error: unknown, args: readonly string[]): PackyardError {
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
