import { spawn, type ChildProcess } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { requirePosix } from '../sandbox.ts';

/** What a command printed, on both streams in their order, and its exit status. */
export interface ShellResult {
  readonly lines: readonly string[];
  readonly status: number;
}

/** One shell that keeps its folder, variables and background jobs from command to command. */
export interface ShellSession {
  run(command: string): Promise<ShellResult>;
  /** Starts a command that ends with `&`, and gives what it printed once `enough` says so, or after ten seconds. */
  start(command: string, enough: (lines: readonly string[]) => boolean): Promise<ShellResult>;
  /** The folder that it is in. */
  folder(): Promise<string>;
  /** Ends the shell and all that it started. */
  close(): Promise<void>;
}

export interface ShellOptions {
  /** Empty folder for what the session itself needs. */
  readonly own: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string>>;
  /** Milliseconds for one command. */
  readonly limit?: number;
}

export function openShell({ own, cwd, env, limit = 60_000 }: ShellOptions): ShellSession {
  requirePosix('shell');
  const mark = `end-${randomUUID()}`;
  // A group of its own, so that background jobs end with it.
  const shell = spawn('bash', ['--noprofile', '--norc'], {
    cwd,
    env,
    detached: true,
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const closed = new Promise<void>((resolve) => void shell.once('close', () => resolve()));
  const ends = endsOf(shell, mark);
  let jobs = 0;
  shell.stdin.on('error', () => undefined);
  shell.stdin.write('exec 2>&1\n');

  const run = async (command: string, redirection = ''): Promise<ShellResult> => {
    const quoted = `'${command.replaceAll("'", "'\\''")}'`;
    // Standard input is where further commands come from: nothing may read them.
    shell.stdin.write(`eval ${quoted} </dev/null ${redirection}\nprintf '\\n${mark} %d\\n' $?\n`);
    const text = await Promise.race([
      ends.next(),
      closed.then(() => undefined),
      setTimeout(limit, undefined, { ref: false }),
    ]);
    if (text === undefined) throw new Error(`"${command}" did not end within ${limit / 1000} s, or ended the shell.`);
    return text;
  };

  return {
    run: (command) => run(command),
    async start(command, enough) {
      jobs += 1;
      const log = join(own, `job-${jobs}.log`);
      const { status } = await run(command, `>'${log}' 2>&1`);
      for (let tries = 0; ; tries += 1) {
        const lines = linesOf(readFileSync(log, 'utf8'));
        if (enough(lines) || tries === 200) return { lines, status };
        await setTimeout(50);
      }
    },
    async folder() {
      const { lines } = await run('pwd -P');
      return lines[0] ?? cwd;
    },
    async close() {
      if (shell.pid !== undefined && shell.exitCode === null && shell.signalCode === null)
        process.kill(-shell.pid, 'SIGKILL');
      await closed;
    },
  };
}

interface Ends {
  next(): Promise<ShellResult>;
}

/** Cuts what a shell prints where the mark says that a command has ended. */
function endsOf(shell: ChildProcess, mark: string): Ends {
  const end = new RegExp(`^(?<text>[\\s\\S]*?)\\n${mark} (?<status>\\d+)\\n`, 'u');
  let text = '';
  let waiting: ((result: ShellResult) => void) | undefined;
  shell.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    text += chunk;
    const groups = end.exec(text)?.groups;
    if (groups === undefined) return;
    text = '';
    waiting?.({ lines: linesOf(groups['text'] ?? ''), status: Number(groups['status']) });
  });
  return { next: () => new Promise((resolve) => void (waiting = resolve)) };
}

function linesOf(text: string): string[] {
  // A guide cannot show empty lines at the end.
  const whole = text.replace(/\n+$/u, '');
  return whole === '' ? [] : whole.split('\n');
}
