import { linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, it } from 'vitest';

import { packChart } from '../../src/contribute/chart/pack-chart.ts';
import { folderEntries } from '../../src/contribute/folder-entries.ts';
import { LIMITS } from '../../src/model/limits.ts';
import { scratch } from '../helpers/scratch.ts';

function pathsOf(folder: string, isLeftOut: (path: string) => boolean = () => false): string[] {
  const refusal = (path: string, problem: unknown): Error => new Error(`${path}: ${JSON.stringify(problem)}`);
  return [...folderEntries(folder, { isLeftOut, refusal })]
    .map(({ path, isFolder }) => (isFolder ? `${path}/` : path))
    .toSorted();
}

function deepFolder(root: string, levels: number): string {
  const folder = join(root, ...Array.from({ length: levels }, () => 'a'));
  mkdirSync(folder, { recursive: true });
  return folder;
}

it('gives files and folders, less what is left out with all that is in it', async () => {
  const root = await scratch();
  mkdirSync(join(root, 'kept/empty'), { recursive: true });
  mkdirSync(join(root, 'gone'));
  for (const path of ['kept/a', 'gone/b', 'c']) writeFileSync(join(root, path), '');
  expect(pathsOf(root, (path) => path === 'gone/' || path === 'c')).toEqual(['kept/', 'kept/a', 'kept/empty/']);
});

it('follows no link, and refuses it unless it is left out', async () => {
  const root = await scratch();
  symlinkSync('/', join(root, 'all'));
  expect(() => pathsOf(root)).toThrow('all: "link"');
  expect(pathsOf(root, (path) => path === 'all')).toEqual([]);
});

it('refuses a file whose path some system cannot hold, and no folder without files', async () => {
  const root = await scratch();
  mkdirSync(join(root, 'aux'));
  expect(pathsOf(root)).toEqual(['aux/']);
  writeFileSync(join(root, 'aux/file'), '');
  expect(() => pathsOf(root)).toThrow(/^aux\/file: \{"name":/u);
});

it('refuses folders without end', async () => {
  const root = await scratch();
  deepFolder(root, LIMITS.packFiles.levels);
  expect(pathsOf(root)).toHaveLength(LIMITS.packFiles.levels);
  writeFileSync(join(deepFolder(root, LIMITS.packFiles.levels), 'file'), '');
  expect(() => pathsOf(root)).toThrow(/file: "too-deep"$/u);
});

it('says of a chart what is too deep in it', async () => {
  const root = await scratch();
  writeFileSync(join(root, 'Chart.yaml'), 'name: deep\n');
  writeFileSync(join(deepFolder(root, LIMITS.packFiles.levels), 'file'), '');
  const path = `${'a/'.repeat(LIMITS.packFiles.levels)}file`;
  await expect(packChart(root)).rejects.toMatchObject({
    code: 'chart-invalid',
    message: `${root} is not packed: ${path} lies too deep.`,
    hint: 'Remove it, or name it in .helmignore.',
  });
});

it('refuses files without end', async () => {
  const root = await scratch();
  writeFileSync(join(root, 'first'), '');
  // A second name of one file is made in less time than a file.
  for (let each = 0; each < LIMITS.packFiles.entries; each += 1) linkSync(join(root, 'first'), join(root, `${each}`));
  expect(() => pathsOf(root)).toThrow(/: "too-many"$/u);
});
