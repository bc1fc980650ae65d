import { execFile } from 'node:child_process';

import { gitEnvironment } from './git-environment.ts';
import { gitError, requireDirectory, unreadableFolder } from './git-errors.ts';
import { gitProgram } from './git-program.ts';

/**
 * Asks Git one of the questions with which every run begins, and resolves with its standard output. Straight to the
 * process: loading a library takes longer than Git needs to answer. Arguments as for `gitIn`.
 * Rejects with `git-missing`, or with `git-failed`, also where Git passed over a folder that it may not read.
 */
export async function askGit(
  directory: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<string> {
  requireDirectory(directory);
  const env = gitEnvironment(environment);
  const options = { cwd: directory, env, maxBuffer: Number.POSITIVE_INFINITY, windowsHide: true };
  return new Promise((resolve, reject) => {
    execFile(gitProgram(), [...args], options, (error, stdout, stderr) => {
      const unread = error === null ? unreadableFolder(stderr) : undefined;
      if (unread !== undefined) reject(unread);
      else if (error === null) resolve(stdout);
      else reject(gitError(stderr.trim() === '' ? error : new Error(stderr), args));
    });
  });
}
