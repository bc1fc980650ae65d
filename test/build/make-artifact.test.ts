import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { expect, test } from 'vitest';

import { openCache, type Cache } from '../../src/build/cache.ts';
import { makeArtifact } from '../../src/build/make-artifact.ts';
import type { PackFile, PackFiles } from '../../src/pack/pack.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

function files(...list: readonly PackFile[]): PackFiles {
  return new Map(list.map((file) => [file.path, file]));
}

const file = (path: string, data: Buffer): PackFile => ({ path, executable: false, data });

async function bytesOf(cache: Cache, { sha256, size }: { sha256: string; size: number }): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of cache.content(sha256, size).open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const SOME = files(file('a', Buffer.alloc(700_000, 'a')), file('b', Buffer.from('b\n')));

test('an archive is in the cache under its hash, with the hash of the tar inside', async () => {
  const cache = openCache(await scratch());
  const artifact = await makeArtifact(cache, 'demo-1.0.0', SOME);
  const bytes = await bytesOf(cache, artifact);
  expect(bytes).toHaveLength(artifact.size);
  expect(createHash('sha256').update(gunzipSync(bytes)).digest('hex')).toBe(artifact.contentSha256);
});

test('its gzip header names no file, no time and no system', async () => {
  const cache = openCache(await scratch());
  const bytes = await bytesOf(cache, await makeArtifact(cache, 'demo-1.0.0', SOME));
  expect(bytes.toString('hex', 0, 10)).toBe('1f8b08000000000000ff');
});

test('the same files give the same archive, other ones another', async () => {
  const cache = openCache(await scratch());
  const first = await makeArtifact(cache, 'demo-1.0.0', SOME);
  expect(await makeArtifact(openCache(await scratch()), 'demo-1.0.0', SOME)).toEqual(first);
  const renamed = await makeArtifact(cache, 'demo-1.0.1', SOME);
  expect(renamed.contentSha256).not.toBe(first.contentSha256);
});

test('a cache that cannot take it ends the work', async () => {
  const path = join(await scratch(), 'file');
  writeFileSync(path, 'in the way');
  expect((await failureOf(makeArtifact(openCache(path), 'demo-1.0.0', SOME))).code).toBe('cache-unusable');
});
