import { createHash } from 'node:crypto';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, onTestFinished, test } from 'vitest';

import { readPackFiles, type ReadFiles } from '../../src/pack/read-files.ts';
import { openGitObjects } from '../../src/repo/git-objects.ts';
import { treesOf } from '../../src/repo/tree.ts';
import { gitRepository, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';

async function read(repository: TestRepository, revision: string): Promise<ReadFiles> {
  const objects = openGitObjects(repository.path);
  onTestFinished(() => objects.close());
  return readPackFiles(treesOf(objects), objects, repository.git('rev-parse', revision));
}

/** Writes a blob and gives its id. */
function blob(repository: TestRepository, data: string | Buffer): string {
  const options = { cwd: repository.path, input: data, encoding: 'utf8' } as const;
  return execFileSync('git', ['-c', 'core.compression=1', 'hash-object', '-w', '--stdin'], options).trim();
}

/** Writes a tree of entries as `git mktree` reads them, names and all, and gives its id. */
function tree(repository: TestRepository, entries: readonly string[]): string {
  const options = {
    cwd: repository.path,
    input: entries.map((entry) => `${entry}\0`).join(''),
    encoding: 'utf8',
  } as const;
  return execFileSync('git', ['mktree', '-z', '--missing'], options).trim();
}

function paths({ files }: ReadFiles): string[] {
  return [...files.keys()];
}

function error(rule: string, file: string, args: object): object {
  return { rule, severity: 'error', file, args };
}

describe('what is read', () => {
  test('files with their bytes and modes, ordered by the bytes of their paths', async () => {
    const repository = await gitRepository();
    const binary = Buffer.from([0, 255, 13, 10]);
    repository.write(
      packFiles('packs/demo', { files: { 'b/é': '', 'b/z': binary, 'b.txt': '', 'b-': '', 'run.sh': '#!/bin/sh\n' } }),
    );
    chmodSync(join(repository.path, 'packs/demo/run.sh'), 0o755);
    repository.commit({});
    const result = await read(repository, 'HEAD:packs/demo');
    expect(result.findings).toEqual([]);
    expect(paths(result)).toEqual(['README.md', 'b-', 'b.txt', 'b/z', 'b/é', 'pack.json', 'run.sh', 'values.yaml']);
    expect(result.files.get('b/z')).toEqual({ path: 'b/z', executable: false, data: binary });
    expect(result.files.get('run.sh')?.executable).toBe(true);
    expect(result.oids.get('b/z')).toBe(repository.git('rev-parse', 'HEAD:packs/demo/b/z'));
  });

  test('no junk, and nothing that .packignore names', async () => {
    const files = {
      '.packignore': '*.md\n!README.md\ndocs/\n',
      '.DS_Store': 'x',
      'values.yaml.orig': 'x',
      'NOTES.md': 'x',
      'docs/a.txt': 'x',
      'charts/docs.txt': 'x',
    };
    const repository = await gitRepository(packFiles('demo', { files }));
    const result = await read(repository, 'HEAD:demo');
    expect(paths(result)).toEqual(['README.md', 'charts/docs.txt', 'pack.json', 'values.yaml']);
    expect(result.findings).toEqual([]);
  });

  test('pack.json and values.yaml, whatever .packignore says', async () => {
    const repository = await gitRepository(packFiles('demo', { files: { '.packignore': '*\n/pack.json\n' } }));
    expect(paths(await read(repository, 'HEAD:demo'))).toEqual(['pack.json', 'values.yaml']);
  });

  test('an empty directory', async () => {
    const repository = await gitRepository({});
    expect(await read(repository, tree(repository, []))).toEqual({
      files: new Map(),
      oids: new Map(),
      junk: [],
      findings: [],
    });
  });
});

describe('what no release may hold', () => {
  test('a symbolic link', async () => {
    const repository = await gitRepository(packFiles('demo'));
    mkdirSync(join(repository.path, 'demo/charts'));
    symlinkSync('/etc/passwd', join(repository.path, 'demo/charts/link'));
    repository.commit({});
    const result = await read(repository, 'HEAD:demo');
    expect(result.findings).toEqual([error('file/symlink', 'charts/link', { path: 'charts/link' })]);
    expect(paths(result)).toEqual(['README.md', 'pack.json', 'values.yaml']);
  });

  test('a submodule', async () => {
    const repository = await gitRepository(packFiles('demo'));
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},demo/charts/sub`);
    repository.git('commit', '--quiet', '-m', 'submodule');
    const result = await read(repository, 'HEAD:demo');
    expect(result.findings).toEqual([error('file/submodule', 'charts/sub', { path: 'charts/sub' })]);
    expect(paths(result)).toEqual(['README.md', 'pack.json', 'values.yaml']);
  });

  test('a link or a submodule that is junk does no harm', async () => {
    const repository = await gitRepository(packFiles('demo', { files: { '.packignore': 'link\nsub\n' } }));
    symlinkSync('x', join(repository.path, 'demo/link'));
    repository.commit({});
    repository.git('update-index', '--add', '--cacheinfo', `160000,${'1'.repeat(40)},demo/sub`);
    repository.git('commit', '--quiet', '-m', 'submodule');
    expect((await read(repository, 'HEAD:demo')).findings).toEqual([]);
  });

  test('names that some machine cannot hold', async () => {
    const repository = await gitRepository({});
    const id = blob(repository, '');
    const root = tree(repository, [`100644 blob ${id}\taux.yaml`, `100644 blob ${id}\ta:b`, `100644 blob ${id}\tok`]);
    expect((await read(repository, root)).findings).toEqual([
      error('file/not-portable', 'a:b', {
        path: 'a:b',
        reason: 'it holds ":", which Windows or a terminal cannot show',
      }),
      error('file/not-portable', 'aux.yaml', { path: 'aux.yaml', reason: 'Windows reserves the name "aux.yaml"' }),
    ]);
  });

  test('names that differ in case or composition only, of files and of directories', async () => {
    const repository = await gitRepository({});
    const id = blob(repository, '');
    const inner = tree(repository, [`100644 blob ${id}\tx`]);
    const names = ['README.md', 'readme.md', 'caf\u00e9', 'cafe\u0301'].map((name) => `100644 blob ${id}\t${name}`);
    const root = tree(repository, [...names, `040000 tree ${inner}\tCharts`, `040000 tree ${inner}\tcharts`]);
    expect((await read(repository, root)).findings).toEqual(
      [
        error('file/case-collision', 'charts/x', { path: 'charts', other: 'Charts' }),
        error('file/case-collision', 'caf\u00e9', { path: 'caf\u00e9', other: 'cafe\u0301' }),
        error('file/case-collision', 'readme.md', { path: 'readme.md', other: 'README.md' }),
      ].toSorted((a, b) => Buffer.compare(key(a), key(b))),
    );
  });
});

function key(finding: object): Buffer {
  return Buffer.from('file' in finding ? String(finding.file) : '');
}

describe('limits', () => {
  test('too many files: none is read', async () => {
    const repository = await gitRepository({});
    const id = blob(repository, 'x');
    const names = Array.from({ length: 20_001 }, (_, index) => `100644 blob ${id}\tf${index}`);
    expect(await read(repository, tree(repository, names))).toEqual({
      files: new Map(),
      oids: new Map(),
      junk: [],
      findings: [error('file/too-many', '', { of: 'entries', limit: 20_000 })],
    });
  });

  test('directories of directories that are one and the same: none is read', async () => {
    const repository = await gitRepository({});
    let id = tree(repository, []);
    for (let level = 0; level < 12; level += 1) {
      const below = id;
      id = tree(
        repository,
        Array.from({ length: 10 }, (_, index) => `040000 tree ${below}\td${index}`),
      );
    }
    expect(await read(repository, id)).toEqual({
      files: new Map(),
      oids: new Map(),
      junk: [],
      findings: [error('file/too-many', '', { of: 'entries', limit: 20_000 })],
    });
  });

  test('directories that are too deep', async () => {
    const repository = await gitRepository({});
    let id = tree(repository, [`100644 blob ${blob(repository, 'x')}\tfile`]);
    for (let level = 0; level < 64; level += 1) id = tree(repository, [`040000 tree ${id}\td`]);
    expect((await read(repository, id)).findings).toEqual([]);
    const deeper = tree(repository, [`040000 tree ${id}\td`]);
    expect((await read(repository, deeper)).findings).toEqual([
      error('file/too-many', '', { of: 'levels', limit: 64 }),
    ]);
  });

  test('a file that is too large is left out, the others are read', async () => {
    const repository = await gitRepository({});
    const root = tree(repository, [
      `100644 blob ${blob(repository, Buffer.alloc(67_108_865))}\tlarge`,
      `100644 blob ${blob(repository, 'x')}\tsmall`,
    ]);
    const result = await read(repository, root);
    expect(paths(result)).toEqual(['small']);
    expect(result.findings).toEqual([
      error('file/too-large', 'large', { path: 'large', size: 67_108_865, limit: 67_108_864 }),
    ]);
  });

  test('files that are too large together are not held', async () => {
    const repository = await gitRepository({});
    const id = blob(repository, Buffer.alloc(67_108_864));
    const names = Array.from({ length: 4 }, (_, index) => `100644 blob ${id}\tf${index}`);
    const result = await read(repository, tree(repository, names));
    expect(paths(result)).toEqual([]);
    expect(result.findings).toEqual([error('file/pack-too-large', '', { limit: 201_326_592 })]);
  });

  test('a file of exactly the limit is read', async () => {
    const repository = await gitRepository({});
    const data = Buffer.alloc(67_108_864);
    const result = await read(repository, tree(repository, [`100644 blob ${blob(repository, data)}\tlarge`]));
    expect(result.findings).toEqual([]);
    expect(sha256(result.files.get('large')?.data)).toBe(sha256(data));
  });
});

function sha256(data: Buffer | undefined): string {
  return createHash('sha256')
    .update(data ?? '')
    .digest('hex');
}
