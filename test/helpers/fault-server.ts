import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';

import { httpServer, type TestServer } from './http-server.ts';

/** One request, and what a host without faults would send. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  /** Of the registry, without a slash in front. */
  readonly path: string;
  readonly bytes: Buffer;
  /** Headers of a plain answer with all bytes, but their length. */
  readonly headers: Readonly<Record<string, string>>;
  /** Of the server, with a slash at its end. */
  readonly url: string;
  /** Answers as a host without faults does. */
  well(): void;
}

/** What a host does instead of answering well. */
export type Fault = (exchange: Exchange) => void;

export interface FaultServer extends TestServer {
  /** How often a file was asked for so far. */
  asked(path: string): number;
}

/**
 * A static host that answers as `faultAt` says: `nth` counts the requests for a path from 0; undefined is an answer
 * without a fault, with ETag and Range as good hosts have them.
 */
export async function faultServer(
  files: ReadonlyMap<string, Buffer>,
  faultAt: (path: string, nth: number) => Fault | undefined,
): Promise<FaultServer> {
  const counts = new Map<string, number>();
  const server: TestServer = await httpServer((request, response) => {
    const path = decodeURIComponent((request.url ?? '/').replace(/\?.*$/u, '').slice(1));
    const nth = counts.get(path) ?? 0;
    counts.set(path, nth + 1);
    // Clients go away in the middle: no fault of the test.
    response.on('error', () => undefined);
    const bytes = files.get(path);
    const fault = faultAt(path, nth);
    if (bytes === undefined && fault === undefined) {
      response.writeHead(404).end('no such file');
      return;
    }
    const file = bytes ?? Buffer.alloc(0);
    const headers = { etag: etagOf(file), 'content-type': 'application/octet-stream' };
    const well = (): void => answerWell(request, response, file, headers);
    if (fault === undefined) well();
    else fault({ request, response, path, bytes: file, headers, url: `${server.url}/`, well });
  });
  return { ...server, asked: (path) => counts.get(path) ?? 0 };
}

export function etagOf(bytes: Uint8Array): string {
  return `"${createHash('sha256').update(bytes).digest('hex').slice(0, 20)}"`;
}

/** A part from some byte on, nothing where the reader has it already, or all. */
function answerWell(
  request: IncomingMessage,
  response: ServerResponse,
  bytes: Buffer,
  headers: Readonly<Record<string, string>>,
): void {
  const { range, 'if-range': ifRange, 'if-none-match': ifNoneMatch } = request.headers;
  if (ifNoneMatch === headers['etag']) {
    response.writeHead(304, { etag: headers['etag'] }).end();
    return;
  }
  const from = Number(/^bytes=(\d+)-$/u.exec(range ?? '')?.[1] ?? 0);
  if (from === 0 || (ifRange !== undefined && ifRange !== headers['etag'])) {
    response.writeHead(200, { ...headers, 'content-length': bytes.length }).end(bytes);
  } else if (from >= bytes.length) {
    response.writeHead(416, { 'content-range': `bytes */${bytes.length}` }).end();
  } else {
    const contentRange = `bytes ${from}-${bytes.length - 1}/${bytes.length}`;
    response.writeHead(206, { ...headers, 'content-range': contentRange, 'content-length': bytes.length - from });
    response.end(bytes.subarray(from));
  }
}
