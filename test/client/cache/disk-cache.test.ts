import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { diskCache } from '../../../src/client/cache/disk-cache.ts';
import { LIMITS } from '../../../src/model/limits.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const BYTES = Buffer.from('some bytes');
const SHA256 = sha256Of(BYTES);

function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

test('a document is not read where it is larger than one may be', async () => {
  const folder = await scratch();
  const bytes = Buffer.alloc(LIMITS.documents.bytes + 1);
  const sha256 = sha256Of(bytes);
  const path = join(folder, 'blobs', sha256.slice(0, 2), sha256);
  mkdirSync(join(path, '..'), { recursive: true });
  writeFileSync(path, bytes);
  const cache = diskCache(folder);
  expect(await cache.document(sha256)).toBeUndefined();
  truncateSync(path, LIMITS.documents.bytes);
  expect(await cache.document(sha256Of(bytes.subarray(1)))).toBeUndefined();
  await cache.keepDocument(SHA256, BYTES);
  expect(await cache.document(SHA256)).toEqual(BYTES);
});

describe('what was begun', () => {
  async function left(name: string): Promise<{ readonly received: number; readonly names: readonly string[] }> {
    const folder = await scratch();
    const partial = join(folder, 'partial');
    mkdirSync(partial);
    writeFileSync(join(partial, name), BYTES.subarray(0, 4));
    const download = await diskCache(folder).download(SHA256);
    const names = readdirSync(partial);
    await download.release(false);
    return { received: download.received, names };
  }

  test.each([`${SHA256}-0-1`, `${SHA256}-99999999-1`])('%s is taken over', async (name) => {
    const { received, names } = await left(name);
    expect([received, names.length]).toEqual([4, 1]);
  });

  test('by a living process, or by one elsewhere of which nobody here can tell, is left alone', async () => {
    for (const name of [`${SHA256}-${process.pid}-1`, `${SHA256}-99999999.00000000-1`]) {
      const { received, names } = await left(name);
      expect([received, names.length]).toEqual([0, 2]);
      expect(names).toContain(name);
    }
  });
});

test('what another process took meanwhile is no file of the cache', async () => {
  const folder = await scratch();
  const cache = diskCache(folder);
  const download = await cache.download(SHA256);
  await download.append(BYTES);
  const [name = ''] = readdirSync(join(folder, 'partial'));
  writeFileSync(join(folder, 'partial', name), 'more bytes, by another process');
  expect(await failureOf(download.commit(SHA256))).toEqual({
    code: 'cache-corrupt',
    message: `${join(folder, 'partial', name)} was changed by another process while it was fetched.`,
    hint: 'Run the command again; it is fetched anew.',
  });
  await download.release(false);
  expect(await cache.file(SHA256)).toBeUndefined();
});

test('what cannot be written any more is said in words, and its end hides nothing', async () => {
  const folder = await scratch();
  const download = await diskCache(folder).download(SHA256);
  await download.append(BYTES);
  rmSync(join(folder, 'partial'), { recursive: true });
  await expect(download.release(true)).resolves.toBeUndefined();
  expect(await failureOf(download.append(BYTES))).toEqual({
    code: 'cache-unusable',
    message: `The cache in ${folder} cannot be written (EBADF).`,
    hint: 'Make room, check its permissions, or name another folder in PACKYARD_CACHE_DIR.',
  });
});
