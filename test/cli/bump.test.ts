import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { runProgram } from '../../src/cli/program.ts';
import { isMapping } from '../../src/model/json-value.ts';
import { gitRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { packedChart } from '../helpers/packed-chart.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { scratch } from '../helpers/scratch.ts';

/** What `docs/formats.md` says of the document. */
const ROW =
  readFileSync(join(import.meta.dirname, '../../docs/formats.md'), 'utf8')
    .split('\n')
    .find((line) => line.startsWith('| `packyard-bump/1` |')) ?? '';

/** Findings are described elsewhere. */
function namedKeys(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namedKeys);
  if (!isMapping(value)) return [];
  return Object.entries(value).flatMap(([key, part]) => [
    ...(key === 'format' ? [] : [key]),
    ...(key === 'findings' ? [] : namedKeys(part)),
  ]);
}

interface Run {
  readonly status: number;
  readonly out: string;
  readonly err: string;
}

async function setting(directory: string): Promise<{ readonly root: string; run(...args: string[]): Promise<Run> }> {
  const repository = await gitRepository();
  const values = 'charts:\n  demo:\n    a: 2\n    b: x\n    gone: 5\n';
  const chart = (version: string, text: string): Buffer => packedChart('demo', version, { 'values.yaml': text });
  repository.commit(
    packFiles(directory, {
      manifest: {
        charts: ['charts/demo-1.0.0.tgz'],
        addonType: 'app services',
        annotations: { source: 'community', contributor: 'us' },
      },
      files: {
        'values.yaml': `pack:\n  namespace: demo\n${values}`,
        'charts/demo-1.0.0.tgz': chart('1.0.0', 'a: 1\nb: x\ngone: 0\nc: 1\nd: 1\ne: 1\nf: 1\n'),
        'README.md': '# Demo 1.0.0\n',
      },
    }),
  );
  const next = join(await scratch(), 'next.tgz');
  writeFileSync(next, chart('1.1.0', 'a: 3\nb: y\nc: 1\nd: 1\ne: 1\nf: 1\n'));
  const root = repository.path;
  return {
    root,
    async run(...args) {
      const terminal = recordedTerminal();
      const all = ['bump', ...args.map((each) => (each === 'NEXT' ? next : each)), '--repo', root, '--no-cache'];
      const status = await runProgram(all, terminal);
      return { status, ...terminal.printed };
    },
  };
}

test('a dry run shows the difference of the values, conflicts and what is left to decide', async () => {
  const { run } = await setting('packs/demo-1.0.0');
  const { status, out, err } = await run('demo', '--chart', 'NEXT', '--dry-run');
  expect([status, err]).toEqual([0, '']);
  expect(out).toMatchInlineSnapshot(`
    "Would make demo 1.1.0 of 1.0.0 in packs/demo-1.1.0
      chart  demo 1.0.0 → demo 1.1.0  charts/demo-1.1.0.tgz
      4 files to write
      values.yaml merged: 1 line in, 1 line out

    --- a/packs/demo-1.0.0/values.yaml
    +++ b/packs/demo-1.1.0/values.yaml
    @@ -2,6 +2,6 @@
       namespace: demo
     charts:
       demo:
         a: 2
    -    b: x
    +    b: y
         gone: 5

    1 value changed by both, the pack and the chart:
      - packs/demo-1.1.0/values.yaml:5 charts.demo.a
          old chart  1
          pack       2  (kept)
          new chart  3

    Left for you to decide, in packs/demo-1.1.0:
      - values.yaml:7 The new chart does not know charts.demo.gone.
      - README.md:1 This line still says 1.0.0.
    "
  `);
});

test('in place it says what becomes of the version before', async () => {
  const { run, root } = await setting('packs/demo');
  const { status, out } = await run('demo', '--chart', 'NEXT', '--conflicts', 'theirs');
  expect(status).toBe(0);
  expect(out.replaceAll(root, '<root>')).toMatchInlineSnapshot(`
    "Made demo 1.1.0 of 1.0.0 in packs/demo
      in place: 1.0.0 leaves the work tree; a build still has it where registry.yaml says history: all
      chart  demo 1.0.0 → demo 1.1.0  charts/demo-1.1.0.tgz
      3 files written, 1 removed
      values.yaml merged: 2 lines in, 2 lines out

    1 value changed by both, the pack and the chart:
      - packs/demo/values.yaml:5 charts.demo.a
          old chart  1
          pack       2
          new chart  3  (kept)

    Left for you to decide, in packs/demo:
      - values.yaml:7 The new chart does not know charts.demo.gone.
      - README.md:1 This line still says 1.0.0.

    Then: packyard check packs/demo, and packyard push packs/demo
    "
  `);
});

test('as JSON it is one document, and quiet it is nothing', async () => {
  const { run } = await setting('packs/demo-1.0.0');
  const { status, out } = await run('demo', '2.0.0', '--json', '--dry-run');
  expect(status).toBe(0);
  expect(JSON.parse(out)).toMatchObject({
    format: 'packyard-bump/1',
    dryRun: true,
    name: 'demo',
    version: '2.0.0',
    conflicts: [],
  });
  const keys = namedKeys(JSON.parse((await run('demo', '--chart', 'NEXT', '--json', '--dry-run')).out));
  const described = new Set(Array.from(ROW.matchAll(/`([^`]+)`/gu), ([, key]) => key));
  expect(keys.filter((key) => !described.has(key))).toEqual([]);
  expect(await run('demo', '2.0.0', '--quiet')).toEqual({ status: 0, out: '', err: '' });
});

test('a version that is there is refused with 1, and the next free one is named', async () => {
  const { run } = await setting('packs/demo-1.0.0');
  expect(await run('demo', '1.0.0')).toEqual({
    status: 1,
    out: '',
    err: 'error demo 1.0.0 exists already.\n  → What is published never changes. The next free version is 1.0.1.\n',
  });
});
