import { mkdirSync, readdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openCache, temporaryCache, type Cache } from '../../src/build/cache.ts';
import { clearCache } from '../../src/build/clear-cache.ts';
import type { Content } from '../../src/model/entry.ts';
import { filesOf, sha256Of, treeOf } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

async function bytesOf(content: Content): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of content.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* pieces(...chunks: readonly string[]): AsyncGenerator<Uint8Array> {
  for (const chunk of chunks) yield Buffer.from(chunk);
}

async function* cutOff(): AsyncGenerator<Uint8Array> {
  yield* pieces('half');
  throw new Error('cut');
}

const freshCache = async (): Promise<Cache> => openCache(join(await scratch(), 'cache'));

function onlyFile(cache: Cache, kind: string): string {
  return join(cache.directory, filesOf(cache.directory).find((name) => name.includes(`/${kind}/`)) ?? '');
}

describe('what is stored', () => {
  test('bytes come back under their hash', async () => {
    const cache = await freshCache();
    const content = await cache.store(Buffer.from('bytes'));
    expect(content).toMatchObject({ sha256: sha256Of(Buffer.from('bytes')), size: 5 });
    expect((await bytesOf(content)).toString()).toBe('bytes');
    expect((await bytesOf(content)).toString()).toBe('bytes');
  });

  test('a stream has the hash and the size of its bytes', async () => {
    const cache = await freshCache();
    const content = await cache.storeStream(pieces('one ', 'two'));
    expect(content).toMatchObject({ sha256: sha256Of(Buffer.from('one two')), size: 7 });
    expect((await bytesOf(content)).toString()).toBe('one two');
  });

  test('more than is read at once', async () => {
    const cache = await freshCache();
    const large = Buffer.alloc(3_000_000, 'large');
    expect((await bytesOf(await cache.store(large))).equals(large)).toBe(true);
  });

  test('a stream that fails leaves nothing', async () => {
    const cache = await freshCache();
    await expect(cache.storeStream(cutOff())).rejects.toThrow('cut');
    expect(filesOf(cache.directory)).toEqual([]);
  });

  test('many stores of the same and of other bytes at once, by two builds', async () => {
    const directory = join(await scratch(), 'cache');
    const caches = [openCache(directory), openCache(directory)];
    const stores = Array.from({ length: 60 }, (_, index) => {
      const cache = caches[index % 2] as Cache;
      const text = `bytes ${index % 7}`;
      return index % 3 === 0 ? cache.storeStream(pieces(text)) : cache.store(Buffer.from(text));
    });
    for (const [index, content] of (await Promise.all(stores)).entries()) {
      expect((await bytesOf(content)).toString()).toBe(`bytes ${index % 7}`);
    }
    expect(filesOf(directory).filter((path) => path.includes('/files/'))).toHaveLength(7);
    expect(filesOf(directory).filter((path) => path.includes('/tmp/'))).toEqual([]);
  });

  test('records come back under their kind and key', async () => {
    const cache = await freshCache();
    await cache.putRecord('releases', 'key', { a: ['ü', 1, null] });
    expect(await cache.record('releases', 'key')).toEqual({ a: ['ü', 1, null] });
    expect(await cache.record('logos', 'key')).toBeUndefined();
    await cache.putRecord('releases', 'key', 'newer');
    expect(await cache.record('releases', 'key')).toBe('newer');
  });

  test.skipIf(process.platform === 'win32')('only its owner can read it', async () => {
    const cache = await freshCache();
    await cache.store(Buffer.from('x'));
    expect(Object.values(treeOf(cache.directory)).filter((what) => /^0644 (?!folder)/u.test(what))).toEqual([]);
  });
});

