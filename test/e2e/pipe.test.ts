import { spawnSync } from 'node:child_process';

import { expect, test } from 'vitest';

import { MAIN } from '../helpers/cli.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';

/** Findings that are more than a pipe holds. */
const bad: FileMap[] = Array.from({ length: 150 }, (_, index) =>
  packFiles(`packs/p${index}`, { name: `p${index}`, files: { 'pack.json': '{}' } }),
);

/** What a reader sees that takes one line and closes the pipe, and how the program ends. */
async function firstLine(
  redirect: string,
  ...args: string[]
): Promise<{ line: string; status: string; stderr: string }> {
  const { path } = await gitRepository(Object.assign({}, ...bad));
  const script = `{ "$@" ${redirect}; echo "$?" >&3; } 3>status | head -n 1; cat status >&2`;
  const env = { ...process.env, PACKYARD_CACHE_DIR: await scratch() };
  const { stdout, stderr } = spawnSync('sh', ['-c', script, 'sh', process.execPath, MAIN, ...args], {
    cwd: path,
    env,
    encoding: 'utf8',
  });
  return { line: stdout, status: stderr.trim().split('\n').at(-1) ?? '', stderr };
}

test.skipIf(process.platform === 'win32').each([
  ['JSON', '2>/dev/null', ['build', '--json'], '{\n'],
  ['findings', '2>&1', ['build', '--quiet'], 'packs/p0/pack.json:1:1 error pack/schema\n'],
] as const)('a reader that closes the pipe early is no failure: %s', async (_name, redirect, args, line) => {
  const result = await firstLine(redirect, ...args);
  expect(result).toEqual({ line, status: '1', stderr: '1\n' });
});
