import { statSync } from 'node:fs';

import { PackyardError, systemCode } from '../errors.ts';

/** Throws `no-repository` where there is no such directory: a process cannot start in one, and says so badly. */
export function requireDirectory(directory: string): void {
  if (isDirectory(directory)) return;
  throw new PackyardError({
    code: 'no-repository',
    message: `${directory} is not a directory.`,
    hint: 'Name the folder of a Git repository with --repo, or run the command inside one.',
  });
}

function isDirectory(path: string): boolean {
  try {
    return statSync(path).isDirectory();
  } catch {
    // Not there, not allowed, too long, or no path at all.
    return false;
  }
}

/** What went wrong with a Git command, as `git-missing` or `git-failed`. */
export function gitError(error: unknown, args: readonly string[]): PackyardError {
  const text = error instanceof Error ? error.message : String(error);
  if (systemCode(error) === 'ENOENT' || /spawn .*ENOENT/u.test(text)) {
    return new PackyardError({
      code: 'git-missing',
      message: 'Git was not found.',
      hint: 'Install Git 2.30 or newer and put it on the PATH.',
      cause: error,
    });
  }
  const filter = refusedFilter(text);
  if (filter !== undefined) return filterError(filter, error);
  const { nested } = /^error: '(?<nested>.*)' does not have a commit checked out$/mu.exec(text)?.groups ?? {};
  if (nested !== undefined) return nestedError(nested, error);
  return new PackyardError({
    code: 'git-failed',
    message: `git ${args[0] ?? ''} failed: ${text.trim()}`,
    cause: error,
  });
}

/** A folder that Git passed over because it may not read it, of which it only warns; undefined where there was none. */
export function unreadableFolder(stderr: string): PackyardError | undefined {
  const { folder, reason } =
    /^warning: could not open directory '(?<folder>.*)': (?<reason>.*)$/mu.exec(stderr)?.groups ?? {};
  if (folder === undefined) return undefined;
  return new PackyardError({
    code: 'git-failed',
    message: `${JSON.stringify(folder)} cannot be read: ${reason}.`,
    hint: 'Give yourself the right to read it, name it in .gitignore, or read a commit with --rev HEAD.',
  });
}

/** Git can add a repository inside another one only as a submodule, at a commit. */
function nestedError(path: string, cause: unknown): PackyardError {
  return new PackyardError({
    code: 'git-failed',
    message: `${JSON.stringify(path)} is a Git repository of its own, without a commit.`,
    hint: 'Remove the folder `.git` in it, if it was made by mistake, or name it in .gitignore; or read a commit with --rev HEAD.',
    cause,
  });
}

/** The file and the filter at which Git stops because that filter is none of the user's; see `withoutOwnPrograms`. */
function refusedFilter(text: string): { readonly path: string; readonly name: string } | undefined {
  // Git says so of every filter that fails, but only one that ran is an external one.
  if (/external filter /u.test(text)) return undefined;
  const { path, name } = /^fatal: (?<path>.*): clean filter '(?<name>.*)' failed$/mu.exec(text)?.groups ?? {};
  return path === undefined || name === undefined ? undefined : { path, name };
}

function filterError({ path, name }: { readonly path: string; readonly name: string }, cause: unknown): PackyardError {
  return new PackyardError({
    code: 'git-failed',
    message: `${JSON.stringify(path)} goes through the filter ${JSON.stringify(name)}, a program that only the repository's own settings name.`,
    hint: 'Packyard runs no program that a repository names. Set the filter up in your own settings, with git config --global, if you trust it; or read a commit with --rev HEAD.',
    cause,
  });
}
