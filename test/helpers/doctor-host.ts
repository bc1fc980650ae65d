import type { IncomingMessage, ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';

import { mediaTypeOf } from '../../src/model/media-type.ts';
import { httpServer, httpsServer, type TestServer } from './http-server.ts';
import { packsRegistry } from './packs-registry.ts';
import type { PublishedFiles } from './published-registry.ts';
import { sha256Of } from './registry-tree.ts';

/** What a host is about to answer; tests change it. */
export interface Reply {
  status: number;
  headers: Record<string, string | undefined>;
  body: Buffer;
}

export interface DoctorHostOptions {
  readonly files?: PublishedFiles;
  readonly tls?: { readonly cert: string; readonly key: string };
  /** Changes the answer for a path; may answer by itself and give true. */
  readonly change?: (path: string, reply: Reply, request: IncomingMessage, response: ServerResponse) => boolean | void;
}

export interface DoctorHost extends TestServer {
  readonly files: PublishedFiles;
}

/** Two packs; the document of `web` is large enough to be compressed. */
export function doctorRegistry(): PublishedFiles {
  return packsRegistry({ web: ['1.0.0', '1.1.0', '1.2.0'], data: ['2.0.0'] });
}

/** A host that does everything right, but for what a test changes. */
export async function doctorHost(options: DoctorHostOptions = {}): Promise<DoctorHost> {
  const { files = doctorRegistry(), tls, change } = options;
  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = decodeURIComponent((request.url ?? '/').slice(1).replace(/\?.*$/u, ''));
    const reply = replyFor(path, files.get(path), request);
    if (change?.(path, reply, request, response) === true) return;
    for (const [name, value] of Object.entries(reply.headers)) if (value !== undefined) response.setHeader(name, value);
    response.writeHead(reply.status);
    response.end(request.method === 'HEAD' ? undefined : reply.body);
  };
  const server = await (tls === undefined ? httpServer(answer) : httpsServer(tls, answer));
  return { ...server, files };
}

function replyFor(path: string, bytes: Buffer | undefined, { headers: asked }: IncomingMessage): Reply {
  if (bytes === undefined) return { status: 404, headers: { 'content-type': 'text/plain' }, body: Buffer.from('none') };
  const etag = `"${sha256Of(bytes).slice(0, 20)}"`;
  const pointer = /(?:^|\/)(?:index|search)\.json$/u.test(path);
  const headers: Reply['headers'] = {
    'content-type': mediaTypeOf(path),
    'cache-control': pointer ? 'no-cache' : 'public, max-age=31536000, immutable',
    etag,
    vary: 'Accept-Encoding',
    'access-control-allow-origin': '*',
    'access-control-expose-headers': 'ETag, Content-Range',
    'x-content-type-options': 'nosniff',
    'strict-transport-security': 'max-age=31536000',
  };
  if (asked['if-none-match'] === etag) return { status: 304, headers, body: Buffer.alloc(0) };
  const from = /^bytes=(\d+)-$/u.exec(asked.range ?? '')?.[1];
  if (from !== undefined) {
    const part = bytes.subarray(Number(from));
    const range = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
    return { status: 206, headers: { ...headers, 'content-range': range }, body: part };
  }
  const compress = path.endsWith('.json') && (asked['accept-encoding'] ?? '').includes('gzip');
  const body = compress ? gzipSync(bytes) : bytes;
  const length = String(body.length);
  return {
    status: 200,
    headers: { ...headers, ...(compress && { 'content-encoding': 'gzip' }), 'content-length': length },
    body,
  };
}
