import { execFileSync, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { onTestFinished } from 'vitest';

import { PEERS_REQUIRED } from './peers.ts';
import { scratch } from './scratch.ts';

/** Bare repositories behind Apache and Git's own `git-http-backend`, with basic authentication. */
export interface GitWebServer {
  /** Host and port. */
  readonly host: string;
  /** Address of a repository of the folder, without a login: `url('registry.git')`. */
  url(name: string): string;
  /** The same with a login in it. */
  urlFor(login: string, name: string): string;
  /** Method, path and status of each request until now, oldest first: `GET /registry.git/info/refs… 401`. */
  requests(): readonly string[];
}

export interface GitWebServerOptions {
  /** `user:password` of each who may read and write. Default: `ada:geheim`. */
  readonly logins?: readonly string[];
  /** `user:password` of each who may only read. */
  readonly readers?: readonly string[];
  /** Whether reading needs no login. Default: false. */
  readonly publicReading?: boolean;
}

const MODULES = '/usr/lib/apache2/modules';
/** Beside what Debian and Ubuntu build in. */
const NEEDED = [
  'mpm_event',
  'authn_core',
  'authn_file',
  'authz_core',
  'authz_user',
  'auth_basic',
  'alias',
  'env',
  'cgid',
];

function backend(): string {
  return join(execFileSync('git', ['--exec-path'], { encoding: 'utf8' }).trim(), 'git-http-backend');
}

/** Why there can be no such server here, or undefined when there can, or must. */
export function missingGitWebServer(): string | undefined {
  if (PEERS_REQUIRED) return undefined;
  if (spawnSync('apache2', ['-v'], { stdio: 'ignore' }).status !== 0) return 'no apache2 here';
  if (!existsSync(join(MODULES, 'mod_cgid.so'))) return `no modules of Apache in ${MODULES} here`;
  return existsSync(backend()) ? undefined : 'no git-http-backend here';
}

/**
 * Serves the bare repositories of a folder until the test ends. The folder is opened to all users, because Apache serves
 * as another one than root.
 */
export async function gitWebServer(folder: string, options: GitWebServerOptions = {}): Promise<GitWebServer> {
  const own = await scratch();
  chmodSync(own, 0o755);
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.git'))) share(join(folder, name));
  openPath(folder);
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    writeFileSync(join(own, 'users'), usersFile(options));
    writeFileSync(join(own, 'apache.conf'), configuration(own, folder, port, options));
    mkdirSync(join(own, 'run'), { recursive: true });
    chmodSync(join(own, 'run'), 0o777);
    const server = spawn('apache2', ['-d', own, '-f', join(own, 'apache.conf'), '-D', 'FOREGROUND'], {
      env: { PATH: process.env['PATH'], LANG: 'C' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const said: string[] = [];
    server.on('error', ({ message }) => said.push(message));
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (text: Buffer) => said.push(text.toString()));
    onTestFinished(() => stopped(server));
    if (await answers(server, port)) return served(own, port);
    await stopped(server);
    if (tries === 3) throw new Error(`apache2 does not start: ${said.join('')}${errorsIn(own)}`);
  }
}

function served(own: string, port: number): GitWebServer {
  const host = `127.0.0.1:${port}`;
  return {
    host,
    url: (name) => `http://${host}/${name}`,
    urlFor: (login, name) => `http://${login}@${host}/${name}`,
    requests: () =>
      readFileSync(join(own, 'run', 'access.log'), 'utf8')
        .split('\n')
        .filter((line) => line !== '' && !line.includes(' /packyard-alive ')),
  };
}

function share(repository: string): void {
  const git = (...args: readonly string[]): void => {
    execFileSync('git', ['-C', repository, ...args], { stdio: 'ignore' });
  };
  git('config', 'http.receivepack', 'true');
  git('config', 'core.sharedRepository', 'world');
  execFileSync('chmod', ['-R', 'a+rwX', repository]);
}

/** Folders for tests are their owner's alone. */
function openPath(folder: string): void {
  chmodSync(folder, 0o755);
  const above = join(folder, '..');
  if (/packyard-test-[^/]*$/u.test(above)) chmodSync(above, 0o755);
}

function usersFile({ logins = ['ada:geheim'], readers = [] }: GitWebServerOptions): string {
  return [...logins, ...readers]
    .map((login) => {
      const [user = '', password = ''] = login.split(':', 2);
      return `${user}:{SHA}${createHash('sha1').update(password).digest('base64')}\n`;
    })
    .join('');
}

function configuration(
  own: string,
  folder: string,
  port: number,
  { logins = ['ada:geheim'], publicReading }: GitWebServerOptions,
): string {
  const writers = logins.map((login) => login.split(':', 1)[0]).join(' ');
  return `ServerName 127.0.0.1
Listen 127.0.0.1:${port}
PidFile ${own}/run/pid
ScriptSock ${own}/run/cgi
ErrorLog ${own}/run/error.log
${NEEDED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`).join('\n')}
User www-data
Group www-data
DefaultRuntimeDir ${own}/run
LogFormat "%m %U%q %>s" plain
CustomLog ${own}/run/access.log plain
SetEnv GIT_PROJECT_ROOT ${folder}
SetEnv GIT_HTTP_EXPORT_ALL 1
SetEnv GIT_CONFIG_NOSYSTEM 1
SetEnv GIT_CONFIG_COUNT 1
SetEnv GIT_CONFIG_KEY_0 safe.directory
SetEnv GIT_CONFIG_VALUE_0 *
ScriptAlias / ${backend()}/
<Location />
  AuthType Basic
  AuthName packs
  AuthUserFile ${own}/users
  <RequireAny>
    <RequireAll>
      Require expr %{QUERY_STRING} !~ /service=git-receive-pack/
      Require expr %{REQUEST_URI} !~ /git-receive-pack$/
      Require ${publicReading === true ? 'all granted' : 'valid-user'}
    </RequireAll>
    Require user ${writers}
  </RequireAny>
</Location>
<Location /packyard-alive>
  Require all granted
</Location>
`;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** Whatever it answers: it is there. */
async function answers(server: ChildProcess, port: number): Promise<boolean> {
  for (let tries = 0; tries < 400 && server.exitCode === null && server.pid !== undefined; tries += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/packyard-alive`).catch(() => undefined);
    await response?.body?.cancel();
    if (response !== undefined) return true;
    await setTimeout(25);
  }
  return false;
}

function errorsIn(own: string): string {
  const log = join(own, 'run', 'error.log');
  return existsSync(log) ? readFileSync(log, 'utf8') : '';
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await Promise.race([ended, setTimeout(5000).then(() => server.kill('SIGKILL'))]);
  await ended;
}
