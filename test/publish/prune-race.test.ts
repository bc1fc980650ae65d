import { join } from 'node:path';

import { expect, test } from 'vitest';

import { build } from '../../src/build/build.ts';
import type { Entry } from '../../src/model/entry.ts';
import { publish } from '../../src/publish/publish.ts';
import type { Condition } from '../../src/publish/store.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';
import { MemoryStore, problemsOf, type MemoryPlace } from './memory-store.ts';

const DAY = 86_400_000;

/** Three registries: the third has the release of the first again, which the second does not have. */
async function goneAndBack(): Promise<readonly [string, string, string]> {
  const repository = await gitRepository(packFiles('packs/own', { name: 'own' }));
  const [base, cache] = [await scratch(), await scratch()];
  const made = async (name: string, files: Parameters<typeof repository.commit>[0]): Promise<string> => {
    repository.commit(files);
    const out = join(base, name);
    await build({ repository: repository.path, out, cache });
    return out;
  };
  return [
    await made('first', packFiles('packs/demo', { version: '1.0.0' })),
    await made('second', { 'packs/demo/pack.json': null, ...packFiles('packs/demo', { version: '2.0.0' }) }),
    await made('third', packFiles('packs/demo', { version: '1.0.0' })),
  ];
}

function gate(): { readonly opened: Promise<void>; readonly open: () => void } {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

test('what is put again while a removal of it is on its way is there in the end', async () => {
  const [first, second, third] = await goneAndBack();
  const place: MemoryPlace = new Map();
  const before = Date.now() - 30 * DAY;
  await publish({ store: new MemoryStore(place, { now: () => before }), from: first });
  await publish({ store: new MemoryStore(place, { now: () => before + DAY }), from: second });
  const [looked, mayRemove] = [gate(), gate()];

  class Removing extends MemoryStore {
    override async remove(paths: readonly string[]): Promise<void> {
      looked.open();
      await mayRemove.opened;
      await super.remove(paths);
    }
  }
  class Returning extends MemoryStore {
    override async put(entry: Entry, condition?: Condition): Promise<'written' | 'conflict'> {
      if (entry.path === 'index.json') {
        mayRemove.open();
        await removing;
      }
      return super.put(entry, condition);
    }
  }
  const removing = publish({ store: new Removing(place), from: second, prune: { keep: 7 * DAY } });
  await looked.opened;
  const returned = await publish({ store: new Returning(place), from: third });
  expect((await removing).removed.length).toBeGreaterThan(3);
  expect(returned.outcome).toBe('published');
  expect(problemsOf(place)).toEqual({ broken: [], stale: [], serial: 4 });
});
