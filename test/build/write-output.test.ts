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

import { contentOf } from '../../src/build/content.ts';
import { outputFiles } from '../../src/build/output-files.ts';
import type { BuildPlan } from '../../src/build/plan.ts';
import { reconcile } from '../../src/build/reconcile.ts';
import { writeOutput } from '../../src/build/write-output.ts';
import type { Entry } from '../../src/model/entry.ts';
import { filesOf, treeOf } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

type Files = Readonly<Record<string, string>>;

function entriesOf(files: Files): Entry[] {
  return Object.entries(files).map(([path, text]) => ({
    path,
    mediaType: 'text/plain',
    cache: path.endsWith('index.json') ? 'revalidate' : 'immutable',
    ...contentOf(Buffer.from(text)),
  }));
}

const planFor = (out: string, files: Files): Promise<BuildPlan> =>
  reconcile(entriesOf(files), out, outputFiles(out), new Map());

async function bring(out: string, files: Files): Promise<BuildPlan> {
  const plan = await planFor(out, files);
  await writeOutput(plan, outputFiles(out));
  return plan;
}

function contentsOf(out: string): Record<string, string> {
  return Object.fromEntries(filesOf(out).map((path) => [path, readFileSync(join(out, path), 'utf8')]));
}

const PATH = array(constantFrom('a', 'b', 'c', 'index.json'), { minLength: 1, maxLength: 3 }).map((names) =>
  names.join('/'),
);

/** Files of which none lies below another. */
const TREE = dictionary(PATH, string({ maxLength: 3 }), { maxKeys: 6 }).filter((files) =>
  Object.keys(files).every((a) => Object.keys(files).every((b) => !b.startsWith(`${a}/`))),
);

describe('the plan', () => {
  test('writes immutable files, then documents, then index.json, and removes what nothing names', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': 'old', 'b/1': 'b', 'stale/x/y': 's', 'packs/a/index.json': 'same' });
    const plan = await planFor(out, {
      'index.json': 'new',
      'packs/a/index.json': 'same',
      'b/1': 'B',
      'a/2': 'a',
      'p/index.json': 'p',
    });
    expect(plan.write.map(({ entry, reason }) => `${reason} ${entry.path}`)).toEqual([
      'new a/2',
      'changed b/1',
      'new p/index.json',
      'changed index.json',
    ]);
    expect(plan.keep.map(({ path }) => path)).toEqual(['packs/a/index.json']);
    expect(plan.remove).toEqual(['stale/x/y']);
  });

  test('sees a change that keeps size and time', async () => {
    const out = await scratch();
    await bring(out, { file: 'abc' });
    const { atime, mtime } = lstatSync(join(out, 'file'));
    writeFileSync(join(out, 'file'), 'abd');
    utimesSync(join(out, 'file'), atime, mtime);
    expect((await planFor(out, { file: 'abc' })).write.map(({ reason }) => reason)).toEqual(['changed']);
  });

  test('for a directory that does not exist', async () => {
    const plan = await planFor(join(await scratch(), 'none'), { file: 'abc' });
    expect(plan).toMatchObject({ write: [{ reason: 'new' }], keep: [], remove: [] });
  });
});