describe('what is damaged', () => {
  test.each([
    ['cut', (path: string) => truncateSync(path, 3)],
    ['changed', (path: string) => writeFileSync(path, 'bytez')],
    ['emptied', (path: string) => truncateSync(path, 0)],
  ])('a file that was %s is noticed when it is read', async (_how, damage) => {
    const cache = await freshCache();
    const content = await cache.store(Buffer.from('bytes'));
    damage(onlyFile(cache, 'files'));
    expect(await failureOf(bytesOf(content))).toEqual({
      code: 'cache-corrupt',
      message: `The cached file ${content.sha256} (5 bytes) is damaged.`,
      hint: 'Build again: it will be made anew. If it happens often, run `packyard cache clear`.',
    });
    await cache.store(Buffer.from('bytes'));
    expect((await bytesOf(content)).toString()).toBe('bytes');
  });

  test('a file that is gone', async () => {
    const cache = await freshCache();
    const content = await cache.store(Buffer.from('bytes'));
    rmSync(onlyFile(cache, 'files'));
    expect((await failureOf(bytesOf(content))).message).toBe(`The cached file ${content.sha256} (5 bytes) is gone.`);
  });

  test.each(['', '{}', `${'0'.repeat(64)}\n"forged"`])(
    'a record that holds %j is no record, and goes',
    async (text) => {
      const cache = await freshCache();
      await cache.putRecord('history', 'key', 'value');
      const file = onlyFile(cache, 'history');
      writeFileSync(file, text);
      expect(await cache.record('history', 'key')).toBeUndefined();
      expect(() => readFileSync(file)).toThrow('ENOENT');
    },
  );
});

describe('where nothing can be kept', () => {
  test('a file in place of the folder', async () => {
    const directory = join(await scratch(), 'file');
    writeFileSync(directory, 'x');
    const expected = {
      code: 'cache-unusable',
      message: `The cache in ${directory} cannot be used (ENOTDIR).`,
      hint: 'Point PACKYARD_CACHE_DIR to a folder that can be written, or build with --no-cache.',
    };
    const cache = openCache(directory);
    expect(await failureOf(cache.store(Buffer.from('x')))).toEqual(expected);
    expect(await failureOf(cache.putRecord('logos', 'key', 1))).toEqual(expected);
    expect(await failureOf(cache.record('logos', 'key'))).toEqual(expected);
  });

  test('a folder in place of a record', async () => {
    const cache = await freshCache();
    await cache.putRecord('logos', 'key', 1);
    const file = onlyFile(cache, 'logos');
    rmSync(file);
    mkdirSync(file);
    expect(await failureOf(cache.record('logos', 'key'))).toMatchObject({
      code: 'cache-unusable',
      message: `The cache in ${cache.directory} cannot be used (EISDIR).`,
    });
  });
});

describe('removal', () => {
  test('a cache for one build goes with it, any other stays', async () => {
    const [temporary, lasting] = [await temporaryCache(), await freshCache()];
    for (const cache of [temporary, lasting]) {
      await cache.store(Buffer.from('x'));
      await cache.dispose();
    }
    expect(() => readdirSync(temporary.directory)).toThrow('ENOENT');
    expect(filesOf(lasting.directory)).toHaveLength(1);
  });

  test('clearing removes what builds keep and nothing else', async () => {
    const cache = await freshCache();
    await cache.store(Buffer.from('12345'));
    writeFileSync(join(cache.directory, 'precious'), 'x');
    expect(await clearCache(cache.directory)).toEqual({ directory: cache.directory, bytes: 5 });
    expect(filesOf(cache.directory)).toEqual(['precious']);
    expect(await clearCache(cache.directory)).toEqual({ directory: cache.directory, bytes: 0 });
  });

  test('clearing what never was', async () => {
    const directory = join(await scratch(), 'none');
    expect(await clearCache(directory)).toEqual({ directory, bytes: 0 });
  });

  test('clearing what lies below a file', async () => {
    const directory = join(await scratch(), 'file');
    writeFileSync(directory, 'x');
    expect(await failureOf(clearCache(directory))).toEqual({
      code: 'cache-unusable',
      message: `Not all of the cache in ${directory} was removed (ENOTDIR).`,
      hint: 'Check who owns it and its permissions, and that PACKYARD_CACHE_DIR names the right folder; then run it again.',
    });
  });

  test('a cache that several clear at once', async () => {
    const cache = await freshCache();
    for (let count = 0; count < 50; count += 1) await cache.store(Buffer.from(`${count}`));
    const cleared = await Promise.all([1, 2, 3, 4].map(() => clearCache(cache.directory)));
    expect(cleared.map(({ directory }) => directory)).toEqual(Array(4).fill(cache.directory));
    expect(readdirSync(cache.directory)).toEqual([]);
  });

  test('a cache goes on after it was cleared', async () => {
    const cache = await freshCache();
    await cache.store(Buffer.from('x'));
    await clearCache(cache.directory);
    expect((await bytesOf(await cache.store(Buffer.from('y')))).toString()).toBe('y');
  });
});
