import { describe, expect, test } from 'vitest';

import { runProgram } from '../../src/cli/program.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';

async function run(line: string): Promise<{ status: number; out: string; err: string }> {
  const terminal = recordedTerminal();
  const status = await runProgram(line.split(' '), terminal);
  return { status, ...terminal.printed };
}

const SEE = 'packyard --help lists them all.';

describe('what is wrong with a command line, and what is nearest to it', () => {
  test.each([
    ['buidl', '"buidl" is no command of packyard.', `Did you mean packyard build? ${SEE}`],
    ['out', '"out" is no command of packyard.', `Did you mean packyard outdated? ${SEE}`],
    ['lint --strict', '"lint" is no command of packyard.', `Did you mean packyard check? ${SEE}`],
    ['remove x', '"remove" is no command of packyard.', `Did you mean packyard yank? ${SEE}`],
    ['upgrade x', '"upgrade" is no command of packyard.', `Did you mean packyard update? ${SEE}`],
    ['xyzzy', '"xyzzy" is no command of packyard.', SEE],
    ['help buidl', '"buidl" is no command of packyard.', `Did you mean packyard build? ${SEE}`],
    ['buidl --help', '"buidl" is no command of packyard.', `Did you mean packyard build? ${SEE}`],
    [
      'registry ad work https://packs.example.org',
      '"ad" is no command of packyard registry.',
      'Did you mean packyard registry add? packyard registry --help lists them all.',
    ],
    [
      'registry help remvoe',
      '"remvoe" is no command of packyard registry.',
      'Did you mean packyard registry remove? packyard registry --help lists them all.',
    ],
    [
      'cache claer',
      '"claer" is no command of packyard cache.',
      'Did you mean packyard cache clear? packyard cache --help lists them all.',
    ],
    [
      'build --jsn',
      '"--jsn" is no flag of packyard build.',
      'Did you mean --json? Run packyard build --help to see what it takes.',
    ],
    [
      'build --dry',
      '"--dry" is no flag of packyard build.',
      'Did you mean --dry-run? Run packyard build --help to see what it takes.',
    ],
    [
      'build --otu=public',
      '"--otu=public" is no flag of packyard build.',
      'Did you mean --out? Run packyard build --help to see what it takes.',
    ],
    [
      'build -Q',
      '"-Q" is no flag of packyard build.',
      'Did you mean -q? Run packyard build --help to see what it takes.',
    ],
    [
      'build -json',
      '"-json" is no flag of packyard build.',
      'Did you mean --json? Run packyard build --help to see what it takes.',
    ],
    ['build --xyzzy', '"--xyzzy" is no flag of packyard build.', 'Run packyard build --help to see what it takes.'],
    [
      'registry add --forc a b',
      '"--forc" is no flag of packyard registry add.',
      'Did you mean --force? Run packyard registry add --help to see what it takes.',
    ],
    [
      '--quiet check',
      '"--quiet" is no flag of packyard.',
      'Flags come after the command; packyard --help lists all commands.',
    ],
    [
      '--vresion',
      '"--vresion" is no flag of packyard.',
      'Did you mean --version? Flags come after the command; packyard --help lists all commands.',
    ],
    [
      'list --layer adon',
      "Option '--layer <layer>' argument 'adon' is invalid. It is one of kernel, os, k8s, cni, csi, addon.",
      'Did you mean addon? Run packyard list --help to see what it takes.',
    ],
    [
      'completion fihs',
      "Value 'fihs' is invalid for argument 'shell'. It is one of bash, zsh, fish.",
      'Did you mean fish? Run packyard completion --help to see what it takes.',
    ],
    ['yank', "Missing required argument 'release'.", 'Run packyard yank --help to see what it takes.'],
    [
      'yank a b',
      "Too many arguments for 'yank'. Expected 1 argument but got 2.",
      'Run packyard yank --help to see what it takes.',
    ],
    ['build --out', "Option '--out <dir>' needs a value.", 'Run packyard build --help to see what it takes.'],
    [
      'login --token --username me',
      "Option '--username <name>' cannot be used with option '--token'.",
      'Run packyard login --help to see what it takes.',
    ],
  ])('%s', async (line, message, hint) => {
    expect(await run(line)).toEqual({ status: 2, out: '', err: `error ${message}\n  → ${hint}\n` });
    // The same as one document on one stream, wherever --json is understood.
    const { status, out, err } = await run(`${line} --json`);
    expect({ status, err }).toEqual({ status: 2, err: '' });
    const document: unknown = JSON.parse(out);
    expect(document).toMatchObject({ format: 'packyard-error/1', error: { code: 'usage' }, findings: [] });
    // There it is the value, or no flag.
    if (!/^(?:build --out|completion )/u.test(line)) expect(document).toMatchObject({ error: { message, hint } });
  });

  test('a flag where a value is missing', async () => {
    const { status, out, err } = await run('build --out --json');
    expect({ status, err, error: (JSON.parse(out) as { error: unknown }).error }).toEqual({
      status: 2,
      err: '',
      error: {
        code: 'usage',
        message: "Option '--out <dir>' needs a value, and --json is another flag.",
        hint: 'Put the value behind --out.',
      },
    });
  });

  test('a flag among the values of one that may be repeated', async () => {
    const { status, out, err } = await run('new --chart --yes');
    expect({ status, out, err }).toEqual({
      status: 2,
      out: '',
      err: "error Option '--chart <source>' needs a value, and --yes is another flag.\n  → Put the value behind --chart.\n",
    });
  });

  test('a word that a terminal would obey is escaped', async () => {
    const { err } = await run('\u001B[2Jbuild');
    expect(err).not.toContain('\u001B');
  });

  test('--format json is asked for as well', async () => {
    for (const line of ['check --format json --fxi', 'check --format=json --fxi', 'diff --format json a b c']) {
      const { status, out, err } = await run(line);
      expect({ status, err, format: JSON.parse(out).format as unknown }).toEqual({
        status: 2,
        err: '',
        format: 'packyard-error/1',
      });
    }
  });
});

describe('help for a command', () => {
  test.each(['help registry add', 'registry help add', 'registry add --help', 'registry add -h'])(
    '%s',
    async (line) => {
      const { status, out, err } = await run(line);
      expect({ status, err }).toEqual({ status: 0, err: '' });
      expect(out).toMatch(/^Usage: packyard registry add /u);
    },
  );

  test.each(['help', 'help help', '--help', '-h'])('%s is help of the program', async (line) => {
    const { status, out } = await run(line);
    expect(status).toBe(0);
    expect(out).toMatch(/^Usage: packyard \[options\] \[command\]\n/u);
  });

  test.each(['registry', 'cache'])('%s alone prints its help as a failure', async (line) => {
    const { status, out, err } = await run(line);
    expect({ status, out }).toEqual({ status: 2, out: '' });
    expect(err.startsWith(`Usage: packyard ${line} `)).toBe(true);
  });

  test('a value that reads help is a value', async () => {
    const { err } = await run('explain help');
    expect(err).toContain('error There is no rule "help".');
  });
});
