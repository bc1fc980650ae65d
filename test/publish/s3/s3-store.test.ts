import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import type { Entry } from '../../../src/model/entry.ts';
import type { Store, StoredFile } from '../../../src/publish/store.ts';
import { allowEverybody } from '../../helpers/s3-policy.ts';
import { withEnvironment } from '../../helpers/environment.ts';
import { proxyServer } from '../../helpers/proxy-server.ts';
import { scratch } from '../../helpers/scratch.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { missingS3Server, s3Server, type S3Server } from '../../helpers/s3-server.ts';
import { bucketEntry, storeOn } from './bucket-store.ts';

const missing = missingS3Server();
const where = missing === undefined ? 'a bucket' : `a bucket (skipped: ${missing})`;

describe.skipIf(missing !== undefined)(where, () => {
  test('keeps what was put, lists it with what is known, reads it and removes it', async () => {
    const server = await s3Server();
    const store = await storeOn(server, { prefix: 'some/prefix' });
    await expect(store.put(bucketEntry('index.json', 'hello'))).resolves.toBe('written');
    const etag = '"5d41402abc4b2a76b9719d911017c592"';
    await expect(listed(store)).resolves.toEqual([
      {
        path: 'index.json',
        size: 5,
        etag,
        md5: '5d41402abc4b2a76b9719d911017c592',
        modifiedAt: expect.any(Number),
      },
    ]);
    await expect(store.read('index.json', 5)).resolves.toEqual({ bytes: Buffer.from('hello'), etag });
    await expect(store.read('search.json', 5)).resolves.toBeUndefined();
    await store.remove(['index.json', 'never-there.json']);
    await store.remove(['index.json']);
    await store.remove([]);
    await expect(listed(store)).resolves.toEqual([]);
    expect(store).toMatchObject({
      atomic: false,
      location: `s3://registry/some/prefix at ${new URL(server.endpoint).host}`,
    });
    expect(store.traffic).toEqual({ requests: 7, bytesSent: 5 });
    await expect(store.commit('A message.')).resolves.toBe('done');
  });

  test('serves every object with its type and its caching to whoever asks', async () => {
    const server = await s3Server();
    await allowEverybody(server, ['s3:GetObject']);
    const store = await storeOn(server);
    await store.put({ ...bucketEntry('packs/a/1.0/a-1.0.tar.gz', 'archive'), cache: 'immutable' });
    await store.put(bucketEntry('index.json', '{}'));
    await store.put(bucketEntry('packs/a/1.0/README.md', ''));
    const heads = await Promise.all(
      ['packs/a/1.0/a-1.0.tar.gz', 'index.json', 'packs/a/1.0/README.md'].map(async (path) => {
        const { status, headers } = await fetch(`${server.endpoint}/registry/${path}`);
        const named = ['content-type', 'cache-control', 'content-length', 'content-encoding'];
        return [status, ...named.map((name) => headers.get(name))];
      }),
    );
    expect(heads).toEqual([
      [200, 'application/gzip', 'public, max-age=31536000, immutable', '7', null],
      [200, 'application/json', 'public, max-age=0, must-revalidate', '2', null],
      [200, 'text/markdown; charset=utf-8', 'public, max-age=0, must-revalidate', '0', null],
    ]);
  });

  test('keeps names that are hard on addresses, signatures and XML', async () => {
    const server = await s3Server();
    const store = await storeOn(server, { prefix: "p (1)/it's" });
    const names = ['a b+c', 'ü/%41&=;,@$', "it's (1)!~", '日本/🎁', '&lt;x&gt;', 'a%2Fb', '+', 'a#b'];
    for (const name of names) await store.put(bucketEntry(`packs/${name}`, name));
    const paths = (await listed(store)).map(({ path }) => path);
    expect(paths.toSorted()).toEqual(names.map((name) => `packs/${name}`).toSorted());
    for (const name of names) {
      const read = await store.read(`packs/${name}`, 100);
      expect(Buffer.from(read?.bytes ?? []).toString()).toBe(name);
    }
    await store.remove(paths);
    await expect(listed(store)).resolves.toEqual([]);
  });

  test('lists 1,500 objects with two requests, removes them with two, and leaves its neighbours alone', async () => {
    const server = await s3Server();
    const [beside, store] = [await storeOn(server, { prefix: 'packs-2' }), await storeOn(server, { prefix: 'packs' })];
    await beside.put(bucketEntry('index.json', 'beside'));
    const paths = Array.from({ length: 1500 }, (_, index) => `logos/${index}.png`);
    for (let start = 0; start < paths.length; start += 50) {
      await Promise.all(paths.slice(start, start + 50).map((path) => store.put(bucketEntry(path, path))));
    }
    const before = store.traffic.requests;
    const found = (await listed(store)).map(({ path }) => path);
    expect(found.toSorted()).toEqual(paths.toSorted());
    expect(store.traffic.requests - before).toBe(2);
    await store.remove(paths);
    expect(store.traffic.requests - before).toBe(4);
    await expect(listed(store)).resolves.toEqual([]);
    await expect(listed(beside)).resolves.toHaveLength(1);
  });

  test('does not list what no registry can have: folders of a console, and keys that no path is', async () => {
    const server = await s3Server();
    const store = await storeOn(server);
    await putRaw(server, ['folder/', 'a\u0001b', 'CON', 'ok.json']);
    expect((await listed(store)).map(({ path }) => path)).toEqual(['ok.json']);
  });

  test.each(['../index.json', '/index.json', 'a//b', '', 'a\u0000b'])('refuses the path %j', async (path) => {
    const server = await s3Server();
    const store = await storeOn(server);
    for (const work of [store.put(bucketEntry(path, '')), store.read(path, 1), store.remove(['a', path])]) {
      const { code, message } = await failureOf(work);
      expect(code).toBe('usage');
      expect(message).toMatch(
        / cannot be a path in s3:\/\/registry at 127\.0\.0\.1:\d+: it holds .*\.$|empty name in it\.$/u,
      );
    }
    expect(store.traffic.requests).toBe(0);
  });

  test('does not read more than it is told', async () => {
    const server = await s3Server();
    const store = await storeOn(server);
    await store.put(bucketEntry('index.json', 'hello'));
    await expect(failureOf(store.read('index.json', 4))).resolves.toEqual({
      code: 'file-too-large',
      message: `index.json in ${store.location} cannot be used: it is larger than 4 bytes.`,
      hint: 'It is none that packyard wrote: check the address.',
    });
  });

  test('sends nothing of an entry whose bytes are not what it says', async () => {
    const server = await s3Server();
    const store = await storeOn(server);
    const broken = new Error('other bytes');
    const entry: Entry = {
      ...bucketEntry('index.json', 'hello'),
      async *open() {
        yield Buffer.from('hel');
        throw broken;
      },
    };
    await expect(store.put(entry)).rejects.toBe(broken);
    expect(store.traffic).toEqual({ requests: 0, bytesSent: 0 });
  });

  test('is reached through the proxy that the variables name', async () => {
    const server = await s3Server();
    const proxy = await proxyServer();
    withEnvironment({ HTTP_PROXY: proxy.url, http_proxy: proxy.url, NO_PROXY: undefined, no_proxy: undefined });
    const store = await storeOn(server);
    await expect(store.put(bucketEntry('index.json', 'hello'))).resolves.toBe('written');
    expect(proxy.asked).toEqual([`PUT ${server.endpoint}/registry/index.json?x-id=PutObject`]);
  });

  test('trusts no authority whose file is none', async () => {
    const server = await s3Server();
    withEnvironment({ AWS_CA_BUNDLE: join(await scratch(), 'missing.pem') });
    await expect(failureOf(storeOn(server))).resolves.toMatchObject({ code: 'settings-invalid' });
  });

  test('stops with the reason of its signal, and when it is closed', async () => {
    const server = await s3Server();
    const stopping = new AbortController();
    const store = await storeOn(server, { signal: stopping.signal });
    const reason = new Error('stopped');
    stopping.abort(reason);
    await expect(store.put(bucketEntry('index.json', ''))).rejects.toBe(reason);
    await expect(listed(store)).rejects.toBe(reason);
    const other = await storeOn(server);
    await other.close();
    await expect(other.read('index.json', 1)).rejects.toThrow(`${other.location} was closed`);
  });
});

async function listed(store: Store): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const file of store.list()) files.push(file);
  return files;
}

/** Keys that a store of Packyard would not write. */
async function putRaw({ endpoint, bucket, credentials }: S3Server, keys: readonly string[]): Promise<void> {
  const { S3Client, PutObjectCommand } = await import('@aws-sdk/client-s3');
  const client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  for (const Key of keys) await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: new Uint8Array() }));
  client.destroy();
}
