import { execFileSync } from 'node:child_process';

import * as fc from 'fast-check';
import { expect, test } from 'vitest';

import type { GitObjects } from '../../src/repo/git-objects.ts';
import { packDirectoriesSince, type EarlierDirectories } from '../../src/repo/pack-directories-since.ts';
import { packDirectories } from '../../src/repo/pack-directories.ts';
import { treesOf } from '../../src/repo/tree.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';

/** What stands under a name: a folder, or something that is none. */
type Node = 'file' | 'other file' | 'link' | 'module' | Folder;
type Folder = { readonly [name: string]: Node };

interface Change {
  /** Which folder to go into, of those that are there. */
  readonly steps: readonly number[];
  readonly name: string;
  /** Undefined removes what is there. */
  readonly node: Node | undefined;
}

const MODES = { file: '100644', 'other file': '100755', link: '120000', module: '160000' } as const;

/** Makes a commit of each of some trees and gives the ids of the trees. */
function commit(repository: TestRepository, roots: readonly Folder[]): string[] {
  const text = (content: string): string => `data ${content.length}\n${content}\n`;
  const leaf = (path: string, node: Exclude<Node, Folder>): string =>
    node === 'module'
      ? `M ${MODES.module} ${'1'.repeat(40)} ${path}\n`
      : `M ${MODES[node]} inline ${path}\n${text(node)}`;
  const leaves = (folder: Folder, above: string): string =>
    Object.entries(folder)
      .map(([name, node]) => (typeof node === 'string' ? leaf(above + name, node) : leaves(node, `${above}${name}/`)))
      .join('');
  const input = roots.map(
    (root, index) =>
      `commit refs/heads/r${index}\ncommitter A <a@b> 1 +0000\n${text('x')}deleteall\n${leaves(root, '')}`,
  );
  execFileSync('git', ['fast-import', '--quiet', '--force'], { cwd: repository.path, input: input.join('') });
  return repository.git('rev-parse', ...roots.map((_, index) => `refs/heads/r${index}^{tree}`)).split('\n');
}

function changed(folder: Folder, change: Change): Folder {
  const folders = Object.entries(folder).filter(([, node]) => typeof node === 'object') as [string, Folder][];
  const [step, ...steps] = change.steps;
  const [inside, old] = (step === undefined ? undefined : folders[step % folders.length]) ?? [];
  if (inside !== undefined && old !== undefined) return { ...folder, [inside]: changed(old, { ...change, steps }) };
  const { [change.name]: _removed, ...others } = folder;
  return change.node === undefined ? others : { ...others, [change.name]: change.node };
}

// What makes or unmakes packs is what matters: few names, so that they meet.
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constant('pack.json') },
  { weight: 4, arbitrary: fc.constantFrom('a', 'b') },
  { weight: 2, arbitrary: fc.constantFrom('packs', 'Pack.json', 'pac\u212A.json', 'ä', 'charts', '.hidden', 'a-1') },
);
const leaf = fc.constantFrom<Node>('file', 'file', 'other file', 'link', 'module');
const { folder } = fc.letrec<{ folder: Folder; node: Node }>((tie) => ({
  folder: fc.dictionary(name, tie('node'), { maxKeys: 4, noNullPrototype: true }),
  node: fc.oneof({ maxDepth: 4 }, leaf, tie('folder')),
}));
const first = fc.record({
  packs: fc.dictionary(name, folder, { minKeys: 1, maxKeys: 4, noNullPrototype: true }),
  a: folder,
});
const change: fc.Arbitrary<Change> = fc.record({
  steps: fc.array(fc.nat(5), { maxLength: 4 }),
  name,
  node: fc.option(fc.oneof(leaf, folder), { nil: undefined }),
});
const GLOBS = `packs/* packs/*/* * */*/* packs/** ** . ./packs/*/ packs/a packs/a/charts a/.* packs/{a,b}/* {packs,a}/b
  packs/!(a) packs/@(a|b) **/charts !packs/b !packs/a/**`.split(/\s+/u);
const globs = fc.oneof(
  fc.constant(['packs/*', 'packs/*/*']),
  fc.uniqueArray(fc.constantFrom(...GLOBS), { minLength: 1, maxLength: 3 }),
);

