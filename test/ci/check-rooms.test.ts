import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { expect, test } from 'vitest';

import { scratch } from '../helpers/scratch.ts';

const SCRIPT = fileURLToPath(new URL('../../.ci/check-rooms.mjs', import.meta.url));
const SOURCE = fileURLToPath(new URL('../../src', import.meta.url));

interface Check {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function checkFolder(folder: string): Check {
  const { status, stdout, stderr } = spawnSync(process.execPath, [SCRIPT, folder], { encoding: 'utf8' });
  return { status, stdout, stderr };
}

async function checkFiles(files: Readonly<Record<string, string>>): Promise<Check> {
  const folder = await scratch();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return checkFolder(folder);
}

test('the source keeps to its rooms', () => {
  expect(checkFolder(SOURCE)).toEqual({
    status: 0,
    stdout: expect.stringMatching(/^\d{2,} files, 0 problems\n$/u),
    stderr: '',
  });
});

test.each([
  ['static', "import { build } from '../build/build.ts';"],
  ['static, over lines', "import {\n  build,\n  other,\n} from '../build/build.ts';"],
  ['with double quotes', 'import { build } from "../build/build.ts";'],
  ['for its effect', "import '../build/build.ts';"],
  ['dynamic', "const { build } = await import('../build/build.ts');"],
  ['dynamic, over lines', "await import(\n  '../build/build.ts'\n);"],
  ['type-only', "import type { Build } from '../build/build.ts';"],
  ['of a type in a type', "type Build = import('../build/build.ts').Build;"],
  ['re-exported', "export * from '../build/build.ts';"],
  ['re-exported type', "export type { Build } from '../build/build.ts';"],
])('an upward import is refused: %s', async (_kind, text) => {
  expect(await checkFiles({ 'pack/a.ts': `${text}\n`, 'build/build.ts': 'export {};\n' })).toEqual({
    status: 1,
    stdout: '2 files, 1 problems\n',
    stderr: 'pack/a.ts imports build/build.ts: pack is below build\n',
  });
});

test.each([
  ['down', 'cli/a.ts', '../model/b.ts'],
  ['beside', 'build/a.ts', './b.ts'],
  ['a folder deeper', 'check/rules/a.ts', '../../errors.ts'],
  ['from the public API', 'index.ts', './cli/b.ts'],
])('an import is fine: %s', async (_name, path, target) => {
  expect((await checkFiles({ [path]: `import { b } from '${target}';\n` })).status).toBe(0);
});

test('the errors import from nobody', async () => {
  const { status, stderr } = await checkFiles({ 'errors.ts': "import { a } from './model/a.ts';\n" });
  expect({ status, stderr }).toEqual({
    status: 1,
    stderr: 'errors.ts imports model/a.ts: errors.ts is below model\n',
  });
});

test('a room that is none', async () => {
  expect(await checkFiles({ 'utils/a.ts': "import { b } from '../model/b.ts';\n" })).toMatchObject({
    status: 1,
    stderr: 'utils/a.ts: utils is not one of the rooms\n',
  });
  expect(await checkFiles({ 'cli/a.ts': "import { b } from '../utils/b.ts';\n" })).toMatchObject({
    status: 1,
    stderr: 'cli/a.ts imports utils/b.ts, which is in no room\n',
  });
});

test('a file in an unknown room is refused, whatever it imports', async () => {
  expect(await checkFiles({ 'helpers/a.ts': 'export const a = 1;\n' })).toMatchObject({
    status: 1,
    stdout: '1 files, 1 problems\n',
    stderr: 'helpers/a.ts: helpers is not one of the rooms\n',
  });
});

test('an empty folder is no success', async () => {
  const folder = await scratch();
  expect(checkFolder(folder)).toEqual({
    status: 1,
    stdout: '0 files, 0 problems\n',
    stderr: `${folder} holds no TypeScript files: nothing was checked\n`,
  });
});
