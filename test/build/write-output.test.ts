import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

import { array, assert, asyncProperty, constantFrom, dictionary, string } from 'fast-check';
import { describe, expect, test } from 'vitest';

import { listOutput } from '../../src/remote/output-files.ts';
import type { BuildPlan } from '../../src/build/plan.ts';
import { reconcile } from '../../src/build/reconcile.ts';
import { writeOutput } from '../../src/build/write-output.ts';
import type { Entry } from '../../src/model/entry.ts';
import { filesOf, treeOf } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';
import { NOTHING_KNOWN, wantedOf } from '../helpers/wanted-of.ts';

type Files = Readonly<Record<string, string>>;

const planFor = async (out: string, files: Files): Promise<BuildPlan> =>
  (await reconcile(wantedOf(files), out, listOutput(out), NOTHING_KNOWN)).plan;

async function bring(out: string, files: Files): Promise<BuildPlan> {
  const plan = await planFor(out, files);
  await writeOutput(plan, listOutput(out));
  return plan;
}

function contentsOf(out: string): Record<string, string> {
  return Object.fromEntries(filesOf(out).map((path) => [path, readFileSync(join(out, path), 'utf8')]));
}

const PATH = array(constantFrom('packs', 'logos', 'search', 'index.json'), { minLength: 1, maxLength: 3 }).map(
  (names) => names.join('/'),
);

/** Files of which none lies below another. */
const TREE = dictionary(PATH, string({ maxLength: 3 }), { maxKeys: 6 }).filter((files) =>
  Object.keys(files).every((a) => Object.keys(files).every((b) => !b.startsWith(`${a}/`))),
);

describe('the plan', () => {
  test('writes immutable files, then documents, then index.json, and removes what nothing names', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': 'old', 'packs/b/1': 'b', 'packs/stale/x/y': 's', 'packs/a/index.json': 'same' });
    const plan = await planFor(out, {
      'index.json': 'new',
      'packs/a/index.json': 'same',
      'packs/b/1': 'B',
      'packs/a/2': 'a',
      'packs/p/index.json': 'p',
    });
    expect(plan.write.map(({ entry, reason }) => `${reason} ${entry.path}`)).toEqual([
      'new packs/a/2',
      'changed packs/b/1',
      'new packs/p/index.json',
      'changed index.json',
    ]);
    expect(plan.keep).toEqual({ files: 1, bytes: 4 });
    expect(plan.remove).toEqual(['packs/stale/x/y']);
  });

  test('sees a change that keeps size and time', async () => {
    const out = await scratch();
    await bring(out, { 'search.json': 'abc' });
    const { atime, mtime } = lstatSync(join(out, 'search.json'));
    writeFileSync(join(out, 'search.json'), 'abd');
    utimesSync(join(out, 'search.json'), atime, mtime);
    expect((await planFor(out, { 'search.json': 'abc' })).write.map(({ reason }) => reason)).toEqual(['changed']);
  });

  test('for a directory that does not exist', async () => {
    const plan = await planFor(join(await scratch(), 'none'), { 'search.json': 'abc' });
    expect(plan).toMatchObject({ write: [{ reason: 'new' }], keep: { files: 0, bytes: 0 }, remove: [] });
  });
});

