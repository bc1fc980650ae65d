import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { onTestFinished } from 'vitest';

import { scratch } from './scratch.ts';
import { PEERS_REQUIRED } from './peers.ts';

/** Web servers, as the packages of Debian and Ubuntu install them. */
export type WebServer = 'nginx' | 'apache2' | 'caddy';

export const WEB_SERVERS: readonly WebServer[] = ['nginx', 'apache2', 'caddy'];

export interface WebHost {
  /** With a slash at its end. */
  readonly url: string;
  /** The folder that is served: a copy, which the server may read as whatever user it runs as. */
  readonly folder: string;
}

interface Place {
  /** An empty folder of the server's own. */
  readonly own: string;
  readonly site: string;
  readonly port: number;
  /** What the server is told besides, in its own words. */
  readonly snippet: string | undefined;
}

interface Start {
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

/** The file that a package installs, and how a server of its own is started with next to nothing of it changed. */
const SERVERS: Readonly<Record<WebServer, { readonly configuration: string; start(place: Place): Start }>> = {
  nginx: { configuration: '/etc/nginx/nginx.conf', start: startNginx },
  apache2: { configuration: '/etc/apache2/apache2.conf', start: startApache },
  caddy: { configuration: '/etc/caddy/Caddyfile', start: startCaddy },
};

/** Why a server cannot be tested here, or undefined when it can, or must. */
export function missingWebServer(kind: WebServer): string | undefined {
  if (PEERS_REQUIRED) return undefined;
  const { configuration } = SERVERS[kind];
  const there = spawnSync(kind, [kind === 'caddy' ? 'version' : '-v'], { stdio: 'ignore' }).status === 0;
  return there && existsSync(configuration) ? undefined : `no ${kind} with ${configuration} here`;
}

/**
 * Serves a folder with the default configuration of a web server until the test ends; for nginx and Caddy with the words
 * of a snippet for its server or site in it.
 */
export async function webHost(kind: WebServer, folder: string, snippet?: string): Promise<WebHost> {
  const top = await scratch();
  const [own, site] = [join(top, 'own'), join(top, 'site')];
  mkdirSync(own);
  // With their times: Apache takes a file of the last second for one that may still change.
  cpSync(folder, site, { recursive: true, preserveTimestamps: true });
  chmodSync(top, 0o755);
  chmodSync(site, 0o755);
  for (let tries = 1; ; tries += 1) {
    const port = await freePort();
    const { args, env = {} } = SERVERS[kind].start({ own, site, port, snippet });
    const server = spawn(kind, args, { env: { PATH: process.env['PATH'], ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    const said: string[] = [];
    server.on('error', ({ message }) => said.push(message));
    for (const stream of [server.stdout, server.stderr])
      stream.on('data', (text: Buffer) => said.push(text.toString()));
    onTestFinished(() => stopped(server));
    if (await answers(server, port)) return { url: `http://127.0.0.1:${port}/`, folder: site };
    await stopped(server);
    // Somebody else may have taken the port meanwhile.
    if (tries === 3) throw new Error(`${kind} does not start: ${said.join('')}`);
  }
}

function startNginx({ own, site, port, snippet }: Place): Start {
  const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path ${join(own, name)};`,
  );
  const server = changed(readFileSync('/etc/nginx/sites-available/default', 'utf8'), [
    [/listen 80 default_server;/u, `listen 127.0.0.1:${port} default_server;`],
    [/listen \[::\]:80 default_server;/u, ''],
    [/root \/var\/www\/html;/u, `root ${site};${snippet === undefined ? '' : ` include ${join(own, 'snippet')};`}`],
  ]);
  if (snippet !== undefined) writeFileSync(join(own, 'snippet'), snippet);
  const main = changed(readFileSync(SERVERS.nginx.configuration, 'utf8'), [
    [/pid \S+;/u, `pid ${join(own, 'pid')};`],
    [/access_log \S+;/u, `access_log ${join(own, 'access.log')}; ${temporary.join(' ')}`],
    [/include \/etc\/nginx\/sites-enabled\/\*;/u, `include ${join(own, 'site')};`],
    [/error_log \S+;/u, `error_log ${join(own, 'error.log')};`],
  ]);
  writeFileSync(join(own, 'site'), server);
  writeFileSync(join(own, 'nginx.conf'), main);
  return { args: ['-e', join(own, 'error.log'), '-c', join(own, 'nginx.conf'), '-g', 'daemon off;'] };
}

function startApache({ own, site, port }: Place): Start {
  const root = join(own, 'apache2');
  cpSync('/etc/apache2', root, { recursive: true, verbatimSymlinks: true });
  const edit = (file: string, changes: readonly Change[]): void => {
    writeFileSync(join(root, file), changed(readFileSync(join(root, file), 'utf8'), changes));
  };
  edit('ports.conf', [[/^Listen 80$/mu, `Listen 127.0.0.1:${port}`]]);
  edit('apache2.conf', [[/<Directory \/var\/www\/>/u, `<Directory ${site}/>`]]);
  edit('sites-available/000-default.conf', [
    [/<VirtualHost \*:80>/u, `<VirtualHost *:${port}>`],
    [/DocumentRoot \/var\/www\/html/u, `DocumentRoot ${site}`],
  ]);
  const env = {
    APACHE_RUN_USER: 'www-data',
    APACHE_RUN_GROUP: 'www-data',
    APACHE_PID_FILE: join(own, 'pid'),
    APACHE_RUN_DIR: own,
    APACHE_LOCK_DIR: own,
    APACHE_LOG_DIR: own,
    LANG: 'C',
  };
  return { args: ['-d', root, '-f', join(root, 'apache2.conf'), '-D', 'FOREGROUND'], env };
}

function startCaddy({ own, site, port, snippet }: Place): Start {
  const site80 = changed(readFileSync(SERVERS.caddy.configuration, 'utf8'), [
    [/^:80 \{$/mu, `:${port} {\n\tbind 127.0.0.1`],
    [/root \* \/usr\/share\/caddy/u, `root * ${site}`],
    [/^\tfile_server$/mu, snippet === undefined ? '\tfile_server' : `\timport ${join(own, 'snippet')}`],
  ]);
  if (snippet !== undefined) writeFileSync(join(own, 'snippet'), snippet);
  writeFileSync(join(own, 'Caddyfile'), `{\n\tadmin off\n}\n${site80}`);
  const env = { HOME: own, XDG_DATA_HOME: own, XDG_CONFIG_HOME: own };
  return { args: ['run', '--config', join(own, 'Caddyfile'), '--adapter', 'caddyfile'], env };
}

type Change = readonly [RegExp, string];

/** Only what is there can be changed: else the configuration is not the one that was meant. */
function changed(text: string, changes: readonly Change[]): string {
  return changes.reduce((current, [from, to]) => {
    if (!from.test(current)) throw new Error(`The configuration has no ${String(from)}:\n${current}`);
    return current.replace(from, () => to);
  }, text);
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function answers(server: ChildProcess, port: number): Promise<boolean> {
  for (let tries = 0; tries < 400 && server.exitCode === null && server.pid !== undefined; tries += 1) {
    const response = await fetch(`http://127.0.0.1:${port}/index.json`).catch(() => undefined);
    await response?.body?.cancel();
    if (response?.status === 200) return true;
    await setTimeout(25);
  }
  return false;
}

async function stopped(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null || server.signalCode !== null) return;
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await Promise.race([ended, setTimeout(5000).then(() => server.kill('SIGKILL'))]);
  await ended;
}
