import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openGitObjects } from '../../src/repo/git-objects.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { openObjects } from '../helpers/open-objects.ts';
import { failureOf } from '../helpers/rejection.ts';
import { requirePosix } from '../helpers/sandbox.ts';
import { scratch } from '../helpers/scratch.ts';

test.each([
  ['nothing', Buffer.alloc(0)],
  ['one line feed', Buffer.from('\n')],
  ['many line feeds', Buffer.from('\n\n\r\n\n')],
  ['zero bytes', Buffer.alloc(1000)],
  ['what looks like an answer of Git', Buffer.from(`${'a'.repeat(40)} blob 3\nabc\n${'b'.repeat(40)} missing\n`)],
  ['more than one pipe holds', randomBytes(3_000_000)],
])('reads a blob of %s', async (_name, data) => {
  const repository = await gitRepository({ file: data });
  const objects = openObjects(repository.path);
  const oid = repository.git('rev-parse', 'HEAD:file');
  for (const read of [await objects.read(oid), await objects.read(oid)]) {
    expect(read).toMatchObject({ type: 'blob', size: data.length });
    expect(read.data?.equals(data)).toBe(true);
  }
});

test('reads commits, trees and tags, and counts blobs only', async () => {
  const repository = await gitRepository({ file: 'x' });
  repository.git('tag', '-m', 'first', 'v1');
  const objects = openObjects(repository.path);
  const types = ['HEAD', 'HEAD^{tree}', 'v1', 'HEAD:file'].map(async (name) => {
    const { type } = await objects.read(repository.git('rev-parse', name));
    return type;
  });
  expect(await Promise.all(types)).toEqual(['commit', 'tree', 'tag', 'blob']);
  expect(objects.blobsRead).toBe(1);
});

test('thousands of reads at once are answered each with its own object', async () => {
  const names = Array.from({ length: 300 }, (_, index) => `f${index}`);
  const repository = await gitRepository(Object.fromEntries(names.map((name) => [name, `content of ${name}`])));
  const listed = repository.git('ls-tree', 'HEAD').split('\n');
  const files = listed.map((line) => ({ oid: line.slice(12, 52), name: line.slice(53) }));
  const objects = openObjects(repository.path);
  const wanted = Array.from({ length: 30 }, () => files).flat();
  const arrived: string[] = [];
  const reads = wanted.map(async ({ oid, name }) => {
    const { data } = await objects.read(oid);
    arrived.push(name);
    return data?.toString();
  });
  expect(await Promise.all(reads)).toEqual(wanted.map(({ name }) => `content of ${name}`));
  expect(arrived).toEqual(wanted.map(({ name }) => name));
  expect(objects.blobsRead).toBe(9000);
});

describe('a bound on the size', () => {
  const files: FileMap = { small: '12345', large: randomBytes(400_000) };

  test.each([
    ['small', 5, true],
    ['small', 4, false],
    ['small', 0, false],
    ['large', 399_999, false],
    ['large', 400_000, true],
  ])('%s with at most %i bytes', async (name, maxBytes, held) => {
    const repository = await gitRepository(files);
    const object = await openObjects(repository.path).read(repository.git('rev-parse', `HEAD:${name}`), maxBytes);
    expect(object.size).toBe(files[name]?.length);
    expect('data' in object).toBe(held);
  });

  test('may be decided when the size is known', async () => {
    const repository = await gitRepository(files);
    const objects = openObjects(repository.path);
    const oid = repository.git('rev-parse', 'HEAD:small');
    let room = 0;
    const reads = [objects.read(oid, () => room), objects.read(oid, () => room - 1)];
    room = 5;
    expect((await Promise.all(reads)).map(({ data }) => data?.length)).toEqual([5, undefined]);
  });

  test('is each read’s own', async () => {
    const repository = await gitRepository(files);
    const objects = openObjects(repository.path);
    const [small, large] = ['small', 'large'].map((name) => repository.git('rev-parse', `HEAD:${name}`));
    const reads = await Promise.all([
      objects.read(large ?? '', 10),
      objects.read(small ?? '', 10),
      objects.read(large ?? ''),
      objects.read(small ?? '', 1),
    ]);
    expect(reads.map(({ data }) => data?.length)).toEqual([undefined, 5, 400_000, undefined]);
  });
});

test('a missing object is named, and the reads around it are answered', async () => {
  const repository = await gitRepository({ file: 'x' });
  const objects = openObjects(repository.path);
  const oid = repository.git('rev-parse', 'HEAD:file');
  const missing = 'deadbeef'.repeat(5);
  const [before, failure, after] = await Promise.all([
    objects.read(oid),
    failureOf(objects.read(missing)),
    objects.read(oid),
  ]);
  expect([before.data?.toString(), after.data?.toString()]).toEqual(['x', 'x']);
  expect(failure).toEqual({
    code: 'git-failed',
    message: `Git object ${missing} is missing.`,
    hint: 'The repository may be damaged or incomplete: run `git fsck`, or fetch it again.',
  });
});

test.each(['', 'HEAD', 'abc123', 'A'.repeat(40), `${'a'.repeat(40)}\n`, `--batch-all-objects`, 'a'.repeat(41)])(
  'refuses %j, which is no object id',
  async (oid) => {
    const repository = await gitRepository({ file: 'x' });
    await expect(openObjects(repository.path).read(oid)).rejects.toThrow(new TypeError(`not an object id: ${oid}`));
  },
);

