import { request as ask, type IncomingMessage, type OutgoingHttpHeaders, type ServerResponse } from 'node:http';

import { httpServer, type TestServer } from './http-server.ts';
import type { S3Server } from './s3-server.ts';

/** A request on its way to the server. */
export interface Passing {
  readonly method: string;
  /** With the bucket, and without a question. */
  readonly path: string;
  readonly search: string;
  readonly headers: IncomingMessage['headers'];
}

/** What happens to a request instead of being passed on as it is. */
export type S3Fault =
  | { readonly kind: 'answer'; readonly status: number; readonly code?: string; readonly headers?: OutgoingHttpHeaders }
  /** The connection is cut when so many bytes of the body have come, or all. */
  | { readonly kind: 'cut'; readonly after: number }
  /** It is passed on, and the connection is cut instead of an answer. */
  | { readonly kind: 'mute' }
  /** Nothing comes back, for ever. */
  | { readonly kind: 'silence' }
  /** It is passed on as an anonymous one without these headers. */
  | { readonly kind: 'without'; readonly headers: readonly string[] };

export interface FaultProxy extends TestServer {
  /** Every request so far, as `PUT /registry/index.json`. */
  readonly seen: readonly string[];
}

/**
 * Stands before a real S3 server and passes on what comes, signature and all. `faultAt` is asked for each request, with
 * how many for the same method and path came before.
 */
export async function s3FaultProxy(
  server: S3Server,
  faultAt: (passing: Passing, nth: number) => S3Fault | undefined,
): Promise<FaultProxy> {
  const counts = new Map<string, number>();
  const seen: string[] = [];
  const proxy = await httpServer((request, response) => {
    const { pathname: path, search } = new URL(request.url ?? '/', 'http://proxy');
    const method = request.method ?? 'GET';
    const name = `${method} ${path}`;
    const nth = counts.get(name) ?? 0;
    counts.set(name, nth + 1);
    seen.push(`${name}${search}`);
    request.on('error', () => undefined);
    response.on('error', () => undefined);
    suffer(server, { request, response }, faultAt({ method, path, search, headers: request.headers }, nth));
  });
  return { ...proxy, seen };
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

function suffer(server: S3Server, { request, response }: Exchange, fault: S3Fault | undefined): void {
  if (fault === undefined) {
    passOn(server, { request, response }, request.headers, 'answer');
  } else if (fault.kind === 'answer') {
    const { status, code, headers = {} } = fault;
    const xml = `<?xml version="1.0" encoding="UTF-8"?><Error><Code>${code}</Code><Message>No.</Message></Error>`;
    request.resume().on('end', () => {
      response.writeHead(status, { 'content-type': 'application/xml', ...headers }).end(code === undefined ? '' : xml);
    });
  } else if (fault.kind === 'cut') {
    let come = 0;
    request.on('data', (chunk: Buffer) => {
      come += chunk.byteLength;
      if (come > fault.after) request.socket.destroy();
    });
    request.on('end', () => request.socket.destroy());
  } else if (fault.kind === 'mute') {
    passOn(server, { request, response }, request.headers, 'cut');
  } else if (fault.kind === 'without') {
    const left = new Set([...fault.headers, 'authorization']);
    const headers = Object.fromEntries(Object.entries(request.headers).filter(([name]) => !left.has(name)));
    passOn(server, { request, response }, headers, 'answer');
  }
}

/** The `Host` stays that of the proxy: it is signed. */
function passOn(
  { endpoint }: S3Server,
  { request, response }: Exchange,
  headers: OutgoingHttpHeaders,
  end: 'answer' | 'cut',
): void {
  const passed = ask(new URL(request.url ?? '/', endpoint), { method: request.method ?? 'GET', headers }, (answer) => {
    if (end === 'cut') {
      answer.resume().on('end', () => request.socket.destroy());
      return;
    }
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(response);
  });
  passed.on('error', () => request.socket.destroy());
  request.pipe(passed);
}
