import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { runProgram } from '../../src/cli/program.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { httpServer } from '../helpers/http-server.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { packedChart } from '../helpers/packed-chart.ts';
import { png } from '../helpers/png.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { runCli, scrub, transcript } from '../helpers/cli.ts';
import { scratch } from '../helpers/scratch.ts';

const CHART = fileURLToPath(new URL('../../packs/hello-yard-1.1.0/charts/hello-yard-1.1.0.tgz', import.meta.url));

async function run(folder: string, ...args: readonly string[]): Promise<string> {
  const terminal = recordedTerminal();
  const status = await runProgram(['new', ...args, '--no-cache'], terminal);
  const { out, err } = terminal.printed;
  return scrub(`exit status ${status}\n${out}${err === '' ? '' : `--- stderr\n${err}`}`, { folder });
}

async function repository(): Promise<string> {
  const { path } = await gitRepository({
    'registry.yaml': 'name: mine\n',
    ...packFiles('packs/demo-1.0.0', { manifest: { addonType: 'security' } }),
  });
  return path;
}

test('the command in a folder of its own, from start to end', async () => {
  const folder = await scratch();
  const first = await runCli(['new', '--chart', CHART, '--contributor', 'Test', '--version', '1.2.0'], { cwd: folder });
  expect(transcript(first, { folder })).toMatchSnapshot();
  expect(readdirSync(join(folder, 'hello-yard-1.2.0')).toSorted()).toEqual([
    'README.md',
    'charts',
    'pack.json',
    'values.yaml',
  ]);
  const second = await runCli(['new', '--chart', CHART, '--version', '1.2.0'], { cwd: folder });
  expect(transcript(second, { folder })).toMatchSnapshot();
});

test('a pack in a repository', async () => {
  const folder = await repository();
  expect(await run(folder, 'web', '--repo', folder, '--contributor', 'Test', '--addon-type', 'ai')).toMatchSnapshot();
  expect(existsSync(join(folder, 'packs/web-1.0.0/pack.json'))).toBe(true);
});

test('a release that is there', async () => {
  const folder = await repository();
  expect(await run(folder, 'demo', '--version', '1.0.0', '--repo', folder)).toMatchSnapshot();
});

test('a dry run writes nothing, and --quiet says nothing', async () => {
  const folder = await repository();
  const common = ['--repo', folder, '--contributor', 'Test', '--layer', 'os'];
  expect(await run(folder, 'web', '--dry-run', ...common)).toMatchSnapshot();
  expect(existsSync(join(folder, 'packs/web-1.0.0'))).toBe(false);
  expect(await run(folder, 'web', '--quiet', ...common)).toBe('exit status 0\n');
  expect(existsSync(join(folder, 'packs/web-1.0.0'))).toBe(true);
});

test('the result as JSON', async () => {
  const folder = await repository();
  const text = await run(folder, 'web', '--layer', 'kernel', '--repo', folder, '--contributor', 'Test', '--json');
  expect(text).toMatchSnapshot();
});

test('a pack with an error is written, said to be wrong, and the exit status says no', async () => {
  const folder = await repository();
  const manifest = join(folder, 'bad.yaml');
  writeFileSync(manifest, 'apiVersion: v1\nkind: Pod\n---\nkind: Service\n');
  const text = await run(folder, 'web', '--manifest', manifest, '--repo', folder, '--contributor', 'Test');
  expect(text).toMatchSnapshot();
});

test('what a chart says reaches no terminal as it is', async () => {
  const folder = await scratch();
  const chart = 'apiVersion: v2\nname: evil\nversion: 1.0.0\ndescription: "a\\e[31m\\u202eb"\n';
  const values = '"image":\n  repository: "quay.io/a/\\e[31m"\n  tag: "1"\n';
  writeFileSync(join(folder, 'evil.tgz'), packedChart('evil', '1.0.0', { 'Chart.yaml': chart, 'values.yaml': values }));
  const text = await run(folder, '--chart', join(folder, 'evil.tgz'), '--out', join(folder, 'out'), '--json');
  expect(text).not.toContain('\u001b');
  expect(text).not.toContain('\u202e');
  expect(readdirSync(join(folder, 'out'))).toContain('pack.json');
});

test('a chart with another hash than it shall have', async () => {
  const folder = await scratch();
  const text = await run(folder, '--chart', CHART, '--chart-sha256', '0'.repeat(64), '--out', join(folder, 'out'));
  expect(text).toContain('exit status 3\n--- stderr\nerror ');
  expect(existsSync(join(folder, 'out'))).toBe(false);
});

test('the icon of a chart comes over the network with --icon only', async () => {
  const folder = await scratch();
  const server = await httpServer((_, response) => response.end(png(16, 16)));
  const yaml = `apiVersion: v2\nname: app\nversion: 1.0.0\nicon: ${server.url}/a.png\n`;
  writeFileSync(join(folder, 'app.tgz'), packedChart('app', '1.0.0', { 'Chart.yaml': yaml }));
  const made = async (out: string, ...flags: readonly string[]): Promise<string[]> => {
    await run(folder, '--chart', join(folder, 'app.tgz'), '--out', join(folder, out), ...flags);
    return readdirSync(join(folder, out)).filter((name) => name === 'logo.png');
  };
  expect([await made('a'), await made('b', '--no-icon'), server.requests]).toEqual([[], [], []]);
  expect(await made('c', '--icon')).toEqual(['logo.png']);
});

test('many files are not all named', async () => {
  const folder = await scratch();
  const role = join(folder, 'role');
  mkdirSync(join(role, 'tasks'), { recursive: true });
  writeFileSync(join(role, 'tasks/main.yml'), '- a\n');
  for (let index = 0; index < 30; index += 1) writeFileSync(join(role, `file${index}`), '');
  expect(await run(folder, '--role', role, '--out', join(folder, 'out'))).toContain('  and 14 more files\n');
});

test.each([
  [['a', '--split-by-kind'], '--split-by-kind needs --manifest.', 'Name the manifests, or leave it out.'],
  [
    ['--from', 'a', '--split-by-kind', '--manifest', 'a'],
    '--split-by-kind and --from do not go together.',
    'Leave out one of the two.',
  ],
  [['a', '--cloud-types', ' , '], '--cloud-types names none.', 'Name some, as in aws,azure, or all.'],
])('%j is refused', async (args, message, hint) => {
  expect(await run('/nowhere', ...args)).toBe(`exit status 2\n--- stderr\nerror ${message}\n  → ${hint}\n`);
});

test('nothing is ever overwritten, whatever is asked for', async () => {
  expect(await run('/nowhere', 'a', '--force')).toContain('"--force" is no flag of packyard new.');
});
