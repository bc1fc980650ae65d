import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openCache } from '../../src/build/cache.ts';
import { contentOf } from '../../src/build/content.ts';
import { outputFiles, sameFiles } from '../../src/build/output-files.ts';
import { loadOutputState, recordOutput } from '../../src/build/output-state.ts';
import type { BuildPlan } from '../../src/build/plan.ts';
import { reconcile } from '../../src/build/reconcile.ts';
import type { Entry } from '../../src/model/entry.ts';
import { scratch } from '../helpers/scratch.ts';

const entry = (path: string, text: string): Entry => ({
  path,
  mediaType: 'text/plain',
  cache: 'immutable',
  ...contentOf(Buffer.from(text)),
});

test('what was recorded of an output spares reading it, until a file of it changes', async () => {
  const [out, cache] = [await scratch(), openCache(await scratch())];
  writeFileSync(join(out, 'index.json'), 'right');
  const wanted = entry('index.json', 'right');
  const plan = await reconcile([wanted], out, outputFiles(out), new Map());
  await recordOutput(cache, plan, outputFiles(out), new Map());
  const state = await loadOutputState(cache, out);
  expect([...state]).toEqual([['index.json', { sha256: wanted.sha256, stamp: outputFiles(out).get('index.json') }]]);

  // A state that lies shows that the file itself was not read.
  const lie = new Map([...state].map(([path, known]) => [path, { ...known, sha256: 'of something else' }]));
  expect((await reconcile([wanted], out, outputFiles(out), lie)).write).toHaveLength(1);
  writeFileSync(join(out, 'index.json'), 'wrong');
  expect((await reconcile([wanted], out, outputFiles(out), state)).write).toHaveLength(1);
});

test('nothing is known of another output', async () => {
  const cache = openCache(await scratch());
  expect(await loadOutputState(cache, await scratch())).toEqual(new Map());
});

test('what has no stamp is not recorded', async () => {
  const [out, cache] = [await scratch(), openCache(await scratch())];
  const plan: BuildPlan = { out, write: [], keep: [entry('gone', 'x')], remove: [] };
  await recordOutput(cache, plan, new Map([['gone', undefined]]), new Map([['old', { sha256: '', stamp: NO_STAMP }]]));
  expect(await loadOutputState(cache, out)).toEqual(new Map());
});

const NO_STAMP = { size: 0, mtimeMs: 0, ctimeMs: 0, inode: 0 };

test('two listings are the same when every stamp is', async () => {
  const out = await scratch();
  writeFileSync(join(out, 'index.json'), '1');
  writeFileSync(join(out, 'search.json'), '2');
  const before = outputFiles(out);
  expect(sameFiles(before, outputFiles(out))).toBe(true);
  writeFileSync(join(out, 'search.json'), '22');
  expect(sameFiles(before, outputFiles(out))).toBe(false);
  rmSync(join(out, 'search.json'));
  expect(sameFiles(before, outputFiles(out))).toBe(false);
  writeFileSync(join(out, 'logos'), '2');
  expect(sameFiles(before, outputFiles(out))).toBe(false);
});