async function lookEverywhere(
  objects: GitObjects,
  root: string,
  named: readonly string[],
): Promise<EarlierDirectories> {
  return { root, ...(await packDirectories(treesOf(objects), root, named)) };
}

test('what is found by looking at changes is what is found by looking at everything', async () => {
  const repository = await gitRepository();
  const objects = openObjects(repository.path);
  const steps = fc.array(fc.array(change, { maxLength: 3 }), { minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(first, steps, globs, async (start, changes, named) => {
      const folders: Folder[] = [start];
      for (const step of changes) folders.push(step.reduce(changed, folders.at(-1) ?? {}));
      const [root = '', ...roots] = commit(repository, folders);
      let earlier = await lookEverywhere(objects, root, named);
      for (const next of roots) {
        const found = await packDirectoriesSince({ objects, trees: treesOf(objects) }, next, named, earlier);
        const { packs, skipped, count } = await lookEverywhere(objects, next, named);
        expect({ packs: found?.packs, skipped: found?.skipped }).toEqual({ packs, skipped });
        expect(found?.count).toBeGreaterThanOrEqual(count);
        earlier = { root: next, packs, skipped, count: found?.count ?? count };
      }
    }),
    { numRuns: 100 },
  );
}, 120_000);

const FLAT = ['packs/*', 'packs/*/*'];
const PACK: Folder = { 'pack.json': 'file' };

/** What is found in a second tree after a first one, each way. */
async function twice(before: Folder, after: Folder, named: readonly string[], limit?: number): Promise<unknown[]> {
  const repository = await gitRepository();
  const objects = openObjects(repository.path);
  const [old = '', root = ''] = commit(repository, [before, after]);
  const earlier = await lookEverywhere(objects, old, named);
  const quick = await packDirectoriesSince({ objects, trees: treesOf(objects) }, root, named, earlier, limit);
  return [quick, await lookEverywhere(objects, root, named)].map((found) =>
    found === undefined ? undefined : { packs: found.packs, skipped: found.skipped },
  );
}

test.each<[string, Folder, Folder]>([
  ['becomes a pack', { group: { a: PACK } }, { group: { ...PACK, a: PACK } }],
  ['is no pack any more', { group: { ...PACK, a: PACK } }, { group: { a: PACK } }],
  ['is a pack in the wrong case', { group: { 'Pack.json': 'file', a: 'file' } }, { group: { 'Pack.json': 'file' } }],
  ['is a link now', { group: { a: PACK } }, { group: 'link' }],
])('a folder that %s', async (_name, before, after) => {
  const [quick, everything] = await twice({ packs: before }, { packs: after }, FLAT);
  expect(quick).toEqual(everything);
});

test('the root itself can be a pack', async () => {
  const [quick, everything] = await twice({ ...PACK, a: PACK }, { ...PACK, b: PACK }, ['.', '*']);
  expect(quick).toEqual(everything);
});

test('names that are no UTF-8 are left to whoever looks at everything', async () => {
  const [quick, everything] = await twice({ packs: { a: PACK } }, { packs: { a: PACK, 'b\uFFFD': PACK } }, FLAT);
  expect(quick).toBeUndefined();
  expect(everything).toMatchObject({ packs: [{ directory: 'packs/a' }] });
});

test('so is what may be more than the limit', async () => {
  const [before, after] = [{ packs: { a: PACK, b: PACK } }, { packs: { a: PACK, b: PACK, c: PACK } }];
  expect((await twice(before, after, FLAT, 100))[0]).toMatchObject({ packs: [{}, {}, {}] });
  expect((await twice(before, after, FLAT, 6))[0]).toBeUndefined();
});

test('so is everything where the earlier root is gone', async () => {
  const repository = await gitRepository({ 'packs/a/pack.json': '{}' });
  const objects = openObjects(repository.path);
  const root = repository.git('rev-parse', 'HEAD^{tree}');
  const earlier = { root: '1'.repeat(40), packs: [], skipped: [], count: 0 };
  expect(await packDirectoriesSince({ objects, trees: treesOf(objects) }, root, FLAT, earlier)).toBeUndefined();
});
