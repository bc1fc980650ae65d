import { join } from 'node:path';

import { expect, test } from 'vitest';

import { runCli, scrub, type CliOptions } from '../helpers/cli.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { scratch } from '../helpers/scratch.ts';

interface JsonRun {
  readonly status: number | null;
  readonly stderr: string;
  readonly document: unknown;
}

/** What `packyard build --json` prints, without what differs from run to run. */
async function jsonOf(
  { path }: TestRepository,
  args: readonly string[] = [],
  options: CliOptions = {},
): Promise<JsonRun> {
  const run = await runCli(['build', '--json', ...args], { cwd: path, ...options });
  const names = { out: join(path, 'public'), repo: path };
  const document: unknown = JSON.parse(scrub(run.stdout, names), (key, value: unknown) => {
    if (key === 'timings') return Object.keys(value as object).at(-1);
    // The order of logos is that of their hashes.
    if (key === 'write' && Array.isArray(value)) return value.map((write: object) => JSON.stringify(write)).toSorted();
    return ['bytes', 'bytesWritten', 'size'].includes(key) ? typeof value : value;
  });
  return { status: run.status, stderr: run.stderr, document };
}

test('a registry that was built', async () => {
  const repository = await gitRepository(packFiles('packs/demo', { files: { 'README.md': null } }));
  expect(await jsonOf(repository)).toMatchInlineSnapshot(`
    {
      "document": {
        "findings": [],
        "format": "packyard-build/1",
        "ok": true,
        "plan": {
          "keep": 0,
          "out": "<out>",
          "remove": [],
          "tags": [],
          "write": [
            "{"path":"index.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"logos/<sha256>-128.png","reason":"new","size":"number","sha256":"<sha256>","mediaType":"image/png","cache":"immutable"}",
            "{"path":"logos/<sha256>-128.webp","reason":"new","size":"number","sha256":"<sha256>","mediaType":"image/webp","cache":"immutable"}",
            "{"path":"logos/<sha256>-256.png","reason":"new","size":"number","sha256":"<sha256>","mediaType":"image/png","cache":"immutable"}",
            "{"path":"logos/<sha256>-256.webp","reason":"new","size":"number","sha256":"<sha256>","mediaType":"image/webp","cache":"immutable"}",
            "{"path":"logos/<sha256>-48.png","reason":"new","size":"number","sha256":"<sha256>","mediaType":"image/png","cache":"immutable"}",
            "{"path":"logos/<sha256>-48.webp","reason":"new","size":"number","sha256":"<sha256>","mediaType":"image/webp","cache":"immutable"}",
            "{"path":"packs/demo/1.0.0/demo-1.0.0.tar.gz","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/gzip","cache":"immutable"}",
            "{"path":"packs/demo/1.0.0/pack.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"immutable"}",
            "{"path":"packs/demo/1.0.0/values.yaml","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/yaml","cache":"immutable"}",
            "{"path":"packs/demo/<sha256>.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"immutable"}",
            "{"path":"packs/demo/index.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"schemas/index.schema.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"schemas/pack-document.schema.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"schemas/pack.schema.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"schemas/registry.schema.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"schemas/search.schema.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"schemas/sources.schema.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"schemas/status.schema.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"schemas/values-pack.schema.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"schemas/values.schema.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"search.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"revalidate"}",
            "{"path":"search/<sha256>.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"immutable"}",
            "{"path":"sources/<sha256>.json","reason":"new","size":"number","sha256":"<sha256>","mediaType":"application/json","cache":"immutable"}",
          ],
        },
        "report": {
          "blobsRead": 2,
          "bytes": "number",
          "bytesWritten": "number",
          "commit": "<oid>",
          "directories": 1,
          "dirty": false,
          "files": {
            "added": 24,
            "changed": 0,
            "removed": 0,
            "unchanged": 0,
          },
          "leftOut": [],
          "out": "<out>",
          "packs": 1,
          "releases": {
            "added": 1,
            "changed": 0,
            "refused": 0,
            "removed": 0,
            "total": 1,
            "unchanged": 0,
          },
          "removedReleases": [],
          "renewed": [],
          "repository": "<repo>",
          "superseded": [],
          "timings": "total",
        },
        "written": true,
      },
      "status": 0,
      "stderr": "",
    }
  `);
});

