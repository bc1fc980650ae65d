import { existsSync, mkdirSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { isRegistryFile } from '../../src/publish/registry-file.ts';
import { allFiles } from '../helpers/all-files.ts';
import { builtCommits } from '../helpers/published-commits.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';
import { publishTo } from './publish-to.ts';

const DAY = 86_400_000;

async function built(): Promise<string> {
  return (await builtCommits(1)).folders[0] ?? '';
}

describe("other people's files", () => {
  test('a folder of packs’ sources is none to publish to', async () => {
    const folder = await scratch();
    mkdirSync(join(folder, 'packs/nginx'), { recursive: true });
    writeFileSync(join(folder, 'packs/nginx/pack.json'), '{}');
    expect(await failureOf(publishTo(folder, await built()))).toEqual({
      code: 'output-foreign',
      message: `${folder} holds "packs/nginx/pack.json" but no registry: publishing would mix with other people's files.`,
      hint: 'Name an empty place, or another folder or prefix in it; nothing in this one was touched.',
    });
    expect(readdirSync(folder)).toEqual(['packs']);
  });

  test('are never removed from the folders of a registry', async () => {
    const [folder, from] = [join(await scratch(), 'site'), await built()];
    await publishTo(folder, from);
    const [page, left] = [join(folder, 'search/index.html'), join(folder, `logos/${'0'.repeat(64)}-48.png`)];
    for (const file of [page, left]) {
      writeFileSync(file, 'old');
      utimesSync(file, 0, 0);
    }
    const { removed } = await publishTo(folder, from, { prune: { keep: DAY } });
    expect(removed).toEqual([`logos/${'0'.repeat(64)}-48.png`]);
    expect(existsSync(page)).toBe(true);
  });

  test('are not reached through a link in the place of the folder for what is on its way', async () => {
    const [folder, elsewhere, from] = [await scratch(), await scratch(), await built()];
    writeFileSync(join(elsewhere, 'old'), 'mine');
    utimesSync(join(elsewhere, 'old'), 0, 0);
    symlinkSync(elsewhere, join(folder, '.packyard-publish'));
    expect(await failureOf(publishTo(folder, from))).toEqual({
      code: 'output-foreign',
      message: `${join(folder, '.packyard-publish')} is no folder, or a link to one.`,
      hint: 'Remove it and publish again: files that are on their way lie there.',
    });
    expect(readdirSync(elsewhere)).toEqual(['old']);
  });
});

test('every file of a published registry has the path of one', async () => {
  const folder = join(await scratch(), 'site');
  await publishTo(folder, await built());
  const paths = allFiles(folder);
  expect(paths.length).toBeGreaterThan(15);
  expect(paths.filter((path) => !isRegistryFile(path))).toEqual([]);
  const others = ['packs/a', 'packs/a/pack.json', 'packs/a/1.0.0/chart.yaml', 'search/index.html', 'history/a.json'];
  expect(others.filter((path) => isRegistryFile(path))).toEqual([]);
});
