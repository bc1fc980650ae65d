import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { onTestFinished } from 'vitest';

import { PEERS_REQUIRED } from './peers.ts';
import { scratch } from './scratch.ts';
import { freePort } from './tutorial/free-port.ts';

/** OpenSSH's server on a port of its own, at which one key gets in. */
export interface SshServer {
  /** Address of a repository of this machine. */
  url(path: string): string;
  /** For `GIT_SSH_COMMAND`: a client that knows nothing but the server and one key file; without one, what an agent has. */
  command(key: string | undefined): string;
  /** Paths of private keys without a passphrase: the one that gets in, and one that does not. */
  readonly key: string;
  readonly otherKey: string;
}

const SERVER = '/usr/sbin/sshd';

/** Why there can be no such server here, or undefined when there can, or must. */
export function missingSshServer(): string | undefined {
  if (PEERS_REQUIRED) return undefined;
  if (!existsSync(SERVER)) return 'no sshd here';
  return spawnSync('ssh', ['-V'], { stdio: 'ignore' }).status === 0 ? undefined : 'no ssh here';
}

/** Serves everything that this user may read until the test ends. */
export async function sshServer(): Promise<SshServer> {
  const own = await scratch();
  const [hostKey, key, otherKey] = ['host', 'key', 'other'].map((name) => newKey(join(own, name))) as [
    string,
    string,
    string,
  ];
  writeFileSync(join(own, 'authorized'), readFileSync(`${key}.pub`));
  chmodSync(join(own, 'authorized'), 0o600);
  // Where root starts it, it drops its rights in a folder that must be there.
  if (process.getuid?.() === 0) mkdirSync('/run/sshd', { recursive: true, mode: 0o755 });
  const port = await freePort();
  writeFileSync(join(own, 'sshd.conf'), configuration(own, hostKey, port));
  const server = spawn(SERVER, ['-f', join(own, 'sshd.conf'), '-D', '-e'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  server.stderr.on('data', (text: Buffer) => (said += text.toString()));
  onTestFinished(() => stopped(server));
  if (!(await listens(server, port))) throw new Error(`sshd does not start: ${said}`);
  const known = join(own, 'known');
  writeFileSync(known, `[127.0.0.1]:${port} ${readFileSync(`${hostKey}.pub`, 'utf8')}`);
  const options = [`UserKnownHostsFile=${known}`, 'GlobalKnownHostsFile=/dev/null', 'StrictHostKeyChecking=yes'];
  const client = ['ssh', '-F', '/dev/null', ...[...options, 'BatchMode=yes'].flatMap((option) => ['-o', option])];
  return {
    url: (path) => `ssh://${userInfo().username}@127.0.0.1:${port}${path}`,
    command: (file) => [...client, ...(file === undefined ? [] : ['-o', 'IdentitiesOnly=yes', '-i', file])].join(' '),
    key,
    otherKey,
  };
}

function newKey(path: string): string {
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-C', 'test', '-f', path]);
  return path;
}

function configuration(own: string, hostKey: string, port: number): string {
  return `ListenAddress 127.0.0.1:${port}
HostKey ${hostKey}
AuthorizedKeysFile ${own}/authorized
PidFile ${own}/pid
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin prohibit-password
UseDNS no
PrintMotd no
`;
}

async function listens(server: ChildProcess, port: number): Promise<boolean> {
  for (let tries = 0; tries < 400 && server.exitCode === null && server.pid !== undefined; tries += 1) {
    const open = await new Promise<boolean>((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return true;
    await setTimeout(25);
  }
  return false;
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}