test('reads a repository whose ids are SHA-256', async () => {
  const path = await scratch();
  const git = (args: string[], input = ''): string => execFileSync('git', args, { cwd: path, input }).toString().trim();
  git(['init', '--quiet', '--object-format=sha256']);
  const oid = git(['hash-object', '-w', '--stdin'], 'long id');
  expect(oid).toHaveLength(64);
  expect((await openObjects(path).read(oid)).data?.toString()).toBe('long id');
});

test('what is waiting, and what comes later, is rejected when Git stops', async () => {
  requirePosix('scripts that are programs');
  const repository = await gitRepository({ file: randomBytes(5_000_000) });
  const oid = repository.git('rev-parse', 'HEAD:file');
  const folder = await scratch();
  const wrapper = `#!/bin/sh\necho $$ > '${folder}/pid'\nPATH='${process.env['PATH']}'\nexec git "$@"\n`;
  writeFileSync(join(folder, 'git'), wrapper, { mode: 0o755 });
  withEnvironment({ PATH: folder });
  const objects = openGitObjects(repository.path);
  await objects.read(oid, 0);
  const waiting = Array.from({ length: 20 }, () => failureOf(objects.read(oid)));
  process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL');
  const failure = { code: 'git-failed', message: 'git cat-file stopped early.', hint: undefined };
  expect(await Promise.all(waiting)).toEqual(Array.from({ length: 20 }, () => failure));
  expect(await failureOf(objects.read(oid))).toEqual(failure);
  await objects.close();
});

test('what Git says before it stops is passed on', async () => {
  const folder = await scratch();
  const objects = openGitObjects(folder, { GIT_CEILING_DIRECTORIES: folder, GIT_DIR: join(folder, 'none') });
  expect(await failureOf(objects.read('a'.repeat(40)))).toEqual({
    code: 'git-failed',
    message: `git cat-file stopped early. fatal: not a git repository: '${join(folder, 'none')}'`,
    hint: undefined,
  });
  await objects.close();
});

test('reads are rejected, and closing ends, where there is no Git', async () => {
  const folder = await scratch();
  withEnvironment({ PATH: folder });
  const objects = openGitObjects(folder);
  expect(await failureOf(objects.read('a'.repeat(40)))).toEqual({
    code: 'git-failed',
    message: 'git cat-file could not start: spawn git ENOENT',
    hint: undefined,
  });
  await objects.close();
});

test('a closed reader answers what it was asked, then rejects', async () => {
  const repository = await gitRepository({ file: 'x' });
  const oid = repository.git('rev-parse', 'HEAD:file');
  const objects = openGitObjects(repository.path);
  const [read] = await Promise.all([objects.read(oid), objects.close()]);
  expect(read.data?.toString()).toBe('x');
  expect((await failureOf(objects.read(oid))).message).toBe('git cat-file stopped early.');
});

test('an object that went missing on disk is rejected', async () => {
  const repository = await gitRepository({ file: 'x' });
  const oid = repository.git('rev-parse', 'HEAD:file');
  rmSync(join(repository.path, '.git/objects', oid.slice(0, 2), oid.slice(2)));
  expect((await failureOf(openObjects(repository.path).read(oid))).message).toBe(`Git object ${oid} is missing.`);
});

test('names are looked up where they name one thing', async () => {
  const repository = await gitRepository({ 'some file': 'x' });
  const objects = openObjects(repository.path);
  const oid = repository.git('rev-parse', 'HEAD');
  expect(await objects.named('HEAD^{commit}')).toMatchObject({ oid, type: 'commit' });
  for (const name of ['nowhere', '^HEAD', 'HEAD..HEAD', '--all']) expect(await objects.named(name)).toBeUndefined();
  // After a name that is none, answers still belong to their questions.
  expect(await objects.named('HEAD')).toMatchObject({ oid });
  for (const name of ['HEAD\nHEAD', 'HEAD:some file'])
    await expect(objects.named(name)).rejects.toThrow('not a name without white space');
});

describe('a blob that is kept', () => {
  test('is a copy, and is read as any other where it is asked for', async () => {
    const repository = await gitRepository({ file: 'text' });
    const objects = openObjects(repository.path);
    const oid = repository.git('rev-parse', 'HEAD:file');
    const data = Buffer.from('text');
    expect(objects.held(oid)).toBeUndefined();
    objects.hold(oid, data);
    data.fill(0);
    expect(objects.held(oid)?.toString()).toBe('text');
    expect((await objects.read(oid)).data?.toString()).toBe('text');
    expect(objects.blobsRead).toBe(1);
  });

  test('is not kept where there is no room', async () => {
    const objects = openObjects((await gitRepository({ file: 'text' })).path);
    objects.hold('a'.repeat(40), Buffer.alloc(8_388_600));
    objects.hold('b'.repeat(40), Buffer.alloc(9));
    objects.hold('c'.repeat(40), Buffer.alloc(8));
    expect(['a', 'b', 'c'].map((letter) => objects.held(letter.repeat(40))?.length)).toEqual([8_388_600, undefined, 8]);
  });
});
