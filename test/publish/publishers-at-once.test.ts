import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openRegistry } from '../../src/client/open-registry.ts';
import { verifyRegistry } from '../../src/client/verify/verify-registry.ts';
import { builtCommits } from '../helpers/published-commits.ts';
import { brokenLinks, readIndex } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';
import { publishTo } from './publish-to.ts';

const PUBLISHERS = 20;

/** What is wrong with a registry for a client that opens it and reads every file of some pack, until it is told to stop. */
async function watch(folder: string, isOver: () => boolean): Promise<{ serials: number[]; problems: string[] }> {
  const serials: number[] = [];
  const problems: string[] = [];
  while (!isOver()) {
    try {
      const registry = await openRegistry(folder, { cache: false });
      const index = await registry.index();
      if (serials.at(-1) !== index.serial) serials.push(index.serial);
      for (const name of Object.keys(index.packs)) {
        for (const release of (await registry.pack(name)).releases) {
          await registry.fetchFile(release.artifact.path, release.artifact);
        }
      }
      await registry.close();
    } catch (error) {
      problems.push(String(error));
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { serials, problems };
}

describe('many publishers at once, each with a commit further', () => {
  test('into one folder: the highest serial wins, and no reader sees a broken link', { timeout: 240_000 }, async () => {
    const { folders } = await builtCommits(PUBLISHERS);
    const target = join(await scratch(), 'site');
    await publishTo(target, folders[0] ?? '');
    let over = false;
    const reader = watch(target, () => over);
    const results = await Promise.all(folders.map((from) => publishTo(target, from)));
    over = true;
    const { serials, problems } = await reader;
    expect(problems).toEqual([]);
    expect(serials).toEqual(serials.toSorted((a, b) => a - b));
    expect(readIndex(target).serial).toBe(PUBLISHERS);
    expect(brokenLinks(target)).toEqual([]);
    const { findings } = await verifyRegistry(target, { cache: false });
    expect(findings.filter(({ severity }) => severity === 'error')).toEqual([]);
    const outcomes = results.map(({ outcome }) => outcome);
    expect(outcomes.at(-1)).toBe('published');
    expect(outcomes.filter((outcome) => !['published', 'older', 'unchanged'].includes(outcome))).toEqual([]);
  });
});
