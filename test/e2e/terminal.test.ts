import { spawnSync } from 'node:child_process';

import { describe, expect, test } from 'vitest';

import { MAIN, runCli, type CliResult } from '../helpers/cli.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { scratch } from '../helpers/scratch.ts';

const README = [
  '# Demo of `yard`',
  '',
  'A page that says [hello](https://example.com/hello) to everybody who looks at it.',
  '',
  '| Parameter | What it does |',
  '| --- | --- |',
  '| `charts.demo.replicaCount` | How many there are of it |',
  '',
].join('\n');

/** Only this one runs a program on a terminal of its own and gives its exit status. */
const script = spawnSync('script', ['--version'], { encoding: 'utf8' });
const hasTerminal = process.platform === 'linux' && script.status === 0 && script.stdout.includes('util-linux');

async function demoRegistry(): Promise<string> {
  const { path } = await gitRepository({ ...packFiles('packs/demo'), 'packs/demo/README.md': README });
  const { status } = await runCli(['build', '--quiet'], { cwd: path });
  expect(status).toBe(0);
  return `${path}/public`;
}

/** What a command shows on a terminal of that many columns, with a sign for each escape character. */
async function onTerminal(
  args: readonly string[],
  columns: number,
  env: Readonly<Record<string, string>> = {},
): Promise<CliResult> {
  const own = await scratch();
  const command = `stty cols ${columns} rows 50; ${[process.execPath, MAIN, ...args].map((each) => `'${each}'`).join(' ')}`;
  const { status, stdout, stderr } = spawnSync('script', ['-qec', command, '/dev/null'], {
    input: '',
    encoding: 'utf8',
    env: {
      PATH: process.env['PATH'] ?? '',
      TERM: 'xterm',
      PACKYARD_CACHE_DIR: `${own}/cache`,
      PACKYARD_CONFIG_DIR: `${own}/config`,
      ...env,
    },
  });
  return { status, stdout: stdout.replaceAll('\r\n', '\n').replaceAll('\u001b', '␛'), stderr };
}

describe.skipIf(!hasTerminal)('a real terminal', () => {
  test('shows a README as it is meant to look, as wide as it is', async () => {
    const args = ['info', 'demo', '--readme', '--registry', await demoRegistry()];
    const narrow = await onTerminal(args, 40, { NO_COLOR: '1' });
    expect(narrow.status).toBe(0);
    expect(narrow.stdout).toMatchInlineSnapshot(`
      "Demo of yard
      ════════════

      A page that says hello
      (https://example.com/hello) to everybody
      who looks at it.

      Parameter            What it does
      ───────────────────  ───────────────────
      charts.demo.         How many there are
      replicaCount         of it
      "
    `);
    const wide = await onTerminal(args, 100);
    expect(wide.stdout.split('\n').slice(0, 4)).toMatchInlineSnapshot(`
      [
        "␛[1mDemo␛[22m␛[1m ␛[22m␛[1mof␛[22m␛[1m ␛[22m␛[36myard␛[39m",
        "␛[1m════════════␛[22m",
        "",
        "A page that says ␛[4mhello␛[24m ␛[2m(https://example.com/hello)␛[22m to everybody who looks at it.",
      ]
    `);
  });

  test('shows tables that fit, in colour unless NO_COLOR is set, and messages on the same screen', async () => {
    const registry = await demoRegistry();
    const { stdout } = await onTerminal(['list', '--limit', '1', '--registry', registry], 30);
    expect(stdout).toMatchInlineSnapshot(`
      "␛[2mNAME␛[22m  ␛[2mLATEST␛[22m  ␛[2mLAYER␛[22m
      demo  1.0.0   addon
      "
    `);
    const plain = await onTerminal(['search', 'dmeox', '--registry', registry], 30, { NO_COLOR: '1' });
    expect([plain.status, plain.stdout.replace(registry, '<registry>')]).toMatchInlineSnapshot(`
      [
        1,
        "No pack of <registry> fits "dmeox".
        → Did you mean demo?
      ",
      ]
    `);
  });
});

test('a pipe gets the README as it was written, and no control sequence', async () => {
  const args = ['info', 'demo', '--readme', '--registry', await demoRegistry()];
  expect(await runCli(args, { env: { TERM: 'xterm', CI: 'true' } })).toEqual({ status: 0, stdout: README, stderr: '' });
});