test('findings, with their words, and nothing written', async () => {
  const repository = await gitRepository(packFiles('packs/demo', { version: '1/2' }));
  expect(await jsonOf(repository)).toMatchInlineSnapshot(`
    {
      "document": {
        "findings": [
          {
            "args": {
              "expected": "must be a version such as 1.2.3: it starts with a digit (a leading v is read too) and holds letters, digits, dots, +, - and _ only",
              "pointer": "/version",
            },
            "file": "packs/demo/pack.json",
            "hint": "schemas/pack.schema.json says what pack.json may hold; with "$schema" editors check it as you type.",
            "message": ""version" must be a version such as 1.2.3: it starts with a digit (a leading v is read too) and holds letters, digits, dots, +, - and _ only",
            "place": {
              "column": 14,
              "endColumn": 19,
              "line": 3,
              "source": "  "version": "1/2",",
            },
            "rule": "pack/schema",
            "severity": "error",
          },
        ],
        "format": "packyard-build/1",
        "ok": false,
        "report": {
          "blobsRead": 4,
          "bytes": "number",
          "bytesWritten": "number",
          "commit": "<oid>",
          "directories": 1,
          "dirty": false,
          "files": {
            "added": 0,
            "changed": 0,
            "removed": 0,
            "unchanged": 0,
          },
          "leftOut": [],
          "out": "<out>",
          "packs": 0,
          "releases": {
            "added": 0,
            "changed": 0,
            "refused": 1,
            "removed": 0,
            "total": 0,
            "unchanged": 0,
          },
          "removedReleases": [],
          "renewed": [],
          "repository": "<repo>",
          "superseded": [],
          "timings": "total",
        },
        "written": false,
      },
      "status": 1,
      "stderr": "",
    }
  `);
});

test('an error', async () => {
  const repository = await gitRepository(packFiles('packs/demo'));
  expect(await jsonOf(repository, ['--rev', 'v9'])).toMatchInlineSnapshot(`
    {
      "document": {
        "error": {
          "code": "unknown-revision",
          "hint": "Name a branch, a tag or a commit that is here: \`git log --oneline\` lists commits, \`git fetch\` brings more.",
          "message": "<repo> has no commit named "v9".",
        },
        "findings": [],
        "format": "packyard-error/1",
      },
      "status": 2,
      "stderr": "",
    }
  `);
});

test('an error with findings', async () => {
  const repository = await gitRepository({ ...packFiles('packs/demo'), 'registry.yaml': 'title: 7\n' });
  expect(await jsonOf(repository)).toMatchInlineSnapshot(`
    {
      "document": {
        "error": {
          "code": "config-invalid",
          "hint": "Mend it and run the command again; without the file, every setting has its default.",
          "message": "registry.yaml has an error.",
        },
        "findings": [
          {
            "args": {
              "expected": "must be a string, not a number",
              "pointer": "/title",
            },
            "file": "registry.yaml",
            "hint": "schemas/registry.schema.json says what registry.yaml may hold.",
            "message": ""title" must be a string, not a number",
            "place": {
              "column": 8,
              "endColumn": 9,
              "line": 1,
              "source": "title: 7",
            },
            "rule": "config/schema",
            "severity": "error",
          },
        ],
        "format": "packyard-error/1",
      },
      "status": 2,
      "stderr": "",
    }
  `);
});

test('the folder of the cache, and what clearing it removed', async () => {
  const [cache, { path }] = [await scratch(), await gitRepository(packFiles('packs/demo'))];
  const options = { cwd: path, env: { PACKYARD_CACHE_DIR: cache } };
  await runCli(['build'], options);
  const folder = await runCli(['cache', 'dir', '--json'], options);
  expect(JSON.parse(folder.stdout)).toEqual({ format: 'packyard-cache/1', directory: cache });
  const cleared = await runCli(['cache', 'clear', '--json'], options);
  expect(JSON.parse(cleared.stdout)).toEqual({
    format: 'packyard-cache/1',
    directory: cache,
    bytesRemoved: expect.toSatisfy((bytes: number) => bytes > 1000),
  });
  const again = await runCli(['cache', 'clear', '--json'], options);
  expect(JSON.parse(again.stdout)).toMatchObject({ bytesRemoved: 0 });
});
