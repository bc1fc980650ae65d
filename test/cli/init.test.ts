import { spawn, spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import packageJson from '../../package.json' with { type: 'json' };
import { MAIN, outcomeOf, runCli, transcript } from '../helpers/cli.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { PEERS_REQUIRED } from '../helpers/peers.ts';
import { scratch } from '../helpers/scratch.ts';

async function run(cwd: string, ...args: readonly string[]): Promise<string> {
  const text = transcript(await runCli(['init', ...args], { cwd }), { folder: cwd });
  return text.replaceAll(packageJson.version, '<version>');
}

test('a new registry, and again', async () => {
  const folder = await scratch();
  expect(await run(folder, 'acme packs', '--yes', '--dry-run')).toMatchSnapshot();
  expect(readdirSync(folder)).toEqual([]);
  expect(await run(folder, 'acme packs', '--yes')).toMatchSnapshot();
  expect(await run(folder, 'acme packs', '--yes')).toBe(
    'exit status 0\n--- stdout\nacme packs has everything already: nothing to do.',
  );
  expect(await run(join(folder, 'acme packs'), '--yes', '--quiet')).toBe('exit status 0');
  expect((await run(join(folder, 'acme packs', 'packs'))).replaceAll(folder, '<folder>')).toMatchSnapshot();
});

test('packs that are there, and what is left to people', async () => {
  const { path } = await gitRepository({
    'apps/a/1.0.0/pack.json': '{}',
    'b-1.0.0/pack.json': '{}',
    'package.json': '{ "scripts": { "build": "make" }, "devDependencies": { "packyard": "9.9.9" } }\n',
  });
  expect(
    await run(path, '--host', 's3', '--owners', '@acme/a, @acme/b', '--owners', 'me@example.org'),
  ).toMatchSnapshot();
  expect(readFileSync(join(path, '.github/CODEOWNERS'), 'utf8')).toContain('\n* @acme/a @acme/b me@example.org\n');
});

test('as JSON', async () => {
  const { stdout, status } = await runCli(['init', '--json', '--dry-run', '--no-pack', '--no-git'], {
    cwd: await scratch(),
  });
  const document = JSON.parse(stdout) as Record<string, unknown>;
  expect(status).toBe(0);
  expect(Object.keys(document)).toEqual([
    'format',
    'dryRun',
    'root',
    'git',
    'registry',
    'packs',
    'files',
    'byHand',
    'next',
  ]);
  expect(document).toMatchObject({
    format: 'packyard-init/1',
    dryRun: true,
    git: 'none',
    registry: { host: 'pages', pack: null, url: null },
  });
});

test.each([
  ['--host', 'ftp'],
  ['--owners', 'nobody'],
  ['--name', 'Not A Name'],
])('%s %s is refused', async (...args) => {
  const folder = await scratch();
  expect(await run(folder, ...args)).toMatchSnapshot();
  expect(readdirSync(folder)).toEqual([]);
});

test('the next steps call it as it was called, and go to a folder whatever its name', async () => {
  const folder = await scratch();
  const command = join(folder, 'packyard');
  symlinkSync(MAIN, command);
  const next = (name: string, npm?: string): string => {
    const env = { ...process.env, npm_command: npm, npm_lifecycle_event: undefined };
    const { stdout } = spawnSync(process.execPath, [command, 'init', name, '--yes'], {
      cwd: folder,
      env,
      encoding: 'utf8',
    });
    return stdout;
  };
  expect(next('./-x')).toMatch(/ cd \.\/-x\n[^]* packyard build\n/u);
  expect(next('y', 'exec')).toContain(` npx packyard@${packageJson.version} build\n`);
});

/** Types answers at a terminal, each when its question stands there. */
async function typed(cwd: string, answers: readonly (readonly [question: string, keys: string])[]): Promise<string> {
  const command = [process.execPath, MAIN, 'init', 'reg'].map((word) => `'${word}'`).join(' ');
  const env = {
    ...process.env,
    CI: undefined,
    TERM: 'xterm',
    NO_COLOR: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_CONFIG_NOSYSTEM: '1',
  };
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], { cwd, env });
  let seen = '';
  const waiting = [...answers];
  child.stdout.on('data', (data: Buffer) => {
    seen += data.toString('utf8');
    const [next] = waiting;
    if (next === undefined || !seen.includes(next[0])) return;
    waiting.shift();
    seen = '';
    child.stdin.write(next[1]);
  });
  return transcript(await outcomeOf(child));
}

const NO_SCRIPT = spawnSync('script', ['--version']).status !== 0 && !PEERS_REQUIRED;

test.skipIf(NO_SCRIPT)('questions at a terminal (needs script of util-linux)', async () => {
  const folder = await scratch();
  const text = await typed(folder, [
    ['What is the registry called', '\r'],
    ['And for people?', ' of ours\r'],
    ['public address', 'https://git.example.org/reg\r'],
    ['Where is the registry published?', '\u001b[B\r'],
    ['Who reviews', '@acme/team\r'],
    ['Add a first pack', 'n'],
  ]);
  expect(text).toContain('exit status 0');
  expect(text).toContain('Next');
  const read = (path: string): string => readFileSync(join(folder, 'reg', path), 'utf8');
  expect(read('registry.yaml')).toContain('name: reg\n\n# What people see.\ntitle: "Reg of ours"\n');
  expect(read('registry.yaml')).toContain('repository: https://git.example.org/reg\n');
  expect(read('.github/CODEOWNERS')).toContain('* @acme/team\n');
  expect([
    existsSync(join(folder, 'reg/packs')),
    existsSync(join(folder, 'reg/.github/workflows/publish-s3.yml')),
  ]).toEqual([false, true]);
});

test.skipIf(NO_SCRIPT)('Ctrl-C leaves nothing (needs script of util-linux)', async () => {
  const folder = await scratch();
  const text = await typed(folder, [
    ['What is the registry called', '\r'],
    ['And for people?', '\u0003'],
  ]);
  expect(text).toContain('exit status 2');
  expect(text).toContain('Nothing was decided, and nothing was written.');
  expect(readdirSync(folder)).toEqual([]);
});
