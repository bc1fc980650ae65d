import { describe, expect, test } from 'vitest';

import type { Store, StoredFile } from '../../../src/publish/store.ts';
import { httpServer, type TestServer } from '../../helpers/http-server.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { useCredentials } from '../../helpers/s3-server.ts';
import { bucketEntry, storeOn } from './bucket-store.ts';

/** A server that answers what no good one does: the status and the document that come next. */
async function oddServer(...answers: readonly (readonly [number, string])[]): Promise<TestServer & { store: Store }> {
  useCredentials({ AWS_ACCESS_KEY_ID: 'key', AWS_SECRET_ACCESS_KEY: 's3cr3t' });
  let next = 0;
  const server = await httpServer((request, response) => {
    request.resume();
    const [status, text] = answers[Math.min(next, answers.length - 1)] ?? [200, ''];
    next += 1;
    response.writeHead(status, { 'content-type': 'application/xml' }).end(status === 204 ? undefined : text);
  });
  return { ...server, store: await storeOn({ endpoint: server.url }) };
}

async function listed(store: Store): Promise<StoredFile[]> {
  const files: StoredFile[] = [];
  for await (const file of store.list()) files.push(file);
  return files;
}

const page = (inner: string): string => `<ListBucketResult>${inner}</ListBucketResult>`;
const error = (code: string): string => `<Error><Code>${code}</Code></Error>`;

describe('a list', () => {
  test('of a server that encodes nothing, and writes ETags its own way', async () => {
    const { store } = await oddServer([
      200,
      page(`
        <Contents><Key>a+b%20c.json</Key><Size>1</Size><ETag>5d41402abc4b2a76b9719d911017c592</ETag></Contents>
        <Contents><Key>weak.json</Key><Size>1</Size><ETag>W/"1"</ETag></Contents>
        <Contents><Key>none.json</Key><Size>0</Size></Contents>
        <Contents><Key>sizeless.json</Key></Contents>
        <Contents><Size>1</Size></Contents>`),
    ]);
    await expect(listed(store)).resolves.toEqual([
      {
        path: 'a+b%20c.json',
        size: 1,
        etag: '"5d41402abc4b2a76b9719d911017c592"',
        md5: '5d41402abc4b2a76b9719d911017c592',
      },
      { path: 'weak.json', size: 1, etag: 'W/"1"' },
      { path: 'none.json', size: 0 },
    ]);
  });

  test('leaves out keys that are encoded wrongly or escape', async () => {
    const { store } = await oddServer([
      200,
      page(`<EncodingType>url</EncodingType>
        <Contents><Key>%zz</Key><Size>1</Size></Contents>
        <Contents><Key>..%2F..%2Fetc</Key><Size>1</Size></Contents>
        <Contents><Key>a+b</Key><Size>1</Size></Contents>`),
    ]);
    await expect(listed(store)).resolves.toEqual([{ path: 'a b', size: 1 }]);
  });

  test.each([
    ['does not say from where', '<IsTruncated>true</IsTruncated>'],
    ['goes round in a circle', '<IsTruncated>true</IsTruncated><NextContinuationToken>a</NextContinuationToken>'],
  ])('that has no end because the server %s', async (_, inner) => {
    const { store } = await oddServer([200, page(inner)]);
    await expect(failureOf(listed(store))).resolves.toEqual({
      code: 'registry-unreachable',
      message: `${store.location} cannot be listed: the server says that there is more, and not from where.`,
      hint: 'Check that the endpoint is that of a server which speaks S3.',
    });
  });

  test('that may not be read', async () => {
    const { store } = await oddServer([403, error('AccessDenied')]);
    const { message } = await failureOf(listed(store));
    expect(message).toBe(`${store.location} may not be listed (403 AccessDenied).`);
  });

  test('that is no XML, such as the page of a wrong host', async () => {
    const { store } = await oddServer([200, '<!doctype html><p>Welcome<br>']);
    const { code, message } = await failureOf(listed(store));
    expect(code).toBe('registry-unreachable');
    expect(message).toBe(`${store.location} cannot be listed: the answer is none of S3.`);
  });
});

describe('removing', () => {
  test('goes one by one where the server cannot remove several at once', async () => {
    const { store, requests } = await oddServer([501, error('NotImplemented')], [204, '']);
    await store.remove(['a', 'b', 'c']);
    expect(requests.map(({ path }) => path)).toEqual([
      '/registry/?delete=',
      '/registry/a?x-id=DeleteObject',
      '/registry/b?x-id=DeleteObject',
      '/registry/c?x-id=DeleteObject',
    ]);
  });

  test('sends the checksum that older servers want', async () => {
    const { store, requests } = await oddServer([200, '<DeleteResult></DeleteResult>']);
    await store.remove(['a', 'b']);
    expect(requests[0]?.headers['content-md5']).toMatch(/^[A-Za-z0-9+/]{22}==$/u);
  });

  test('says what one of many was refused with, and asks again where it may help', async () => {
    const refused = (code: string): string =>
      `<DeleteResult><Error><Key>a</Key><Code>${code}</Code></Error></DeleteResult>`;
    const { store } = await oddServer([200, refused('AccessDenied')]);
    await expect(failureOf(store.remove(['a', 'b']))).resolves.toMatchObject({
      code: 'registry-denied',
      message: `${store.location} may not be removed (403 AccessDenied).`,
    });
    const busy = await oddServer([200, refused('SlowDown')], [200, refused('NoSuchKey')]);
    await busy.store.remove(['a', 'b']);
    expect(busy.requests).toHaveLength(2);
    const odd = await oddServer([200, '<DeleteResult><Error><Key>a</Key></Error></DeleteResult>']);
    const { message } = await failureOf(odd.store.remove(['a', 'b']));
    expect(message).toMatch(/ cannot be removed now: the server answers 500 InternalError, in each of 6 tries\.$/u);
  });

  test('takes what is gone for removed', async () => {
    const { store } = await oddServer([404, error('NoSuchKey')]);
    await store.remove(['a']);
    const denied = await oddServer([403, error('AccessDenied')]);
    const { message } = await failureOf(denied.store.remove(['a']));
    expect(message).toBe(`a in ${denied.store.location} may not be removed (403 AccessDenied).`);
  });
});

test('a redirect is never followed: the credentials are for this server', async () => {
  const { store, requests } = await oddServer([307, error('TemporaryRedirect')]);
  await expect(failureOf(store.put(bucketEntry('a', '1')))).resolves.toMatchObject({
    message: `a in ${store.location} cannot be written: the server answers 307 TemporaryRedirect.`,
  });
  expect(requests).toHaveLength(1);
});
