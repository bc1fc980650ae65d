import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { mirrorProgress } from '../../src/cli/mirror-progress.ts';
import { mirrorDocument, mirrorText } from '../../src/cli/mirror-report.ts';
import type { MirrorResult } from '../../src/client/mirror/mirror-options.ts';
import { publishNext, yard } from '../client/mirror/mirrored.ts';
import { runCli, transcript, type CliResult } from '../helpers/cli.ts';
import { recordedTerminal } from '../helpers/recorded-terminal.ts';
import { filesOf, treeOf } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';

const SIZES = /\b[\d.]+ (?:bytes|[KM]iB)\b/gu;

/** Runs `packyard mirror` again and again with one cache. */
async function mirrors(): Promise<{ readonly folder: string; run(...args: readonly string[]): Promise<CliResult> }> {
  const [folder, cache] = [await scratch(), await scratch()];
  return { folder, run: (...args) => runCli(['mirror', ...args], { cwd: folder, env: { PACKYARD_CACHE_DIR: cache } }) };
}

test('a whole mirror, the next one, and what a change would do, in words', async () => {
  const state = await yard();
  const { folder, run } = await mirrors();
  const names = { folder, source: state.source };
  const say = async (...args: readonly string[]): Promise<string> =>
    // The order of logos is that of their hashes, which differ from one image library to the next.
    transcript(await run(state.source, 'mirror', ...args), names)
      .replace(SIZES, '<size>')
      .replace(/^ +logos\/.*\n/gmu, '');
  expect(await say()).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    Mirrored all of <source> to <folder>/mirror: 3 packs, 7 releases (serial 1)
      wrote 65 files (<size>), kept no files
      8 images in <folder>/mirror/images.txt"
  `);
  expect(await say()).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    <folder>/mirror is up to date: all of <source>, 3 packs, 7 releases (serial 1)
      wrote no files, kept 65 files (<size>)
      8 images in <folder>/mirror/images.txt"
  `);
  await publishNext(state);
  expect(await say('--dry-run', '--prune')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    Would mirror all of <source> to <folder>/mirror: 3 packs, 8 releases (serial 2)
      to write 22 files (<size>), to keep 47 files (<size>)
      to remove: 15 files
        packs/nginx/<sha256>.json
        packs/web/1.0.0/README.md
        packs/web/1.0.0/pack.json
        packs/web/1.0.0/values.yaml
        packs/web/1.0.0/web-1.0.0.tar.gz
        packs/web/<sha256>.json
        packs/web/index.json
        search/<sha256>.json
        sources/<sha256>.json
      9 images in <folder>/mirror/images.txt"
  `);
  expect(await say('--quiet')).toBe('exit status 0');
  expect(await say('--dry-run', '--no-images')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    Would mirror all of <source> to <folder>/mirror: 3 packs, 8 releases (serial 2)
      to write no files, to keep 69 files (<size>)
      15 files that are not part of it stay; --prune removes them
        packs/nginx/<sha256>.json
        packs/web/1.0.0/README.md
        packs/web/1.0.0/pack.json
        packs/web/1.0.0/values.yaml
        packs/web/1.0.0/web-1.0.0.tar.gz
        packs/web/<sha256>.json
        packs/web/index.json
        search/<sha256>.json
        sources/<sha256>.json"
  `);
  expect(await say('--prune', '--no-images', '--packs', 'nginx@1.x', 'redis', '--latest', '1')).toMatchInlineSnapshot(`
    "exit status 0
    --- stdout
    Mirrored a subset of <source> to <folder>/mirror: 2 packs, 2 releases (serial 2)
      wrote 8 files (<size>), kept 29 files (<size>)
      removed 51 files"
  `);
});

test('as JSON: one document with plan and result', async () => {
  const { source } = await yard();
  const { folder, run } = await mirrors();
  const { stdout, stderr } = await run(source, 'mirror', '--packs', 'web', '--json');
  expect(stderr).toBe('');
  const document = JSON.parse(stdout) as Record<string, unknown>;
  expect(document).toMatchObject({
    format: 'packyard-mirror/1',
    dryRun: false,
    source,
    subset: { of: expect.stringMatching(/^[0-9a-f]{64}$/u) as string },
    packs: 1,
    releases: 1,
    write: { files: filesOf(join(folder, 'mirror')).length - 1 },
    keep: { files: 0, bytes: 0 },
    stale: [],
    removed: [],
    images: { count: 2 },
    warnings: [],
  });
});

