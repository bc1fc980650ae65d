import type { ChildProcess } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import { builderOf } from '../helpers/build-registry.ts';
import { outcomeOf, runCli, startCli, transcript, type CliResult } from '../helpers/cli.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';

interface Running {
  readonly process: ChildProcess;
  readonly url: string;
  readonly err: () => string;
  /** Temporary folders that are there. */
  readonly left: () => string[];
  readonly ended: Promise<CliResult>;
}

async function started(args: readonly string[], cwd: string): Promise<Running> {
  const temporary = await scratch();
  const env = { PACKYARD_CACHE_DIR: join(temporary, 'cache'), TMPDIR: temporary };
  const process = startCli(['serve', '--port', '0', ...args], { cwd, env });
  onTestFinished(() => void process.kill('SIGKILL'));
  let [out, err] = ['', ''];
  process.stdout?.on('data', (chunk: Buffer) => (out += chunk.toString()));
  process.stderr?.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = outcomeOf(process);
  const left = (): string[] => readdirSync(temporary).filter((name) => name.startsWith('packyard-'));
  const urlIn = (): string | undefined => /http:\/\/127\.0\.0\.1:\d+\//u.exec(out)?.[0];
  await expect.poll(urlIn, { timeout: 20_000 }).toBeDefined();
  return { process, url: urlIn() ?? '', err: () => err, left, ended };
}

async function demo(): Promise<TestRepository> {
  return gitRepository({ 'registry.yaml': 'name: demo\ntitle: Demo packs\n', ...packFiles('packs/demo-1.0.0') });
}

const scrubbed = (result: CliResult): string => transcript(result).replace(/127\.0\.0\.1:\d+/gu, '127.0.0.1:<port>');

/** A connection that a client keeps after an answer. */
async function keptAlive(url: string): Promise<Socket> {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.write(`GET /index.json HTTP/1.1\r\nHost: ${hostname}\r\n\r\n`);
  await new Promise((resolve) => socket.once('data', resolve));
  return socket;
}

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s ends it, with clients still connected', async (signal) => {
  const { path } = await demo();
  const { process, url, left, ended } = await started([], path);
  expect(left()).toHaveLength(1);
  const socket = await keptAlive(url);
  const events = await fetch(`${url}-/events`);
  process.kill(signal);
  const result = await ended;
  expect(scrubbed(result)).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    Registry http://127.0.0.1:<port>/ (Ctrl-C ends it)
    --- stderr
    Built: 25 files written, 0 removed.
    Stopped."
  `);
  expect(left()).toEqual([]);
  await events.text();
  socket.destroy();
});

test('a change is built, its findings are printed, and a registry with errors is not shown', async () => {
  const repository = await demo();
  const { process, url, err, ended } = await started(['--verbose'], repository.path);
  expect(await runCli(['list', '--registry', url])).toMatchObject({ status: 0 });
  repository.write({ 'packs/demo-1.0.0/pack.json': '{\n  "name": "demo",\n' });
  await expect.poll(err, { timeout: 20_000 }).toContain('Nothing was written: 1 pack refused.');
  expect(err()).toMatch(/packs\/demo-1\.0\.0\/pack\.json:\d+:\d+ error/u);
  expect(err()).toContain('GET /index.json 200\n');
  expect(await runCli(['verify', url])).toMatchObject({ status: 0, stderr: '' });
  process.kill('SIGINT');
  expect((await ended).status).toBe(0);
});

test('two servers share a machine, and a folder', async () => {
  const repository = await demo();
  const { out, build } = await builderOf(repository);
  await build();
  const servers = [await started([out, '--json'], '.'), await started([out, '--quiet'], '.')];
  for (const { url } of servers) expect((await fetch(`${url}index.json`)).status).toBe(200);
  for (const { process } of servers) process.kill('SIGINT');
  const results = await Promise.all(servers.map(({ ended }) => ended));
  expect(results.map(({ status, stderr }) => ({ status, stderr }))).toEqual([
    { status: 0, stderr: 'Stopped.\n' },
    { status: 0, stderr: '' },
  ]);
  expect(JSON.parse(results[0]?.stdout ?? '')).toEqual({
    format: 'packyard-serve/1',
    url: servers[0]?.url,
    folder: out,
  });
});

test('others in the network are served only when told so, with a warning', async () => {
  const { out, build } = await builderOf(await demo());
  await build();
  const process = startCli(['serve', out, '--port', '0', '--host', '0.0.0.0']);
  onTestFinished(() => void process.kill('SIGKILL'));
  process.stdout?.once('data', () => process.kill('SIGINT'));
  const { status, stderr } = await outcomeOf(process);
  expect({ status, stderr }).toEqual({
    status: 0,
    stderr:
      'warning Every machine that reaches 0.0.0.0 can read this registry.\n' +
      '  → Leave --host out to serve this machine only.\nStopped.\n',
  });
});

test('a port that is taken is said before anything is built', async () => {
  const repository = await demo();
  const { url, process, ended } = await started([], repository.path);
  const { port } = new URL(url);
  const result = await runCli(['serve', '--port', port], { cwd: repository.path });
  expect(transcript(result).replaceAll(port, '<port>')).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error No server can be started at port <port> of 127.0.0.1: another program listens there.
      → End that one, name another port with --port, or leave --port out to get the next one that is free."
  `);
  process.kill('SIGINT');
  await ended;
});

const REFUSED = [
  ['--port', '70000'],
  ['--port', 'http'],
  ['public', '--keep-going'],
  ['public', '--repo', '.'],
  [''],
  ['https://packs.example.org'],
];

test.each(REFUSED.map((args) => ({ args, line: args.join(' ') })))('serve $line', async ({ args }) => {
  const cwd = await scratch();
  expect(transcript(await runCli(['serve', ...args], { cwd }), { cwd })).toMatchSnapshot();
});

test('a folder that is not there is not served', async () => {
  const { status, stdout, stderr } = await runCli(['serve', 'no-such-folder'], { cwd: await scratch() });
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toContain('error There is no registry in ');
});

test('help', async () => {
  expect(transcript(await runCli(['serve', '--help']))).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    Usage: packyard serve [options] [dir]

    Serves the registry in DIR, or that of the work tree, on this machine, with the
    headers of a good host.

    Arguments:
      dir              folder of a built registry; default: build one from the work
                       tree

    Options:
      --repo <dir>     without DIR: a folder of the repository; default: the current
                       one
      --port <number>  where to listen, 0 for any; default: 7225, or the next one
                       that is free
      --host <host>    address to listen at; default: 127.0.0.1, which no other
                       machine can reach
      --keep-going     without DIR: when a pack has errors, build the others
      --no-cache       without DIR: neither read nor write the cache of builds
      --verbose        print a line for each request
      --json           print where it listens as JSON
      -q, --quiet      print findings and errors only
      -h, --help       display help for command

    Without DIR the registry is built from the work tree into a temporary folder, and again after every change; pages that
    show it load themselves anew. Where a change has errors they are printed, and what was there before is served on.
    Ctrl-C ends it.

    Examples:
      packyard serve                             see the packs of this repository before the pull request
      packyard search web --registry http://127.0.0.1:7225
                                                 use them as a client, in another terminal
      packyard serve public --port 8080          what \`packyard build\` made, at a port of your choice
      packyard serve --host 0.0.0.0 --verbose    for others in the network as well, with a line for each request

    Exit status:
      0  done
      1  the answer is no: findings, not found, a release that would change
      2  could not run: usage, environment, input or output
      3  integrity or trust failure"
  `);
});