describe('what is written', () => {
  test('files that are right keep their inode and time', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': '1', 'packs/kept': 'kept', 'packs/changed': 'before' });
    const before = lstatSync(join(out, 'packs/kept'), { bigint: true });
    await bring(out, { 'index.json': '2', 'packs/kept': 'kept', 'packs/changed': 'after' });
    const { ino, mtimeNs, ctimeNs } = lstatSync(join(out, 'packs/kept'), { bigint: true });
    expect({ ino, mtimeNs, ctimeNs }).toEqual({ ino: before.ino, mtimeNs: before.mtimeNs, ctimeNs: before.ctimeNs });
    expect(contentsOf(out)).toEqual({ 'index.json': '2', 'packs/kept': 'kept', 'packs/changed': 'after' });
  });

  test('nothing to do touches nothing, not even the directory', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': '1' });
    const before = lstatSync(out, { bigint: true });
    await bring(out, { 'index.json': '1' });
    expect(lstatSync(out, { bigint: true }).ctimeNs).toBe(before.ctimeNs);
  });

  test('what a killed build left goes even when nothing else is to be done', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': '1' });
    mkdirSync(join(out, '.packyard'));
    writeFileSync(join(out, '.packyard/3'), 'half');
    await bring(out, { 'index.json': '1' });
    expect(readdirSync(out)).toEqual(['index.json']);
  });

  test('stale files go, and the folders that they leave empty', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': '1', 'packs/b/c/stale': 'x', 'packs/kept': 'k' });
    mkdirSync(join(out, 'logos/deep'), { recursive: true });
    const plan = await bring(out, { 'index.json': '1', 'packs/kept': 'k' });
    expect(plan.remove).toEqual(['logos/deep', 'packs/b/c/stale']);
    expect(Object.keys(treeOf(out))).toEqual(['index.json', 'packs', 'packs/kept']);
  });

  test('what others keep in the directory is neither listed nor touched', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': '1', 'packs/stale': 'x' });
    for (const folder of ['.git/refs', 'docs', 'empty']) mkdirSync(join(out, folder), { recursive: true });
    const theirs = { '.git/HEAD': 'ref', '.nojekyll': '', CNAME: 'example.org', 'docs/index.json': '{}' };
    for (const [path, text] of Object.entries(theirs)) writeFileSync(join(out, path), text);
    expect([...listOutput(out).shared.keys()].toSorted()).toEqual(['index.json', 'packs/stale']);
    const found = listOutput(out);
    const plan = await planFor(out, { 'index.json': '2' });
    expect(plan.remove).toEqual(['packs/stale']);
    writeFileSync(join(out, '.git/HEAD'), 'moved meanwhile');
    await writeOutput(plan, found);
    expect(contentsOf(out)).toEqual({ ...theirs, '.git/HEAD': 'moved meanwhile', 'index.json': '2' });
    expect(readdirSync(out)).toEqual(['.git', '.nojekyll', 'CNAME', 'docs', 'empty', 'index.json']);
    expect(existsSync(join(out, '.git/refs'))).toBe(true);
  });

  test.each<[name: string, before: Files, after: Files]>([
    ['a file where a folder must be', { packs: 'file' }, { 'packs/b/c': 'below' }],
    ['a folder where a file must be', { 'packs/b/c': 'below', 'packs/d': 'x' }, { packs: 'file' }],
    ['both at once', { packs: 'file', 'logos/c': 'below' }, { 'packs/b': 'below', logos: 'file' }],
  ])('%s', async (_name, before, after) => {
    const out = await scratch();
    await bring(out, before);
    await bring(out, after);
    expect(contentsOf(out)).toEqual(after);
  });

  test('an empty folder where a file must be, and above where one must be', async () => {
    const out = await scratch();
    mkdirSync(join(out, 'packs'));
    mkdirSync(join(out, 'logos'));
    await bring(out, { packs: 'file', 'logos/c': 'below' });
    expect(contentsOf(out)).toEqual({ packs: 'file', 'logos/c': 'below' });
  });

  test('a link is replaced and never followed, in place of a file or of a folder', async () => {
    const [out, elsewhere] = [await scratch(), await scratch()];
    writeFileSync(join(elsewhere, 'precious'), 'precious');
    symlinkSync(join(elsewhere, 'precious'), join(out, 'search.json'));
    symlinkSync(elsewhere, join(out, 'packs'));
    symlinkSync(join(elsewhere, 'made'), join(out, 'logos'));
    symlinkSync(elsewhere, join(out, 'schemas'));
    await bring(out, { 'search.json': 'f', 'packs/precious': 'p', logos: 'd' });
    expect(contentsOf(out)).toEqual({ logos: 'd', 'search.json': 'f', 'packs/precious': 'p' });
    expect(Object.values(treeOf(out)).filter((what) => what.includes('neither'))).toEqual([]);
    expect(contentsOf(elsewhere)).toEqual({ precious: 'precious' });
    expect(existsSync(join(out, 'schemas'))).toBe(false);
  });

  test('whatever was there before, the tree is what is wanted', async () => {
    const out = await scratch();
    await assert(
      asyncProperty(TREE, async (files) => {
        await bring(out, files);
        expect(contentsOf(out)).toEqual({ ...files });
        // Nor are there folders without a file.
        const folders = Object.entries(treeOf(out)).flatMap(([path, what]) => (what.endsWith(' folder') ? [path] : []));
        expect(folders.filter((folder) => !Object.keys(files).some((path) => path.startsWith(`${folder}/`)))).toEqual(
          [],
        );
      }),
      { numRuns: 150 },
    );
  });
});

describe('what stops it', () => {
  test('content that is not what its entry says leaves what was there', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': 'old' });
    const [entry] = wantedOf({ 'index.json': 'newer' }).shared;
    const wanted = { packs: [], shared: [{ ...entry, size: 99 } as Entry] };
    const { plan } = await reconcile(wanted, out, listOutput(out), NOTHING_KNOWN);
    expect(await failureOf(writeOutput(plan, listOutput(out)))).toEqual({
      code: 'cache-corrupt',
      message: 'index.json should have 99 bytes but has 5.',
      hint: 'Run `packyard cache clear` and build again.',
    });
    expect(contentsOf(out)).toEqual({ 'index.json': 'old' });
  });

  test('another build that ended after the plan was made', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': '1', 'search.json': 'k' });
    const found = listOutput(out);
    const plan = await planFor(out, { 'index.json': '2', 'search.json': 'k' });
    await bring(out, { 'index.json': '3' });
    expect(await failureOf(writeOutput(plan, found))).toEqual({
      code: 'output-busy',
      message: `Another build changed ${out} meanwhile.`,
      hint: 'Build again.',
    });
    expect(contentsOf(out)).toEqual({ 'index.json': '3' });
  });

  test('a folder of the output that is gone comes back', async () => {
    const out = await scratch();
    await bring(out, { 'packs/b': '1' });
    rmSync(join(out, 'packs'), { recursive: true });
    await bring(out, { 'packs/b': '1' });
    expect(contentsOf(out)).toEqual({ 'packs/b': '1' });
  });
});