describe('what is written', () => {
  test('files that are right keep their inode and time', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': '1', 'a/kept': 'kept', 'a/changed': 'before' });
    const before = lstatSync(join(out, 'a/kept'), { bigint: true });
    await bring(out, { 'index.json': '2', 'a/kept': 'kept', 'a/changed': 'after' });
    const { ino, mtimeNs, ctimeNs } = lstatSync(join(out, 'a/kept'), { bigint: true });
    expect({ ino, mtimeNs, ctimeNs }).toEqual({ ino: before.ino, mtimeNs: before.mtimeNs, ctimeNs: before.ctimeNs });
    expect(contentsOf(out)).toEqual({ 'index.json': '2', 'a/kept': 'kept', 'a/changed': 'after' });
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
    await bring(out, { 'index.json': '1', 'a/b/c/stale': 'x', 'a/kept': 'k' });
    mkdirSync(join(out, 'empty/deep'), { recursive: true });
    const plan = await bring(out, { 'index.json': '1', 'a/kept': 'k' });
    expect(plan.remove).toEqual(['a/b/c/stale', 'empty/deep']);
    expect(Object.keys(treeOf(out))).toEqual(['a', 'a/kept', 'index.json']);
  });

  test.each<[name: string, before: Files, after: Files]>([
    ['a file where a folder must be', { a: 'file' }, { 'a/b/c': 'below' }],
    ['a folder where a file must be', { 'a/b/c': 'below', 'a/d': 'x' }, { a: 'file' }],
    ['both at once', { a: 'file', 'b/c': 'below' }, { 'a/b': 'below', b: 'file' }],
  ])('%s', async (_name, before, after) => {
    const out = await scratch();
    await bring(out, before);
    await bring(out, after);
    expect(contentsOf(out)).toEqual(after);
  });

  test('an empty folder where a file must be, and above where one must be', async () => {
    const out = await scratch();
    mkdirSync(join(out, 'a'));
    mkdirSync(join(out, 'b'));
    await bring(out, { a: 'file', 'b/c': 'below' });
    expect(contentsOf(out)).toEqual({ a: 'file', 'b/c': 'below' });
  });

  test('a link is replaced and never followed, in place of a file or of a folder', async () => {
    const [out, elsewhere] = [await scratch(), await scratch()];
    writeFileSync(join(elsewhere, 'precious'), 'precious');
    symlinkSync(join(elsewhere, 'precious'), join(out, 'file'));
    symlinkSync(elsewhere, join(out, 'folder'));
    symlinkSync(join(elsewhere, 'made'), join(out, 'dangling'));
    symlinkSync(elsewhere, join(out, 'stale'));
    await bring(out, { file: 'f', 'folder/precious': 'p', dangling: 'd' });
    expect(contentsOf(out)).toEqual({ dangling: 'd', file: 'f', 'folder/precious': 'p' });
    expect(Object.values(treeOf(out)).filter((what) => what.includes('neither'))).toEqual([]);
    expect(contentsOf(elsewhere)).toEqual({ precious: 'precious' });
    expect(existsSync(join(out, 'stale'))).toBe(false);
  });

  test('whatever was there before, the tree is what is wanted', async () => {
    const out = await scratch();
    await assert(
      asyncProperty(TREE, async (files) => {
        await bring(out, files);
        expect(contentsOf(out)).toEqual({ ...files });
        expect([...outputFiles(out).values()]).not.toContain(undefined);
      }),
      { numRuns: 150 },
    );
  });
});

describe('what stops it', () => {
  test('content that is not what its entry says leaves what was there', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': 'old' });
    const [entry] = entriesOf({ 'index.json': 'newer' });
    const short = { ...entry, size: 99 } as Entry;
    const plan = await reconcile([short], out, outputFiles(out), new Map());
    expect(await failureOf(writeOutput(plan, outputFiles(out)))).toEqual({
      code: 'cache-corrupt',
      message: 'index.json should have 99 bytes but has 5.',
      hint: 'Run `packyard cache clear` and build again.',
    });
    expect(contentsOf(out)).toEqual({ 'index.json': 'old' });
  });

  test('another build that ended after the plan was made', async () => {
    const out = await scratch();
    await bring(out, { 'index.json': '1', kept: 'k' });
    const found = outputFiles(out);
    const plan = await planFor(out, { 'index.json': '2', kept: 'k' });
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
    await bring(out, { 'a/b': '1' });
    rmSync(join(out, 'a'), { recursive: true });
    await bring(out, { 'a/b': '1' });
    expect(contentsOf(out)).toEqual({ 'a/b': '1' });
  });
});
