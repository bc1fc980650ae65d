import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

import { expect } from 'vitest';

import { hostFiles } from '../../src/build/hosts/host-files.ts';
import { headersOf, isCompressible, type Headers } from '../../src/model/entry-headers.ts';
import { mediaTypeOf } from '../../src/model/media-type.ts';
import { cachingOf } from '../../src/model/path-caching.ts';
import { allFiles } from './all-files.ts';
import { rawRequest } from './raw-request.ts';
import { webHost, type WebHost } from './web-host.ts';

const SNIPPETS = { nginx: 'hosts/nginx.conf', caddy: 'hosts/Caddyfile' } as const;

/** Serves a folder with a web server that was told what a build writes for it. */
export async function toldHost(kind: keyof typeof SNIPPETS, folder: string): Promise<WebHost> {
  const entry = hostFiles([kind]).find(({ path }) => path === SNIPPETS[kind]);
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry?.open() ?? []) chunks.push(chunk);
  return webHost(kind, folder, Buffer.concat(chunks).toString('utf8'));
}

/** As Node gives the names of headers. */
export function lowerCased(headers: Headers): Headers {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** Asks a host for every file of a registry in each way that a client does; gives how many there are. */
export async function expectHeaders(url: string, folder: string): Promise<number> {
  const files = allFiles(folder);
  for (const path of files) await expectHeadersOf(url, folder, path);
  return files.length;
}

async function expectHeadersOf(url: string, folder: string, path: string): Promise<void> {
  const ask = (headers: Headers = {}): ReturnType<typeof rawRequest> => rawRequest(url, `/${path}`, { headers });
  const bytes = readFileSync(join(folder, path));
  const entry = { mediaType: mediaTypeOf(path), cache: cachingOf(path), size: bytes.length };
  const expected = lowerCased(headersOf(entry));
  const plain = await ask();
  expect({ path, status: plain.status, same: plain.body.equals(bytes) }).toEqual({ path, status: 200, same: true });
  expect({ path, ...plain.headers }).toMatchObject({ path, ...expected });
  expect(plain.headers['content-encoding']).toBeUndefined();
  const again = await ask({ 'if-none-match': String(plain.headers['etag']) });
  expect({ path, status: again.status, caching: again.headers['cache-control'] }).toEqual({
    path,
    status: 304,
    caching: expected['cache-control'],
  });
  const packed = await ask({ 'accept-encoding': 'gzip' });
  const encoding = isCompressible(entry) ? 'gzip' : undefined;
  expect({ path, encoding: packed.headers['content-encoding'] }).toEqual({ path, encoding });
  expect((encoding === undefined ? packed.body : gunzipSync(packed.body)).equals(bytes)).toBe(true);
  if (encoding !== undefined) expect(packed.headers['vary']).toContain('Accept-Encoding');
  expect({ path, ...packed.headers }).toMatchObject({ path, ...expected });
}
