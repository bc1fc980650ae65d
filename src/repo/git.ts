import type { SimpleGit, SimpleGitOptions } from 'simple-git';

import { gitEnvironment } from './git-environment.ts';
import { gitError, requireDirectory } from './git-errors.ts';
import { gitProgram } from './git-program.ts';

/** Runs one Git command and resolves with its standard output. */
export type Git = (args: readonly string[]) => Promise<string>;

/**
 * Git in a directory. Arguments go to the process as they are, without a shell; what is not trusted must stand behind
 * `--` or `--end-of-options`. Rejects with `git-missing` or `git-failed`.
 */
export function gitIn(directory: string, options: GitOptions = {}): Git {
  requireDirectory(directory);
  let git: Promise<SimpleGit> | undefined;
  return async (args) => {
    try {
      git ??= open(directory, options);
      return await (await git).raw([...args]);
    } catch (error) {
      throw gitError(error, args);
    }
  };
}

/** The library is loaded with the first command: where nothing is asked but what `askGit` answers, that spares a start. */
async function open(directory: string, options: GitOptions): Promise<SimpleGit> {
  const { simpleGit } = await import('simple-git');
  const environment = gitEnvironment(options.environment);
  return simpleGit({
    baseDir: directory,
    binary: gitProgram(),
    allowEnvironment: Object.keys(environment),
    config: [...(options.config ?? [])],
    unsafe: TRUSTED,
    errors: failure,
    // Output can still be on its way when the process is gone: only the end of its streams is the end.
    completion: { onClose: true, onExit: false },
  }).env(environment);
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
  // Of the path of a program on Windows it knows no blanks.
  allowUnsafeCustomBinary: true,
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
