import { execFileSync, spawn } from 'node:child_process';
import { basename, dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { onTestFinished } from 'vitest';

import { freePort } from './tutorial/free-port.ts';

/** Address of a bare repository behind `git daemon`, which everybody may read and push to, until the test ends. */
export async function gitDaemon(repository: string): Promise<string> {
  const port = await freePort();
  const flags = ['--listen=127.0.0.1', `--port=${port}`, '--export-all', '--enable=receive-pack', '--reuseaddr'];
  const base = `--base-path=${dirname(repository)}`;
  // A group of its own: each connection has a process, which a signal to the first one does not reach.
  const daemon = spawn('git', ['daemon', ...flags, base], { detached: true, stdio: 'ignore' });
  const ended = new Promise((resolve) => daemon.once('close', resolve));
  onTestFinished(async () => {
    if (daemon.pid !== undefined && daemon.exitCode === null) process.kill(-daemon.pid, 'SIGKILL');
    await ended;
  });
  const url = `git://127.0.0.1:${port}/${basename(repository)}`;
  for (let tries = 0; tries < 200 && !answers(url); tries += 1) await setTimeout(25);
  return url;
}

function answers(url: string): boolean {
  try {
    execFileSync('git', ['ls-remote', url], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
