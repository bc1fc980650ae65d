import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openRegistrySource } from '../../src/remote/open-registry-source.ts';
import { ARTIFACT, documentPath, publishedRegistry, writePublished } from '../helpers/published-registry.ts';
import { sha256Of } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';
import { bytesOf } from './bytes-of.ts';

const files = publishedRegistry();
const DOCUMENT = documentPath(files, 'packs/demo');

async function published(): Promise<string> {
  const directory = await scratch();
  writePublished(files, directory);
  return directory;
}

const LINKS = 'Links in a registry could lead anywhere, so none is followed. Copy it with what they lead to.';

describe('no registry', () => {
  test('no directory', async () => {
    const path = join(await scratch(), 'missing');
    expect(await failureOf(openRegistrySource(path))).toEqual({
      code: 'registry-not-found',
      message: `There is no registry in ${path}: it does not exist.`,
      hint: 'Name the folder that holds index.json.',
    });
  });

  test('a file', async () => {
    const path = join(await scratch(), 'file');
    writeFileSync(path, '');
    expect(await failureOf(openRegistrySource(path))).toMatchObject({
      code: 'registry-not-found',
      message: `There is no registry in ${path}: it is not a directory.`,
    });
  });

  test('an empty directory', async () => {
    const path = await scratch();
    expect(await failureOf(openRegistrySource(path))).toEqual({
      code: 'registry-not-found',
      message: `There is no registry at ${path}: ${path}/index.json does not exist.`,
      hint: 'Name the address of the folder that holds index.json.',
    });
  });
});

describe('what is no plain file', () => {
  test('a link to a file outside', async () => {
    const directory = await published();
    const outside = join(await scratch(), 'outside.json');
    writeFileSync(outside, files.get(DOCUMENT) ?? '');
    rmSync(join(directory, DOCUMENT));
    symlinkSync(outside, join(directory, DOCUMENT));
    const source = await openRegistrySource(directory);
    expect(await failureOf(source.document('demo'))).toEqual({
      code: 'registry-invalid',
      message: `${directory}/${DOCUMENT} lies behind a link, where a registry has a plain file.`,
      hint: LINKS,
    });
  });

  test('a folder that is a link, inside or out', async () => {
    const directory = await published();
    const elsewhere = join(await scratch(), 'packs');
    renameSync(join(directory, 'packs'), elsewhere);
    symlinkSync(elsewhere, join(directory, 'packs'));
    const source = await openRegistrySource(directory);
    expect((await failureOf(source.document('demo'))).message).toMatch(/lies behind a link/u);
    expect((await failureOf(source.sizeOf(ARTIFACT))).message).toMatch(/lies behind a link/u);
  });

  test('an index that is a link', async () => {
    const directory = await scratch();
    symlinkSync('/etc/passwd', join(directory, 'index.json'));
    expect((await failureOf(openRegistrySource(directory))).message).toBe(
      `${directory}/index.json lies behind a link, where a registry has a plain file.`,
    );
  });

  test('a link that leads to itself, or to nothing', async () => {
    const directory = await published();
    const source = await openRegistrySource(directory);
    for (const target of ['index.json', 'nothing']) {
      rmSync(join(directory, 'index.json'));
      symlinkSync(target, join(directory, 'index.json'));
      expect((await failureOf(openRegistrySource(directory))).code).toBe('registry-invalid');
    }
    expect(await source.document('demo')).toBeDefined();
  });

  test('a folder', async () => {
    const directory = await published();
    rmSync(join(directory, DOCUMENT));
    mkdirSync(join(directory, DOCUMENT));
    const source = await openRegistrySource(directory);
    expect((await failureOf(source.document('demo'))).message).toBe(
      `${directory}/${DOCUMENT} is a folder, where a registry has a plain file.`,
    );
  });

  test('a pipe, which is not waited for', async ({ skip }) => {
    const directory = await published();
    rmSync(join(directory, ARTIFACT));
    try {
      execFileSync('mkfifo', [join(directory, ARTIFACT)]);
    } catch {
      return skip('there is no mkfifo');
    }
    const source = await openRegistrySource(directory);
    const failure = await failureOf(bytesOf(source.open(ARTIFACT, { sha256: 'a'.repeat(64) })));
    expect(failure.message).toBe(`${directory}/${ARTIFACT} is a special file, where a registry has a plain file.`);
    return undefined;
  });

  test('a file where a folder should be', async () => {
    const directory = await published();
    rmSync(join(directory, dirname(ARTIFACT)), { recursive: true });
    writeFileSync(join(directory, dirname(ARTIFACT)), '');
    const source = await openRegistrySource(directory);
    expect((await failureOf(bytesOf(source.open(ARTIFACT, { sha256: 'a'.repeat(64) })))).code).toBe('registry-damaged');
  });
});

test.skipIf((process.getuid?.() ?? 0) === 0)('a file that may not be read', async () => {
  const directory = await published();
  chmodSync(join(directory, 'index.json'), 0);
  expect(await failureOf(openRegistrySource(directory))).toEqual({
    code: 'registry-unreachable',
    message: `${directory}/index.json cannot be read (EACCES).`,
    hint: 'Check who owns it and its permissions.',
  });
});

test('a base that is a link stays what it was', async () => {
  const [first, folder] = [await published(), await scratch()];
  const current = join(folder, 'current');
  symlinkSync(first, current);
  const source = await openRegistrySource(current);
  rmSync(current);
  symlinkSync(folder, current);
  expect(source.location).toBe(current);
  expect(await source.document('demo')).toBeDefined();
});

test('a large file comes in parts', async () => {
  const artifact = Buffer.alloc(3_000_000, 'large ');
  const directory = await scratch();
  writePublished(publishedRegistry({ artifact }), directory);
  const source = await openRegistrySource(directory);
  const expected = { sha256: sha256Of(artifact), size: artifact.length };
  const lengths: number[] = [];
  for await (const chunk of source.open(ARTIFACT, expected)) lengths.push(chunk.byteLength);
  expect(lengths).toEqual([1_048_576, 1_048_576, 902_848]);
});

test('its signal ends reading', async () => {
  const stop = new AbortController();
  const source = await openRegistrySource(await published(), { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(source.search()).rejects.toThrow('enough');
});
