import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

import { COMMON_HEADERS, DATA_POLICY, PREFLIGHT_HEADERS, type Headers } from '../../model/entry-headers.ts';
import { answerFile } from './answer-file.ts';
import { isOwnHost } from './own-host.ts';
import { page, PAGE_FOLDER, PAGE_POLICY, RELOAD_SCRIPT, STYLE, type PageFacts } from './page.ts';
import { requestPath } from './request-path.ts';
import { openServedFile, type KnownHashes } from './served-file.ts';
import type { StateEvents } from './state-events.ts';

/** A request that was answered, or whose connection was lost before that. */
export interface AnsweredRequest {
  readonly method: string;
  /** As it was sent: anything. */
  readonly target: string;
  readonly status: number;
  readonly complete: boolean;
  /** What went wrong here, where something did. */
  readonly error?: unknown;
}

export interface ListenerOptions {
  /** The real path of the folder, as it is now. */
  readonly root: () => string;
  /** What the page at the top shows. */
  readonly facts: () => Promise<PageFacts>;
  /** Where what is served can change. */
  readonly events?: StateEvents;
  /** Names under which it may be asked besides addresses and `localhost`; in lower case. */
  readonly names?: ReadonlySet<string>;
  readonly onRequest?: (request: AnsweredRequest) => void;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Answers requests for a registry's files as a host does that has its headers right, with a page at the top. */
export function registryListener(options: ListenerOptions): RequestListener {
  const answer = answerer(options);
  return (request, response) => {
    const { method = '', url: target = '' } = request;
    let failure: { readonly error: unknown } | undefined;
    response.on('close', () => {
      const { statusCode: status, writableFinished: complete } = response;
      options.onRequest?.({ method, target, status, complete, ...failure });
    });
    // A body that somebody sends is nobody's, and would keep the connection.
    request.resume();
    void answer(request, response).catch((error: unknown) => {
      if (request.destroyed && response.destroyed) return;
      failure = { error };
      if (response.headersSent) response.destroy();
      else plain(response, 500, 'This file cannot be read.');
    });
  };
}

const NO_NAMES: ReadonlySet<string> = new Set();

const FOREIGN = 'Name this server by its address, or by what --host says: it answers to no other name.';

function answerer({ root, facts, events, names = NO_NAMES }: ListenerOptions): Answer {
  const known: KnownHashes = new Map();
  const own = new Map<string, Answer>([
    ['/', async (_, response) => text(response, 'text/html', page(await facts()), PAGE_POLICY)],
    [`${PAGE_FOLDER}page.css`, async (_, response) => text(response, 'text/css', STYLE)],
    [`${PAGE_FOLDER}reload.js`, async (_, response) => text(response, 'text/javascript', RELOAD_SCRIPT)],
  ]);
  if (events !== undefined) own.set(`${PAGE_FOLDER}events`, async (...parameters) => events.connect(...parameters));
  return async (request, response) => {
    const { method = '', url = '', headers } = request;
    if (!isOwnHost(headers.host, names)) {
      plain(response, 421, FOREIGN);
      return;
    }
    if (method === 'OPTIONS') {
      response.writeHead(204, { ...COMMON_HEADERS, ...PREFLIGHT_HEADERS }).end();
      return;
    }
    if (method !== 'GET' && method !== 'HEAD') {
      plain(response, 405, 'A registry is only read.', { Allow: 'GET, HEAD, OPTIONS' });
      return;
    }
    const answerOwn = own.get(url.split('?', 1)[0] ?? '');
    if (answerOwn !== undefined) {
      await answerOwn(request, response);
      return;
    }
    const path = requestPath(url);
    const file = path === undefined ? undefined : await openServedFile(root(), path, known);
    if (file === undefined) plain(response, 404, 'There is no such file.');
    else await answerFile(request, response, file);
  };
}

/** What is no file of a registry says so to whoever asks, and nobody keeps that. */
function plain(response: ServerResponse, status: number, message: string, headers: Headers = {}): void {
  const body = Buffer.from(`${message}\n`);
  response.writeHead(status, {
    ...COMMON_HEADERS,
    ...headers,
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Security-Policy': DATA_POLICY,
    'Cache-Control': 'no-store',
    'Content-Length': body.length,
  });
  response.end(body);
}

/** What belongs to the page is for this machine only: no other origin reads or shows it. */
function text(response: ServerResponse, type: string, content: string, policy: string = DATA_POLICY): void {
  const body = Buffer.from(content);
  response.writeHead(200, {
    'Content-Type': `${type}; charset=utf-8`,
    'Content-Security-Policy': policy,
    'Cache-Control': 'no-store',
    'Content-Length': body.length,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  });
  response.end(body);
}
