import { describe, expect, test, vi } from 'vitest';

import type { Store } from '../../../src/publish/store.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { s3FaultProxy, type FaultProxy, type Passing, type S3Fault } from '../../helpers/s3-fault-proxy.ts';
import { missingS3Server, s3Server } from '../../helpers/s3-server.ts';
import { bucketEntry, storeOn } from './bucket-store.ts';

const missing = missingS3Server();
const where = missing === undefined ? 'a bucket in trouble' : `a bucket in trouble (skipped: ${missing})`;

const INDEX = bucketEntry('index.json', 'the index'.repeat(1000));
const ABSENT = { kind: 'absent' } as const;

interface Troubled {
  readonly store: Store;
  readonly proxy: FaultProxy;
}

/** A store that gets to a real server through a proxy with faults. */
async function troubled(faultAt: (passing: Passing, nth: number) => S3Fault | undefined): Promise<Troubled> {
  const proxy = await s3FaultProxy(await s3Server(), faultAt);
  return { proxy, store: await storeOn({ endpoint: proxy.url }) };
}

/** A fault for the first so many requests of a method. */
function first(count: number, method: string, fault: S3Fault): (passing: Passing, nth: number) => S3Fault | undefined {
  return (passing, nth) => (passing.method === method && nth < count ? fault : undefined);
}

async function contentOfIndex(store: Store): Promise<string> {
  return Buffer.from((await store.read('index.json', 100_000))?.bytes ?? []).toString();
}

