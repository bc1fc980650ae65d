import { chmodSync, lstatSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { fix, type FixResult } from '../../src/build/fix-repository.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';

const PACK = 'packs/demo-1.0.0';

async function fixed({ path }: TestRepository): Promise<FixResult> {
  return fix({ repository: path, cache: await scratch() }, { unsafe: true, dryRun: false });
}

const withV = (files = {}) => gitRepository(packFiles(PACK, { version: 'v1.0.0', files }));

test('files keep their mode and their line endings', async () => {
  const repository = await withV();
  const file = join(repository.path, PACK, 'pack.json');
  repository.git('config', 'core.autocrlf', 'true');
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll('\n', '\r\n'));
  chmodSync(file, 0o600);
  expect(await fixed(repository)).toMatchObject({ fixed: [{ rule: 'pack/leading-v' }], skipped: [] });
  const text = readFileSync(file, 'utf8');
  expect(text).toContain('"version": "1.0.0",\r\n');
  expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  if (process.platform !== 'win32') expect(lstatSync(file).mode & 0o777).toBe(0o600);
});

describe('nothing is written over what Git has another idea of:', () => {
  test('a filter', async () => {
    const repository = await withV({ '.gitattributes': 'pack.json filter=case\n' });
    const settings = join(await scratch(), 'gitconfig');
    writeFileSync(settings, '[filter "case"]\n\tclean = sed s/DEMO/demo/\n');
    withEnvironment({ GIT_CONFIG_GLOBAL: settings });
    const file = join(repository.path, PACK, 'pack.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('demo', 'DEMO'));
    const before = readFileSync(file, 'utf8');
    expect(await fixed(repository)).toMatchObject({
      changes: [],
      fixed: [],
      skipped: [{ path: `${PACK}/pack.json`, reason: 'it is not what Git has of it' }],
    });
    expect(readFileSync(file, 'utf8')).toBe(before);
  });

  test('an edit that Git is told not to see', async () => {
    const repository = await withV();
    repository.git('update-index', '--skip-worktree', `${PACK}/pack.json`);
    repository.write({ [`${PACK}/pack.json`]: 'my own' });
    expect((await fixed(repository)).changes).toEqual([]);
    expect(readFileSync(join(repository.path, PACK, 'pack.json'), 'utf8')).toBe('my own');
  });

  test('a file that is not part of the pack', async () => {
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="64" height="64"><rect width="64" height="64"/></svg>';
    const files = { 'logo.svg': svg, '.gitignore': 'logo.png\n' };
    const repository = await gitRepository(packFiles(PACK, { files }));
    repository.write({ [`${PACK}/logo.png`]: 'precious' });
    expect((await fixed(repository)).skipped).toEqual([
      { path: `${PACK}/logo.png`, reason: 'something that is not part of the pack is there' },
    ]);
    expect(readFileSync(join(repository.path, PACK, 'logo.png'), 'utf8')).toBe('precious');
  });
});

test('a folder that became a link is not written through', async () => {
  const repository = await withV();
  const elsewhere = await scratch();
  rmSync(join(repository.path, 'packs'), { recursive: true });
  repository.git('update-index', '--skip-worktree', `${PACK}/pack.json`, `${PACK}/values.yaml`, `${PACK}/README.md`);
  symlinkSync(elsewhere, join(repository.path, 'packs'));
  const { changes } = await fixed(repository).catch(() => ({ changes: [] }));
  expect(changes).toEqual([]);
});

test.skipIf(process.platform === 'win32')('a mark that Git would not notice stays', async () => {
  const repository = await gitRepository(packFiles(PACK));
  chmodSync(join(repository.path, PACK, 'values.yaml'), 0o755);
  repository.commit({});
  repository.git('config', 'core.fileMode', 'false');
  expect((await fixed(repository)).fixed).toEqual([]);
  repository.git('config', 'core.fileMode', 'true');
  expect((await fixed(repository)).fixed).toMatchObject([{ rule: 'file/executable' }]);
});