describe('what cannot be is said', () => {
  test.each([
    [
      'no number',
      ['--latest', 'two'],
      /^error Option '--latest <count>' argument 'two' is invalid\. It is a whole number/mu,
    ],
    ['no release', ['--latest', '0'], /The number of releases of each pack is not a whole number above 0\./u],
    ['no pack', ['--packs', 'Nginx!'], /"Nginx!" cannot be the name of a pack\./u],
    ['no profile', ['--profile', 'cluster.yaml'], /cluster\.yaml is neither a packyard\.json nor a packyard\.lock\./u],
    ['an unknown pack', ['--packs', 'ngimx'], /has no pack "ngimx"\.\n.*Did you mean nginx\?/u],
  ])('%s', async (_, args, message) => {
    const { source } = await yard();
    const { folder, run } = await mirrors();
    const { status, stderr } = await run(source, 'mirror', ...args);
    expect(status).toBeGreaterThan(0);
    expect(stderr).toMatch(message);
    expect(treeOf(folder)).toEqual({});
  });

  test('wrong bytes end with status 3', async () => {
    const { source } = await yard();
    const { folder, run } = await mirrors();
    writeFileSync(join(source, 'packs/web/1.0.0/values.yaml'), 'other: bytes\n');
    const result = await run(source, 'mirror');
    expect(transcript(result, { folder, source })).toMatchInlineSnapshot(`
      "exit status 3
      --- stderr
      error <source>/packs/web/1.0.0/values.yaml has 13 of the 110 bytes that were published.
        → Publish the registry anew, or ask those who do; a proxy may be at fault as well. The file was not taken."
    `);
  });
});

const PLAN: MirrorResult = {
  plan: {
    destination: '/srv/mirror',
    source: 'https://packs.example.org/',
    index: { sha256: 'a'.repeat(64), serial: 7, commit: 'b'.repeat(40) },
    packs: 1,
    releases: 1,
    write: [
      { file: { path: 'logos/x', sha256: 'c', role: 'immutable' }, reason: 'new' },
      { file: { path: 'index.json', sha256: 'd', size: 2048, role: 'index' }, reason: 'changed' },
    ],
    keep: { files: 1, bytes: 1 },
    stale: Array.from({ length: 22 }, (_, index) => `logos/\u001b[31m${index}`),
    prune: false,
  },
  written: false,
  wrote: { files: 0, bytes: 0 },
  removed: [],
  transferred: { requests: 1, bytes: 1 },
};

test('a plan names what it does not know, and at most twenty paths, which no terminal obeys', () => {
  const text = mirrorText(PLAN);
  expect(text).toContain('to write 2 files (at least 2 KiB), to keep 1 file (1 byte)\n');
  expect(text).toContain('22 files that are not part of it stay; --prune removes them\n');
  expect(text).toContain('    and 2 more\n');
  expect(text).not.toContain('\u001b');
  expect(mirrorDocument(PLAN, [])).not.toContain('\u001b');
  expect(JSON.parse(mirrorDocument(PLAN, []))).toMatchObject({ write: { files: 2, bytes: 2048, unknownSizes: 1 } });
});

describe('progress', () => {
  const { plan } = PLAN;

  test('is a bar on a terminal, and goes before the result', () => {
    const terminal = recordedTerminal({ interactive: true });
    const progress = mirrorProgress(terminal);
    progress.report({ kind: 'documents', done: 1, total: 2, name: 'nginx' });
    progress.report({ kind: 'planned', plan });
    progress.report({ kind: 'received', bytes: 2_097_152 });
    progress.report({ kind: 'file', done: 1, total: 2, path: 'logos/\u001b[31mx' });
    progress.report({ kind: 'restarted' });
    progress.end();
    expect(terminal.printed.err.replaceAll('\u001b[2K', '<clear>').replaceAll('\r', '')).toMatchInlineSnapshot(`
      "<clear>████████████░░░░░░░░░░░░ 1/2 packs nginx<clear>░░░░░░░░░░░░░░░░░░░░░░░░ 0/2 files, 2 MiB<clear>████████████░░░░░░░░░░░░ 1/2 files, 2 MiB logos/\\u001b[31mx<clear>The registry was published anew meanwhile: starting over; what is fetched already stays.
      "
    `);
  });

  test('is a line at each quarter of what takes its time elsewhere', () => {
    const terminal = recordedTerminal();
    const progress = mirrorProgress(terminal);
    const files = (): void => {
      for (let done = 1; done <= 100; done += 1) progress.report({ kind: 'file', done, total: 100, path: 'x' });
    };
    progress.report({ kind: 'planned', plan });
    files();
    expect(terminal.printed.err).toBe('');
    const large = { path: 'x', sha256: 'c', size: 5_000_000, role: 'immutable' } as const;
    progress.report({ kind: 'planned', plan: { ...plan, write: [{ file: large, reason: 'new' }] } });
    files();
    progress.report({ kind: 'restarted' });
    progress.end();
    expect(terminal.printed.err).toMatchInlineSnapshot(`
      "files: 25/100
      files: 50/100
      files: 75/100
      files: 100/100
      The registry was published anew meanwhile: starting over; what is fetched already stays.
      "
    `);
  });
});
