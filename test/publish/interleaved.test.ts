import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import { publish } from '../../src/publish/publish.ts';
import type { PublishResult } from '../../src/publish/publish-options.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';
import { MemoryStore, problemsOf, type MemoryPlace } from './memory-store.ts';
import { join } from 'node:path';

/** Registries of which each changes a pack of the one before; the last has that of the first again. */
async function changingPacks(): Promise<readonly string[]> {
  const repository = await gitRepository(packFiles('packs/own', { name: 'own' }));
  const [base, cache] = [await scratch(), await scratch()];
  const versions = [
    { ...packFiles('packs/demo', { version: '1.0.0' }) },
    { 'packs/demo/pack.json': null, ...packFiles('packs/demo', { version: '2.0.0' }) },
    { ...packFiles('packs/demo', { version: '1.0.0' }) },
    { ...packFiles('packs/more', { name: 'more' }), ...packFiles('packs/demo', { version: '3.0.0' }) },
  ];
  const folders: string[] = [];
  for (const [number, files] of versions.entries()) {
    repository.commit(files);
    const out = join(base, String(number));
    await build({ repository: repository.path, out, cache });
    folders.push(out);
  }
  return folders;
}

/** Lets publishers that wait for their turn go on, one request at a time, as `picks` say. */
function scheduler(picks: readonly number[]): {
  turnOf: (who: number) => () => Promise<void>;
  run: () => Promise<void>;
} {
  const waiting = new Map<number, () => void>();
  let next = 0;
  let over = false;
  return {
    turnOf: (who) => () => (over ? Promise.resolve() : new Promise((resolve) => void waiting.set(who, resolve))),
    async run() {
      for (let idle = 0; idle < 200;) {
        await new Promise((resolve) => setImmediate(resolve));
        const ready = [...waiting.keys()].toSorted();
        if (ready.length === 0) {
          idle += 1;
          continue;
        }
        idle = 0;
        const pick = picks[next % picks.length] ?? 0;
        next += 1;
        const who = ready[pick % ready.length] ?? 0;
        const go = waiting.get(who);
        waiting.delete(who);
        go?.();
      }
      over = true;
      for (const go of waiting.values()) go();
    },
  };
}

describe('publishers whose requests interleave in any way', () => {
  test.each([
    { conditional: true, runs: 80 },
    { conditional: false, runs: 30 },
  ])(
    'the index refers only to what is there (conditions: $conditional)',
    { timeout: 240_000 },
    async ({ conditional, runs }) => {
      const folders = await changingPacks();
      const first: MemoryPlace = new Map();
      await publish({ store: new MemoryStore(first), from: folders[0] ?? '' });
      await fc.assert(
        fc.asyncProperty(
          // One publisher goes on for a while, then another.
          fc.array(fc.tuple(fc.nat(2), fc.integer({ min: 1, max: 12 })), { minLength: 8, maxLength: 30 }),
          fc.shuffledSubarray([1, 2, 3], { minLength: 2, maxLength: 3 }),
          async (stretches, chosen) => {
            const place: MemoryPlace = new Map(first);
            const { turnOf, run } = scheduler(stretches.flatMap(([who, length]) => Array.from({ length }, () => who)));
            const broken: string[] = [];
            const results = chosen.map((number, who): Promise<PublishResult> => {
              const turn = async (): Promise<void> => {
                await turnOf(who)();
                broken.push(...problemsOf(place).broken);
              };
              return publish({
                store: new MemoryStore(place, { turn, conditional }),
                from: folders[number] ?? '',
                width: 1,
              });
            });
            await Promise.all([run(), ...results]);
            const after = problemsOf(place);
            expect(broken).toEqual([]);
            expect(after.broken).toEqual([]);
            // Without conditions two may write at the same moment: what is live is whole all the same.
            if (!conditional) return;
            expect(after).toEqual({ broken: [], stale: [], serial: 2 + Math.max(...chosen) });
          },
        ),
        { numRuns: runs },
      );
    },
  );
});
