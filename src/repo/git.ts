import { statSync } from 'node:fs';

import { simpleGit, type SimpleGitOptions } from 'simple-git';

import { PackyardError, systemCode } from '../errors.ts';
import { gitEnvironment } from './git-environment.ts';

/** Runs one Git command and resolves with its standard output. */
export type Git = (args: readonly string[]) => Promise<string>;

/**
 * Git in a directory. Arguments go to the process as they are, without a shell; what is not trusted must stand behind
 * `--` or `--end-of-options`. Rejects with `git-missing` or `git-failed`.
 */
export function gitIn(directory: string, options: GitOptions = {}): Git {
  if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) throw missingDirectory(directory);
  const environment = gitEnvironment(options.environment);
  const git = simpleGit({
    baseDir: directory,
    allowEnvironment: Object.keys(environment),
    config: [...(options.config ?? [])],
    unsafe: TRUSTED,
    errors: failure,
    // Output can still be on its way when the process is gone: only the end of its streams is the end.
    completion: { onClose: true, onExit: false },
  }).env(environment);
  return async (args) => {
    try {
      return await git.raw([...args]);
    } catch (error) {
      throw gitError(error, args);
    }
  };
}

export interface GitOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Settings that stand above those of the repository and the user: `key=value`. */
  readonly config?: readonly string[];
}

/**
 * Configuration that arrives by environment (`GIT_CONFIG_COUNT`, `GIT_CONFIG_GLOBAL`, …) is the caller's own, and no less
 * trusted than `~/.gitconfig`: simple-git would refuse to start Git when it is there.
 */
const TRUSTED: NonNullable<SimpleGitOptions['unsafe']> = {
  allowUnsafeAlias: true,
  allowUnsafeAskPass: true,
  allowUnsafeCommandBinaries: true,
  allowUnsafeConfigEnvCount: true,
  allowUnsafeConfigPaths: true,
  allowUnsafeCredentialHelper: true,
  allowUnsafeDiffExternal: true,
  allowUnsafeDiffTextConv: true,
  allowUnsafeEditor: true,
  allowUnsafeExec: true,
  allowUnsafeFilter: true,
  allowUnsafeFsMonitor: true,
  allowUnsafeGitProxy: true,
  allowUnsafeGpgProgram: true,
  allowUnsafeHooksPath: true,
  allowUnsafeInclude: true,
  allowUnsafeMergeDriver: true,
  allowUnsafePager: true,
  allowUnsafeProtocolOverride: true,
  allowUnsafeSshCommand: true,
  allowUnsafeSubmodule: true,
  allowUnsafeTemplateDir: true,
  allowUnsafeUrlRewrite: true,
};

/** A command fails when its status says so, whether it prints why or not. */
const failure: NonNullable<SimpleGitOptions['errors']> = (error, { exitCode }) => {
  if (error !== undefined || exitCode === 0) return error;
  return Buffer.from(typeof exitCode === 'number' ? `exit status ${exitCode}` : 'stopped by a signal');
};

function missingDirectory(directory: string): PackyardError {
  return new PackyardError({
    code: 'no-repository',
    message: `${directory} is not a directory.`,
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
