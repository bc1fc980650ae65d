import { spawn } from 'node:child_process';

import { gitEnvironment } from '../../repo/git-environment.ts';
import { gitError } from '../../repo/git-errors.ts';
import { gitProgram } from '../../repo/git-program.ts';

/** How a Git command ended. */
export interface GitResult {
  readonly status: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunGitOptions {
  /** Absolute path of the folder that it runs in. */
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly input?: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Runs one Git command and resolves with how it ended, whatever its status. What is not trusted must stand behind `--`.
 * Rejects with `git-missing`, or with the reason of the signal.
 */
export async function runGit(args: readonly string[], options: RunGitOptions): Promise<GitResult> {
  const { directory, environment, input, signal } = options;
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    const child = spawn(gitProgram(), args, { cwd: directory, env: gitEnvironment(environment), windowsHide: true });
    const [stdout, stderr]: [Buffer[], Buffer[]] = [[], []];
    // Asked to end, and not killed, so that it takes the programs along that it has started.
    const stop = (): void => {
      child.kill();
      // Those may have its output open for as long as they like.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    signal?.addEventListener('abort', stop, { once: true });
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => reject(gitError(error, args)));
    child.on('close', (status) => {
      signal?.removeEventListener('abort', stop);
      if (signal?.aborted === true) reject(signal.reason as Error);
      else resolve({ status: status ?? -1, stdout: textOf(stdout), stderr: textOf(stderr) });
    });
    child.stdin.end(input);
  });
}

function textOf(chunks: readonly Buffer[]): string {
  return Buffer.concat(chunks).toString('utf8');
}
