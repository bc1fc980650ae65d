import { expect, test } from 'vitest';

import { runCli, transcript, type CliResult } from '../helpers/cli.ts';
import { scratch } from '../helpers/scratch.ts';

const run = async (...args: string[]): Promise<CliResult> => runCli(args, { cwd: await scratch() });

test('an unknown command, with the one that was meant', async () => {
  expect(transcript(await run('bild'))).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error "bild" is no command of packyard.
      → Did you mean packyard build? packyard --help lists them all."
  `);
});

test('an unknown command that is near none', async () => {
  expect(transcript(await run('frobnicate'))).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error "frobnicate" is no command of packyard.
      → packyard --help lists them all."
  `);
});

test('an unknown option, with the one that was meant', async () => {
  expect(transcript(await run('build', '--keepgoing'))).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error "--keepgoing" is no flag of packyard build.
      → Did you mean --keep-going? Run packyard build --help to see what it takes."
  `);
});

test('an option without its value', async () => {
  expect(transcript(await run('build', '--rev'))).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error Option '--rev <commit>' needs a value.
      → Run packyard build --help to see what it takes."
  `);
});

test('an empty output directory', async () => {
  expect(transcript(await run('build', '--out', ''))).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error --out is empty.
      → Name a folder, such as \`--out public\`; \`--out .\` is the current one."
  `);
});

test('an argument where none is taken', async () => {
  expect(transcript(await run('build', 'packs'))).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error Too many arguments for 'build'. Expected 0 arguments but got 1.
      → Run packyard build --help to see what it takes."
  `);
});

test('a command of a command that there is not', async () => {
  expect(transcript(await run('cache', 'cler'))).toMatchInlineSnapshot(`
    "exit status 2
    --- stderr
    error "cler" is no command of packyard cache.
      → Did you mean packyard cache clear? packyard cache --help lists them all."
  `);
});

test('no command prints the help to standard error', async () => {
  const { status, stdout, stderr } = await run();
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' });
  expect(stderr).toBe((await run('--help')).stdout);
});

test('the version is all that --version prints', async () => {
  const { status, stdout, stderr } = await run('--version');
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/u);
});
