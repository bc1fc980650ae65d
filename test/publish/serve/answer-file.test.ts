import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';

import { describe, expect, test } from 'vitest';

import { PREFLIGHT_HEADERS } from '../../../src/model/entry-headers.ts';
import { type AnsweredRequest } from '../../../src/publish/serve/serve.ts';
import { ARCHIVE, localServer, registryFolder } from '../../helpers/local-server.ts';
import { publishedRegistry } from '../../helpers/published-registry.ts';
import { rawRequest, type RawAnswer } from '../../helpers/raw-request.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';

describe('requests', () => {
  test('for what the client has are answered with 304', async () => {
    const { url } = await localServer({ folder: await registryFolder() });
    const first = await rawRequest(url, '/index.json');
    const etag = String(first.headers['etag']);
    for (const condition of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
      const { status, headers, body } = await rawRequest(url, '/index.json', {
        headers: { 'if-none-match': condition },
      });
      expect({ condition, status, length: body.length }).toEqual({ condition, status: 304, length: 0 });
      expect(headers).toMatchObject({ etag, 'cache-control': 'public, max-age=0, must-revalidate' });
      expect(headers).toMatchObject({ vary: 'Accept-Encoding', 'access-control-allow-origin': '*' });
    }
    expect((await rawRequest(url, '/index.json', { headers: { 'if-none-match': '"other"' } })).status).toBe(200);
  });

  test.each([
    ['br', brotliDecompressSync],
    ['gzip', gunzipSync],
  ] as const)(
    'for a document may get it compressed with %s, under a tag of its own',
    async (encoding, decompressed) => {
      const { url } = await localServer({ folder: await registryFolder() });
      const plain = await rawRequest(url, '/index.json');
      const headers = { 'accept-encoding': encoding };
      const packed = await rawRequest(url, '/index.json', { headers });
      expect(packed.headers).toMatchObject({ 'content-encoding': encoding, vary: 'Accept-Encoding' });
      expect(decompressed(packed.body).equals(plain.body)).toBe(true);
      const etag = String(packed.headers['etag']);
      expect(etag).not.toBe(plain.headers['etag']);
      expect((await rawRequest(url, '/index.json', { headers: { ...headers, 'if-none-match': etag } })).status).toBe(
        304,
      );
      // Those are other bytes.
      expect((await rawRequest(url, '/index.json', { headers: { 'if-none-match': etag } })).status).toBe(200);
    },
  );

  test('for an archive get it as it is', async () => {
    const { url } = await localServer({ folder: await registryFolder() });
    const { headers } = await rawRequest(url, ARCHIVE, { headers: { 'accept-encoding': 'br, gzip' } });
    expect(headers['content-encoding']).toBeUndefined();
    expect(headers['vary']).toBeUndefined();
    expect(headers['content-type']).toBe('application/gzip');
  });

  test('for a part get it while the file is still that one', async () => {
    const folder = await registryFolder();
    const bytes = readFileSync(join(folder, ARCHIVE));
    const { url } = await localServer({ folder });
    const part = async (headers: Record<string, string>): Promise<[number, string | undefined, boolean]> => {
      const answer = await rawRequest(url, ARCHIVE, { headers: { range: 'bytes=10-', ...headers } });
      const range = answer.headers['content-range'] as string | undefined;
      return [answer.status, range, answer.body.equals(answer.status === 206 ? bytes.subarray(10) : bytes)];
    };
    const range = `bytes 10-${bytes.length - 1}/${bytes.length}`;
    const tag = `"${sha256Of(bytes)}"`;
    expect(await part({})).toEqual([206, range, true]);
    expect(await part({ 'if-range': tag })).toEqual([206, range, true]);
    expect(await part({ 'if-range': '"other"' })).toEqual([200, undefined, true]);
    expect(await part({ 'if-range': `W/${tag}` })).toEqual([200, undefined, true]);
    expect(await part({ 'if-range': new Date().toUTCString() })).toEqual([200, undefined, true]);
    expect(await part({ range: 'bytes=0-1,5-6' })).toEqual([200, undefined, true]);
    const beyond = await rawRequest(url, ARCHIVE, { headers: { range: `bytes=${bytes.length}-` } });
    expect({ status: beyond.status, range: beyond.headers['content-range'] }).toEqual({
      status: 416,
      range: `bytes */${bytes.length}`,
    });
    expect(beyond.headers['cache-control']).toBeUndefined();
  });

  test('for a part of a document get that of the bytes as they are', async () => {
    const { url } = await localServer({ folder: await registryFolder() });
    const { body } = await rawRequest(url, '/index.json');
    const headers = { range: 'bytes=0-9', 'accept-encoding': 'gzip' };
    const part = await rawRequest(url, '/index.json', { headers });
    expect(part.headers['content-encoding']).toBeUndefined();
    expect(part.body.equals(body.subarray(0, 10))).toBe(true);
  });

  test('with HEAD get the same headers and nothing else', async () => {
    const { url } = await localServer({ folder: await registryFolder() });
    for (const headers of [{}, { 'accept-encoding': 'br' }]) {
      for (const target of ['/index.json', ARCHIVE, '/none', '/', '/-/page.css']) {
        const [get, head] = await Promise.all([
          rawRequest(url, target, { headers }),
          rawRequest(url, target, { method: 'HEAD', headers }),
        ]);
        const comparable = ({ status, headers: sent }: RawAnswer): object => ({
          status,
          ...sent,
          date: '',
          'transfer-encoding': '',
        });
        expect({ target, ...comparable(head) }).toEqual({ target, ...comparable(get) });
        expect(head.body.length).toBe(0);
      }
    }
  });

  test('that are not to read are refused', async () => {
    const { url } = await localServer({ folder: await registryFolder() });
    for (const method of ['POST', 'PUT', 'DELETE', 'PATCH', 'TRACE']) {
      const { status, headers, body } = await rawRequest(url, '/index.json', { method });
      expect({ method, status, allow: headers['allow'], body: String(body) }).toEqual({
        method,
        status: 405,
        allow: 'GET, HEAD, OPTIONS',
        body: 'A registry is only read.\n',
      });
    }
  });

  test('of pages elsewhere are allowed beforehand', async () => {
    const { url } = await localServer({ folder: await registryFolder() });
    const { status, headers } = await rawRequest(url, '/index.json', { method: 'OPTIONS' });
    expect(status).toBe(204);
    for (const [name, value] of Object.entries(PREFLIGHT_HEADERS)) expect(headers[name.toLowerCase()]).toBe(value);
  });

  test('are reported, whatever they hold, also those that are cut off', async () => {
    const requests: AnsweredRequest[] = [];
    const files = publishedRegistry({ artifact: Buffer.alloc(50_000_000) });
    const { url } = await localServer({
      folder: await registryFolder(files),
      onRequest: (request) => requests.push(request),
    });
    await rawRequest(url, '/index.json');
    await rawRequest(url, '/none?token=1');
    const stop = new AbortController();
    const answer = await fetch(`${url}packs/demo/1.0.0/demo-1.0.0.tar.gz`, { signal: stop.signal });
    await answer.body?.getReader().read();
    stop.abort();
    await expect.poll(() => requests.length).toBe(3);
    expect(requests).toEqual([
      { method: 'GET', target: '/index.json', status: 200, complete: true },
      { method: 'GET', target: '/none?token=1', status: 404, complete: true },
      { method: 'GET', target: '/packs/demo/1.0.0/demo-1.0.0.tar.gz', status: 200, complete: false },
    ]);
  });

  test('see a file that took the place of another at once', async () => {
    const folder = await registryFolder();
    const { url } = await localServer({ folder });
    const before = await rawRequest(url, '/search.json');
    expect(before.status).toBe(404);
    for (const text of ['{"a":1}', '{"a":2}']) {
      writeFileSync(join(folder, 'next'), text);
      renameSync(join(folder, 'next'), join(folder, 'search.json'));
      const { body, headers } = await rawRequest(url, '/search.json');
      expect([String(body), headers['etag']]).toEqual([text, `"${sha256Of(Buffer.from(text))}"`]);
    }
  });
});
