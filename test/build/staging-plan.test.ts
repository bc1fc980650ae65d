import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { stagingPlan } from '../../src/build/staging-plan.ts';
import { scratch } from '../helpers/scratch.ts';

const FIRST = ['logos/a.png', 'packs/a/1.tar.gz', 'packs/a/index.json', 'search.json', 'index.json'];

describe('files on their way into the output', () => {
  test('come into a new one folder by folder, each when its last file is to appear', async () => {
    expect(stagingPlan(await scratch(), FIRST)).toEqual({
      staged: ['0/a.png', '2/a/1.tar.gz', '2/a/index.json', '3', '4'],
      moves: [
        { from: '0', to: 'logos' },
        { from: '2', to: 'packs' },
        { from: '3', to: 'search.json' },
        { from: '4', to: 'index.json' },
      ],
    });
  });

  test('come one by one into folders that are there', async () => {
    const out = await scratch();
    mkdirSync(join(out, 'packs/a'), { recursive: true });
    mkdirSync(join(out, 'logos'));
    const { staged, moves } = stagingPlan(out, FIRST);
    expect(staged).toEqual(['0', '1', '2', '3', '4']);
    expect(moves).toEqual(FIRST.map((to, index) => ({ from: String(index), to })));
  });

  test('come as one folder beside those that are there', async () => {
    const out = await scratch();
    mkdirSync(join(out, 'packs/a'), { recursive: true });
    const paths = ['packs/a/2.tar.gz', 'packs/b/1/b.tar.gz', 'packs/a/index.json', 'packs/b/index.json'];
    expect(stagingPlan(out, paths)).toEqual({
      staged: ['0', '3/1/b.tar.gz', '2', '3/index.json'],
      moves: [
        { from: '0', to: 'packs/a/2.tar.gz' },
        { from: '2', to: 'packs/a/index.json' },
        { from: '3', to: 'packs/b' },
      ],
    });
  });

  test('come as a folder where a file is in the way', async () => {
    const out = await scratch();
    writeFileSync(join(out, 'packs'), 'in the way');
    expect(stagingPlan(out, ['packs/a/index.json']).moves).toEqual([{ from: '0', to: 'packs' }]);
  });

  test('are none where there is nothing to write', async () => {
    expect(stagingPlan(await scratch(), [])).toEqual({ staged: [], moves: [] });
  });
});