describe.skipIf(missing !== undefined)(where, () => {
  const PASSING: readonly (readonly [string, S3Fault])[] = [
    ['500 InternalError', { kind: 'answer', status: 500, code: 'InternalError' }],
    ['502 of a proxy', { kind: 'answer', status: 502 }],
    ['503 SlowDown', { kind: 'answer', status: 503, code: 'SlowDown' }],
    ['429', { kind: 'answer', status: 429, code: 'TooManyRequests' }],
    ['400 RequestTimeout', { kind: 'answer', status: 400, code: 'RequestTimeout' }],
    ['409 ConditionalRequestConflict', { kind: 'answer', status: 409, code: 'ConditionalRequestConflict' }],
    ['a connection that is cut in the middle of an upload', { kind: 'cut', after: 10 }],
    ['a connection that is cut before the answer', { kind: 'mute' }],
  ];

  test.each(PASSING)('that passes is sent the same again: %s', async (_, fault) => {
    const { store, proxy } = await troubled(first(2, 'PUT', fault));
    await expect(store.put(INDEX)).resolves.toBe('written');
    expect(proxy.seen).toHaveLength(3);
    expect(store.traffic).toEqual({ requests: 3, bytesSent: 3 * INDEX.size });
    await expect(contentOfIndex(store)).resolves.toBe('the index'.repeat(1000));
  });

  test.each(PASSING)('that passes leaves a conditional write as it was meant: %s', async (_, fault) => {
    const { store } = await troubled(first(1, 'PUT', fault));
    await expect(store.put(INDEX, ABSENT)).resolves.toBe('written');
    await expect(store.put(INDEX, ABSENT)).resolves.toBe('conflict');
    await expect(contentOfIndex(store)).resolves.toBe('the index'.repeat(1000));
  });

  test('tells a conflict with somebody else from one with itself, when an answer got lost', async () => {
    const { store } = await troubled(first(1, 'PUT', { kind: 'cut', after: 10 }));
    const other = await storeOn({ endpoint: process.env['AWS_ENDPOINT_URL_S3'] ?? '' });
    await other.put(bucketEntry('index.json', 'of somebody else'));
    await expect(store.put(INDEX, ABSENT)).resolves.toBe('conflict');
    await expect(contentOfIndex(store)).resolves.toBe('of somebody else');
  });

  test('waits for as long as the server asks for', async () => {
    const busy: S3Fault = { kind: 'answer', status: 503, code: 'SlowDown', headers: { 'retry-after': '1' } };
    const { store, proxy } = await troubled(first(1, 'PUT', busy));
    const timers = vi.spyOn(globalThis, 'setTimeout');
    await expect(store.put(INDEX)).resolves.toBe('written');
    expect(timers.mock.calls.map(([, delay]) => delay)).toContain(1000);
    timers.mockRestore();
    expect(proxy.seen).toHaveLength(2);
  });

  test('does not wait for longer than makes sense', async () => {
    const busy: S3Fault = { kind: 'answer', status: 503, code: 'SlowDown', headers: { 'retry-after': '3600' } };
    const { store } = await troubled(() => busy);
    await expect(failureOf(store.put(INDEX))).resolves.toEqual({
      code: 'registry-unreachable',
      message: `index.json in ${store.location} cannot be written now: the server answers 503 SlowDown, and asks to wait for 60 minutes.`,
      hint: 'Publish again later: what is there already is not sent again.',
    });
  });

  test('reads, lists and removes again as well', async () => {
    const busy: S3Fault = { kind: 'answer', status: 503, code: 'SlowDown' };
    const { store } = await troubled((_, nth) => (nth === 0 ? busy : undefined));
    await store.put(INDEX);
    await store.put(bucketEntry('search.json', '{}'));
    await expect(contentOfIndex(store)).resolves.toBe('the index'.repeat(1000));
    const paths: string[] = [];
    for await (const { path } of store.list()) paths.push(path);
    expect(paths).toEqual(['index.json', 'search.json']);
    await store.remove(paths);
    await store.remove(['index.json']);
    await expect(store.read('index.json', 1)).resolves.toBeUndefined();
  });

  const FINAL: readonly (readonly [string, S3Fault, object])[] = [
    [
      'credentials that expired',
      { kind: 'answer', status: 400, code: 'ExpiredToken' },
      {
        code: 'registry-denied',
        message: 'refuses the credentials: they have expired (400 ExpiredToken).',
        hint: 'They come from the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Get new ones, and publish again: what is there already is not sent again.',
      },
    ],
    [
      'credentials without the right',
      { kind: 'answer', status: 403, code: 'AccessDenied' },
      {
        code: 'registry-denied',
        message: 'may not be written (403 AccessDenied).',
        hint: 'The credentials come from the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. They need s3:ListBucket on the bucket registry, and s3:GetObject, s3:PutObject, s3:DeleteObject and s3:AbortMultipartUpload on its objects.',
      },
    ],
    [
      'another region',
      { kind: 'answer', status: 301, code: 'PermanentRedirect', headers: { 'x-amz-bucket-region': 'eu-west-3' } },
      {
        code: 'usage',
        message: 'cannot be used: the bucket registry is in another region (301 PermanentRedirect).',
        hint: 'It is in eu-west-3: say so with --region eu-west-3 or AWS_REGION=eu-west-3.',
      },
    ],
    [
      'a server without space',
      { kind: 'answer', status: 507, code: 'XMinioStorageFull' },
      {
        code: 'no-space',
        message: 'cannot be written: the server has no space left (507 XMinioStorageFull).',
        hint: 'Make room there, or raise the quota, and publish again: what is there already is not sent again.',
      },
    ],
    [
      'no S3 at all',
      { kind: 'answer', status: 405 },
      {
        code: 'registry-unreachable',
        message: 'cannot be written: the server answers 405.',
        hint: 'Check that the endpoint is that of a server which speaks S3.',
      },
    ],
  ];

  test.each(FINAL)('that does not pass is said at once: %s', async (_, fault, failure) => {
    const { store, proxy } = await troubled(() => fault);
    const { message, ...rest } = await failureOf(store.put(INDEX, ABSENT));
    const prefix = `index.json in ${store.location} `;
    expect(message.slice(0, prefix.length)).toBe(prefix);
    expect({ ...rest, message: message.slice(prefix.length) }).toEqual(failure);
    expect(proxy.seen).toHaveLength(1);
  });

  test('gives up after some tries, and says how many', async () => {
    const { store } = await troubled(() => ({ kind: 'answer', status: 500, code: 'InternalError' }));
    await expect(failureOf(store.put(INDEX))).resolves.toMatchObject({
      message: `index.json in ${store.location} cannot be written now: the server answers 500 InternalError, in each of 6 tries.`,
    });
    const { store: cut } = await troubled(first(99, 'PUT', { kind: 'cut', after: 10 }));
    const { message } = await failureOf(cut.put(INDEX));
    expect(message).toMatch(/ cannot be reached: the connection broke off \([A-Z_]+\), in each of 6 tries\.$/u);
  });

  test('says so where nobody answers in time', async () => {
    const proxy = await s3FaultProxy(await s3Server(), () => ({ kind: 'silence' }));
    const retries = { tries: 2, delay: 1, longestDelay: 1 };
    const store = await storeOn({ endpoint: proxy.url }, { patience: 100, retries });
    await expect(failureOf(store.read('index.json', 1))).resolves.toEqual({
      code: 'registry-unreachable',
      message: `index.json in ${store.location} cannot be reached: no answer came in 1 s, in each of 2 tries.`,
      hint: 'Try again later.',
    });
  });

  test('stops in the middle of a request and in the middle of waiting', async () => {
    const server = await s3Server();
    const faults: readonly S3Fault[] = [
      { kind: 'silence' },
      { kind: 'answer', status: 503, headers: { 'retry-after': '2' } },
    ];
    for (const fault of faults) {
      const stopping = new AbortController();
      const reason = new Error('stopped');
      const proxy = await s3FaultProxy(server, () => fault);
      const store = await storeOn({ endpoint: proxy.url }, { signal: stopping.signal });
      const work = store.put(INDEX);
      while (proxy.seen.length === 0) await new Promise((next) => setTimeout(next, 5));
      stopping.abort(reason);
      await expect(work).rejects.toBe(reason);
    }
  });
});

describe.skipIf(missing !== undefined)('a real server', () => {
  test('says what is wrong with credentials and buckets', async () => {
    const server = await s3Server();
    const unknown = await storeOn(server, { bucket: 'no-such-bucket' });
    await expect(failureOf(unknown.put(INDEX))).resolves.toEqual({
      code: 'registry-not-found',
      message: `index.json in ${unknown.location} cannot be used: there is no bucket no-such-bucket (404 NoSuchBucket).`,
      hint: 'Check its name and the endpoint, or make it first: nothing here makes buckets.',
    });
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'not-the-secret');
    const wrong = await storeOn(server);
    await expect(failureOf(wrong.read('index.json', 1))).resolves.toEqual({
      code: 'registry-denied',
      message: `index.json in ${wrong.location} refuses the credentials: the secret does not fit the key (403 SignatureDoesNotMatch).`,
      hint: 'They come from the variables AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. Check the secret, and that nothing in between changes requests.',
    });
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'nobody');
    const nobody = await storeOn(server);
    await expect(failureOf(nobody.remove(['index.json']))).resolves.toMatchObject({
      message: `index.json in ${nobody.location} refuses the credentials: it does not know them (404 XAdminUserNotFound).`,
    });
  });
});
