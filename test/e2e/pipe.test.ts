import { spawnSync } from 'node:child_process';

import { expect, test } from 'vitest';

import { MAIN } from '../helpers/cli.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';

const LONG = 'x'.repeat(90);

/** Packs with more warnings than a pipe holds, and without an error: a crash would show in the exit status. */
const talkative: FileMap[] = Array.from({ length: 40 }, (_, pack) => {
  const unknown = Array.from({ length: 12 }, (_key, key) => [`${LONG}${key}`, true] as const);
  return packFiles(`packs/p${pack}`, { name: `p${pack}`, manifest: Object.fromEntries(unknown) });
});

/** What a reader sees that takes one line and closes the pipe, and how the program ends. */
async function firstLine(redirect: string, args: readonly string[]): Promise<{ line: string; stderr: string }> {
  const { path } = await gitRepository(Object.assign({}, ...talkative));
  const script = `{ "$@" ${redirect}; echo "exit status $?" >&3; } 3>status | head -n 1; cat status >&2`;
  const env = { ...process.env, PACKYARD_CACHE_DIR: await scratch() };
  const command = ['-c', script, 'sh', process.execPath, MAIN, 'build', ...args];
  const { stdout, stderr } = spawnSync('sh', command, { cwd: path, env, encoding: 'utf8' });
  return { line: stdout, stderr };
}

test.skipIf(process.platform === 'win32').each([
  ['JSON', '', ['--json'], '{\n'],
  ['findings', '2>&1', ['--quiet'], 'packs/p0/pack.json:9:3 warning pack/unknown-key\n'],
])('a reader that closes the pipe early is no failure: %s', async (_name, redirect, args, line) => {
  expect(await firstLine(redirect, args)).toEqual({ line, stderr: 'exit status 0\n' });
});
