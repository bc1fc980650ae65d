import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { verifyRegistry } from '../../src/client/verify/verify-registry.ts';
import { build } from '../../src/build/build.ts';
import { builtCommits } from '../helpers/published-commits.ts';
import { failureOf } from '../helpers/rejection.ts';
import { brokenLinks, readIndex } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';
import { publishTo, rollbackTo } from './publish-to.ts';

const DAY = 86_400_000;

async function errorsIn(folder: string): Promise<readonly string[]> {
  const { findings } = await verifyRegistry(folder, { cache: false });
  return findings.filter(({ severity }) => severity === 'error').map(({ path, message }) => `${path} ${message}`);
}

describe('going back', () => {
  test('an earlier index is live again with its copies, until a higher serial is published', async () => {
    const { folders } = await builtCommits(3);
    const target = join(await scratch(), 'site');
    for (const from of folders) await publishTo(target, from);
    const result = await rollbackTo(target, '2');
    expect(result).toMatchObject({ outcome: 'published', before: 3 });
    expect(readIndex(target).serial).toBe(2);
    expect(await errorsIn(target)).toEqual([]);
    expect(await rollbackTo(target, '2')).toMatchObject({ outcome: 'unchanged' });
    expect(await publishTo(target, folders[0] ?? '')).toMatchObject({ outcome: 'older' });
    expect(await publishTo(target, folders[2] ?? '')).toMatchObject({ outcome: 'published', before: 2 });
    expect(await rollbackTo(target, '1', { dryRun: true })).toMatchObject({ outcome: 'planned' });
    expect(readIndex(target).serial).toBe(3);
    expect(await errorsIn(target)).toEqual([]);
  });

  test('is refused where the serial is unknown or its files are gone', async () => {
    const { folders } = await builtCommits(2);
    const target = join(await scratch(), 'site');
    for (const from of folders) await publishTo(target, from);
    expect(await failureOf(rollbackTo(target, '9'))).toEqual({
      code: 'unknown-serial',
      message: `${target} has no registry of serial 9 to go back to.`,
      hint: 'It has 2, 1. Each publishing leaves its index below history/, until --prune removes it.',
    });
    expect(await failureOf(rollbackTo(target, 'abc'))).toEqual({
      code: 'usage',
      message: '"abc" is no serial of a registry.',
      hint: 'It is a number, such as 228; where there are two of it, with the beginning of a hash: 228-3f2a.',
    });
    rmSync(join(target, 'packs/pack-1/1.0.0/README.md'));
    expect(await failureOf(rollbackTo(target, '1'))).toEqual({
      code: 'registry-damaged',
      message: `${target} cannot go back to serial 1: packs/pack-1/1.0.0/README.md is not there any more, or changed.`,
      hint: 'Go back to another serial, or revert in Git and publish that. Nothing was changed.',
    });
    expect(readIndex(target).serial).toBe(2);
  });

  test('says which where two registries have one serial', async () => {
    const { repository, folders } = await builtCommits(2);
    const target = join(await scratch(), 'site');
    await publishTo(target, folders[0] ?? '');
    repository.git('reset', '--quiet', '--hard', 'HEAD~1');
    repository.commit({ 'packs/p1/README.md': '# other\n' });
    await publishTo(target, folders[1] ?? '');
    const other = join(await scratch(), 'other');
    await build({ repository: repository.path, out: other, cache: await scratch() });
    repository.commit({ 'packs/p1/README.md': '# third\n' });
    const third = join(await scratch(), 'third');
    await build({ repository: repository.path, out: third, cache: await scratch() });
    await publishTo(target, other);
    await publishTo(target, third);
    const { code, message, hint } = await failureOf(rollbackTo(target, '2'));
    expect({ code, message }).toEqual({
      code: 'unknown-serial',
      message: `${target} had 2 registries of serial 2.`,
    });
    expect(hint).toMatch(/^Say which: 2-[0-9a-f]{8} or 2-[0-9a-f]{8}\.$/u);
  });
});

describe('--prune', () => {
  test('removes what was live at no time of the last days, and nothing that is needed', async () => {
    const { folders } = await builtCommits(3);
    const target = join(await scratch(), 'site');
    for (const from of folders) await publishTo(target, from);
    const last = folders[2] ?? '';
    const soon = await publishTo(target, last, { prune: { keep: 7 * DAY } });
    expect(soon).toMatchObject({ removed: [], plan: { remove: [] } });
    expect(soon.plan.waiting.files).toBe(0);
    const later = (): number => Date.now() + 8 * DAY;
    const planned = await publishTo(target, last, { prune: { keep: 7 * DAY }, now: later, dryRun: true });
    const pruned = await publishTo(target, last, { prune: { keep: 7 * DAY }, now: later });
    expect(pruned.removed).toEqual(planned.plan.remove.map(({ path }) => path));
    expect(pruned.removed.map((path) => path.replace(/[0-9a-f]{64}/u, '#'))).toEqual([
      'history/1-#.json',
      'history/2-#.json',
      'search/#.json',
      'search/#.json',
      'sources/#.json',
      'sources/#.json',
    ]);
    expect(brokenLinks(target)).toEqual([]);
    const { findings } = await verifyRegistry(target, { cache: false });
    expect(findings).toEqual([]);
    expect(readdirSync(join(target, 'history'))).toHaveLength(1);
    expect(await failureOf(rollbackTo(target, '2'))).toMatchObject({ code: 'unknown-serial' });
  });

  test('takes no time that is none', async () => {
    const { folders } = await builtCommits(1);
    const target = join(await scratch(), 'site');
    expect(await failureOf(publishTo(target, folders[0] ?? '', { prune: { keep: Number.NaN } }))).toMatchObject({
      code: 'usage',
      message: 'The time for which old files are kept is not a number of milliseconds, 0 or more.',
    });
  });
});
