import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openCache } from '../../src/build/cache.ts';
import { listOutput, samePointers } from '../../src/remote/output-files.ts';
import { loadOutputState, recordOutput, type OutputState } from '../../src/build/output-state.ts';
import { reconcile, type Reconciled } from '../../src/build/reconcile.ts';
import { writeOutput } from '../../src/build/write-output.ts';
import { scratch } from '../helpers/scratch.ts';
import { NOTHING_KNOWN, wantedOf } from '../helpers/wanted-of.ts';

const FILES = { 'index.json': 'i', 'logos/l': 'l', 'packs/a/index.json': 'a', 'packs/a/1.0.0/a.tar.gz': 'archive' };

const compared = (out: string, state: OutputState, files = FILES): Promise<Reconciled> =>
  reconcile(wantedOf(files), out, listOutput(out), state);

/** An output with those files, and what is known of it. */
async function written(): Promise<{ out: string; state: OutputState }> {
  const [out, cache] = [await scratch(), openCache(await scratch())];
  const { plan, state } = await compared(out, NOTHING_KNOWN);
  await recordOutput(cache, out, state(await writeOutput(plan, listOutput(out))));
  return { out, state: await loadOutputState(cache, out) };
}

test('what was recorded of an output spares reading it', async () => {
  const { out, state } = await written();
  const again = await compared(out, state);
  expect(again).toMatchObject({ news: false, plan: { write: [], remove: [], keep: { files: 4, bytes: 10 } } });
  expect(again.state(new Map())).toEqual(state);
  // States that lie show that the files themselves were not read.
  const packs = [...state.packs].map(([name, pack]) => [name, { ...pack, files: 70, bytes: 700 }] as const);
  const lie = { ...state, packs: new Map(packs) };
  expect((await compared(out, lie)).plan.keep).toEqual({ files: 72, bytes: 702 });
  const shared = [...state.shared].map(
    ([path, file]) => [path, path === 'index.json' ? { ...file, sha256: 'of something else' } : file] as const,
  );
  const other = { ...state, shared: new Map(shared) };
  expect((await compared(out, other)).plan.write).toHaveLength(1);
});

test.each([
  ['changed', (path: string) => writeFileSync(path, 'ARCHIVE')],
  ['gone', (path: string) => rmSync(path)],
])('a file of a pack that is %s is written again, and nothing else', async (_, spoil) => {
  const { out, state } = await written();
  spoil(join(out, 'packs/a/1.0.0/a.tar.gz'));
  const { plan } = await compared(out, state);
  expect(plan.write.map(({ entry }) => entry.path)).toEqual(['packs/a/1.0.0/a.tar.gz']);
});

test('a file too many in a pack goes', async () => {
  const { out, state } = await written();
  writeFileSync(join(out, 'packs/a/foreign'), '');
  expect((await compared(out, state)).plan).toMatchObject({ write: [], remove: ['packs/a/foreign'] });
});

test('another document is another pack, though no file was touched', async () => {
  const { out, state } = await written();
  const { plan } = await compared(out, state, { ...FILES, 'packs/a/1.0.0/a.tar.gz': 'other' });
  expect(plan.write.map(({ entry, reason }) => `${reason} ${entry.path}`)).toEqual(['changed packs/a/1.0.0/a.tar.gz']);
});

test('nothing is known of another output', async () => {
  expect(await loadOutputState(openCache(await scratch()), await scratch())).toEqual(NOTHING_KNOWN);
});

test.each(['index.json', 'packs/a/index.json'])('another build shows in %s', async (path) => {
  const { out } = await written();
  const before = listOutput(out);
  expect(samePointers(out, before)).toBe(true);
  writeFileSync(join(out, path), 'another');
  expect(samePointers(out, before)).toBe(false);
  rmSync(join(out, path));
  expect(samePointers(out, before)).toBe(false);
});
