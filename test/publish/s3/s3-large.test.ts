import { createHash } from 'node:crypto';

import { S3Client, ListMultipartUploadsCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';

import { contentOf } from '../../../src/model/content.ts';
import { entryOf } from '../../../src/model/entry-of.ts';
import type { Entry } from '../../../src/model/entry.ts';
import { LARGEST_PIECE } from '../../../src/publish/s3/object-parts.ts';
import type { Store } from '../../../src/publish/store.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { s3FaultProxy, type Passing, type S3Fault } from '../../helpers/s3-fault-proxy.ts';
import { allowEverybody } from '../../helpers/s3-policy.ts';
import { missingS3Server, s3Server, type S3Server } from '../../helpers/s3-server.ts';
import { storeOn } from './bucket-store.ts';

const missing = missingS3Server();
const where = missing === undefined ? 'a large object' : `a large object (skipped: ${missing})`;

const BYTES = Buffer.alloc(LARGEST_PIECE + 9 * 1024 * 1024 + 1, 'Packyard ');
const LARGE = entryOf('packs/large/1.0/large-1.0.tar.gz', contentOf(BYTES), 'immutable');
const ABSENT = { kind: 'absent' } as const;

describe.skipIf(missing !== undefined)(where, () => {
  test('is sent in parts, with the headers of any other', async () => {
    const server = await s3Server();
    await allowEverybody(server, ['s3:GetObject']);
    const store = await storeOn(server);
    await expect(store.put(LARGE, ABSENT)).resolves.toBe('written');
    // One to begin, four parts, one to end.
    expect(store.traffic).toEqual({ requests: 6, bytesSent: BYTES.byteLength });
    const answer = await fetch(`${server.endpoint}/registry/${LARGE.path}`);
    expect(answer.headers.get('content-type')).toBe('application/gzip');
    expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(
      createHash('sha256')
        .update(new Uint8Array(await answer.arrayBuffer()))
        .digest('hex'),
    ).toBe(LARGE.sha256);
    const [file] = await listed(store);
    expect(file).toEqual({
      path: LARGE.path,
      size: LARGE.size,
      etag: expect.stringMatching(/-4"$/u),
      modifiedAt: expect.any(Number),
    });
    await expect(uploads(server)).resolves.toBe(0);
  });

  test('that fits into one piece is one', async () => {
    const store = await storeOn(await s3Server());
    const fitting = entryOf('a.tar.gz', contentOf(BYTES.subarray(0, LARGEST_PIECE)), 'immutable');
    await store.put(fitting);
    expect(store.traffic.requests).toBe(1);
  });

  test('keeps its condition, and leaves nothing behind where it does not hold', async () => {
    const server = await s3Server();
    const store = await storeOn(server);
    await expect(store.put(LARGE, { kind: 'unchanged', etag: '"0"' })).resolves.toBe('conflict');
    const outcomes = await Promise.all([store.put(LARGE, ABSENT), store.put(LARGE, ABSENT), store.put(LARGE, ABSENT)]);
    expect(outcomes.toSorted()).toEqual(['conflict', 'conflict', 'written']);
    await expect(uploads(server)).resolves.toBe(0);
  });

  const isPart = ({ search }: Passing): boolean => search.includes('partNumber=');
  const isEnd = ({ method, search }: Passing): boolean => method === 'POST' && search.includes('uploadId=');

  test('sends again the part that failed, and no other', async () => {
    let cuts = 0;
    const server = await s3Server();
    const proxy = await s3FaultProxy(server, (passing) => {
      if (!isPart(passing) || !passing.search.includes('partNumber=2') || (cuts += 1) > 2) return undefined;
      return { kind: 'cut', after: 1_000_000 };
    });
    const store = await storeOn({ endpoint: proxy.url });
    await expect(store.put(LARGE, ABSENT)).resolves.toBe('written');
    expect(store.traffic.requests).toBe(8);
    await expect(sha256In(store)).resolves.toBe(LARGE.sha256);
  });

  test.each([
    ['whose answer was lost', { kind: 'mute' }],
    ['that failed once', { kind: 'answer', status: 500, code: 'InternalError' }],
  ] as const)('appears once with an end %s', async (_, fault: S3Fault) => {
    let ends = 0;
    const server = await s3Server();
    const proxy = await s3FaultProxy(server, (passing) => (isEnd(passing) && (ends += 1) === 1 ? fault : undefined));
    const store = await storeOn({ endpoint: proxy.url });
    await expect(store.put(LARGE, ABSENT)).resolves.toBe('written');
    await expect(sha256In(store)).resolves.toBe(LARGE.sha256);
    await expect(uploads(server)).resolves.toBe(0);
  });

  test('leaves nothing behind when it fails', async () => {
    const server = await s3Server();
    const denied: S3Fault = { kind: 'answer', status: 403, code: 'AccessDenied' };
    const proxy = await s3FaultProxy(server, (passing) => (isPart(passing) ? denied : undefined));
    const store = await storeOn({ endpoint: proxy.url });
    await expect(failureOf(store.put(LARGE))).resolves.toMatchObject({
      code: 'registry-denied',
      message: `${LARGE.path} in ${store.location} may not be written (403 AccessDenied).`,
    });
    await expect(uploads(server)).resolves.toBe(0);
    await expect(listed(store)).resolves.toEqual([]);
  });

  test('never appears where its bytes are not what they should be', async () => {
    const server = await s3Server();
    const store = await storeOn(server);
    const broken = new Error('other bytes');
    const entry: Entry = {
      ...LARGE,
      async *open() {
        yield BYTES.subarray(0, LARGEST_PIECE);
        throw broken;
      },
    };
    await expect(store.put(entry)).rejects.toBe(broken);
    await expect(uploads(server)).resolves.toBe(0);
    await expect(listed(store)).resolves.toEqual([]);
  });

  test('is not begun by a server that gives uploads no name', async () => {
    const server = await s3Server();
    const proxy = await s3FaultProxy(server, ({ method }) =>
      method === 'POST' ? { kind: 'answer', status: 200 } : undefined,
    );
    const store = await storeOn({ endpoint: proxy.url });
    await expect(failureOf(store.put(LARGE))).resolves.toEqual({
      code: 'registry-unreachable',
      message: `${LARGE.path} in ${store.location} cannot be written: the server gives its upload in parts no name.`,
      hint: 'Check that the endpoint is that of a server which speaks S3.',
    });
  });
});

async function sha256In(store: Store): Promise<string> {
  const read = await store.read(LARGE.path, LARGE.size);
  return createHash('sha256')
    .update(read?.bytes ?? '')
    .digest('hex');
}

async function listed(store: Store): Promise<unknown[]> {
  const files: unknown[] = [];
  for await (const file of store.list()) files.push(file);
  return files;
}

/** How many are begun and not ended. */
async function uploads({ endpoint, bucket, credentials }: S3Server): Promise<number> {
  const client = new S3Client({ endpoint, credentials, region: 'us-east-1', forcePathStyle: true });
  const { Uploads: begun = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  client.destroy();
  return begun.length;
}
