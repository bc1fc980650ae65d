import { describe, expect, test } from 'vitest';

import type { Condition } from '../../../src/publish/store.ts';
import { s3FaultProxy, type Passing, type S3Fault } from '../../helpers/s3-fault-proxy.ts';
import { allowEverybody } from '../../helpers/s3-policy.ts';
import { missingS3Server, s3Server } from '../../helpers/s3-server.ts';
import { bucketEntry, storeOn } from './bucket-store.ts';

const missing = missingS3Server();
const where = missing === undefined ? 'conditions of a bucket' : `conditions of a bucket (skipped: ${missing})`;

const ABSENT: Condition = { kind: 'absent' };
const OTHER: Condition = { kind: 'unchanged', etag: '"00000000000000000000000000000001"' };

describe.skipIf(missing !== undefined)(where, () => {
  test('hold or not', async () => {
    const store = await storeOn(await s3Server());
    await expect(store.put(bucketEntry('a.json', '1'), OTHER)).resolves.toBe('conflict');
    await expect(store.put(bucketEntry('a.json', '1'), ABSENT)).resolves.toBe('written');
    await expect(store.put(bucketEntry('a.json', '2'), ABSENT)).resolves.toBe('conflict');
    await expect(store.put(bucketEntry('a.json', '2'), OTHER)).resolves.toBe('conflict');
    const etag = (await store.read('a.json', 1))?.etag ?? '';
    await expect(store.put(bucketEntry('a.json', '2'), { kind: 'unchanged', etag })).resolves.toBe('written');
    expect(Buffer.from((await store.read('a.json', 1))?.bytes ?? []).toString()).toBe('2');
  });

  test('let one of twenty writers through, however often they try', async () => {
    const server = await s3Server();
    const stores = await Promise.all(Array.from({ length: 20 }, () => storeOn(server)));
    for (let round = 0; round < 20; round += 1) {
      const etag = (await stores[0]?.read('index.json', 100))?.etag;
      const condition: Condition = etag === undefined ? ABSENT : { kind: 'unchanged', etag };
      const outcomes = await Promise.all(
        stores.map((store, writer) => store.put(bucketEntry('index.json', `${round} of ${writer}`), condition)),
      );
      expect(outcomes.filter((outcome) => outcome === 'written')).toHaveLength(1);
      const there = Buffer.from((await stores[0]?.read('index.json', 100))?.bytes ?? []).toString();
      expect(there).toBe(`${round} of ${outcomes.indexOf('written')}`);
    }
  });

  test('are found to be kept with three requests, later with two, by many at once', async () => {
    const server = await s3Server();
    const first = await storeOn(server);
    await expect(first.keepsConditions()).resolves.toBe(true);
    await expect(first.keepsConditions()).resolves.toBe(true);
    expect(first.traffic.requests).toBe(3);
    const second = await storeOn(server);
    await expect(second.keepsConditions()).resolves.toBe(true);
    expect(second.traffic.requests).toBe(2);
    const others = await Promise.all(Array.from({ length: 20 }, () => storeOn(server, { prefix: 'elsewhere' })));
    const kept = await Promise.all(others.map((store) => store.keepsConditions()));
    expect(kept).toEqual(others.map(() => true));
    for await (const { path } of first.list()) expect(path).not.toBe('.packyard-conditions');
  });

  const isConditional = ({ headers }: Passing): boolean =>
    headers['if-none-match'] !== undefined || headers['if-match'] !== undefined;

  const REFUSED: readonly (readonly [string, S3Fault])[] = [
    ['501 NotImplemented', { kind: 'answer', status: 501, code: 'NotImplemented' }],
    ['400 InvalidArgument', { kind: 'answer', status: 400, code: 'InvalidArgument' }],
    ['501 without a word', { kind: 'answer', status: 501 }],
  ];

  test.each(REFUSED)('that a server refuses with %s are looked at before instead', async (_, fault) => {
    const server = await s3Server();
    const proxy = await s3FaultProxy(server, (passing) => (isConditional(passing) ? fault : undefined));
    const store = await storeOn({ endpoint: proxy.url });
    await expect(store.put(bucketEntry('index.json', '1'), OTHER)).resolves.toBe('conflict');
    await expect(store.put(bucketEntry('index.json', '1'), ABSENT)).resolves.toBe('written');
    await expect(store.put(bucketEntry('index.json', '2'), ABSENT)).resolves.toBe('conflict');
    await expect(store.put(bucketEntry('index.json', '2'), OTHER)).resolves.toBe('conflict');
    const etag = (await store.read('index.json', 1))?.etag ?? '';
    await expect(store.put(bucketEntry('index.json', '2'), { kind: 'unchanged', etag })).resolves.toBe('written');
    await expect(store.put(bucketEntry('index.json', '3'))).resolves.toBe('written');
    // What has one content for ever needs no look.
    const before = store.traffic.requests;
    const archive = { ...bucketEntry('packs/a/1/a-1.tar.gz', 'archive'), cache: 'immutable' } as const;
    await expect(store.put(archive, ABSENT)).resolves.toBe('written');
    await expect(store.put(archive, ABSENT)).resolves.toBe('written');
    expect(store.traffic.requests - before).toBe(2);
    expect(proxy.requests.filter(({ headers }) => 'if-match' in headers || 'if-none-match' in headers)).toHaveLength(1);
    await expect(store.keepsConditions()).resolves.toBe(false);
  });

  test('that a large object cannot have are looked at before instead', async () => {
    const server = await s3Server();
    const refused: S3Fault = { kind: 'answer', status: 501, code: 'NotImplemented' };
    const proxy = await s3FaultProxy(server, (passing) => (isConditional(passing) ? refused : undefined));
    const store = await storeOn({ endpoint: proxy.url });
    const large = bucketEntry('large.tar.gz', Buffer.alloc(17 * 1024 * 1024, 'large'));
    await expect(store.put(large, ABSENT)).resolves.toBe('written');
    await expect(store.put(large, ABSENT)).resolves.toBe('conflict');
    expect(proxy.seen.filter((each) => each.startsWith('DELETE '))).toHaveLength(1);
  });

  test.each(['if-none-match', 'if-match'])('that a server ignores are found out: %s', async (header) => {
    const server = await s3Server();
    await allowEverybody(server, ['s3:PutObject']);
    const ignored: S3Fault = { kind: 'without', headers: [header] };
    const proxy = await s3FaultProxy(server, ({ headers }) => (header in headers ? ignored : undefined));
    const store = await storeOn({ endpoint: proxy.url });
    await expect(store.keepsConditions()).resolves.toBe(false);
    await store.put(bucketEntry('index.json', '1'), ABSENT);
    await expect(store.put(bucketEntry('index.json', '2'), OTHER)).resolves.toBe('conflict');
    await expect(store.put(bucketEntry('index.json', '2'), ABSENT)).resolves.toBe('conflict');
  });
});
