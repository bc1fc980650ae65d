import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';

import type { S3ClientConfig } from '@aws-sdk/client-s3';

import type { Fetch } from '../../remote/http-answer.ts';
import { RequestFailure } from '../../remote/request-failure.ts';
import { durationText } from '../../remote/duration-text.ts';

/** A request of the SDK. */
interface Request {
  readonly method: string;
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | string[] | null>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | string;
}

type Handler = Extract<NonNullable<S3ClientConfig['requestHandler']>, { handle: unknown }>;

/** Bytes per second below which sending counts as stalled. */
const SLOWEST = 16 * 1024;

/** Sends the requests of the SDK with a `fetch`, so that proxies and authorities hold for them as well. */
export function fetchHandler(fetch: Fetch, patience: number): Handler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    destroy: () => undefined,
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    async handle(request: Request, options?: { readonly abortSignal?: unknown }) {
      const abortSignal = options?.abortSignal as AbortSignal | undefined;
      const { body } = request;
      const size = body === undefined ? 0 : Buffer.byteLength(body);
      const time = patience + Math.ceil((size / SLOWEST) * 1000);
      const limit = AbortSignal.timeout(time);
      const signal = abortSignal === undefined ? limit : AbortSignal.any([abortSignal, limit]);
      const init = { method: request.method, headers: headersOf(request), redirect: 'manual', signal } as const;
      try {
        const response = await fetch(urlOf(request), body === undefined ? init : { ...init, body: body as string });
        return {
          response: {
            statusCode: response.status,
            reason: response.statusText,
            headers: Object.fromEntries(response.headers),
            // It is the same standard, declared twice.
            body: response.body === null ? Readable.from([]) : Readable.fromWeb(response.body as ReadableStream),
          },
        };
      } catch (error) {
        if (!limit.aborted || abortSignal?.aborted === true) throw error;
        throw new RequestFailure({
          message: `cannot be reached: no answer came in ${durationText(time)}`,
          hint: 'Try again later.',
          again: true,
          cause: error,
        });
      }
    },
  };
}

/** What `fetch` says by itself is left out; a compressed answer would not be the object. */
function headersOf({ headers }: Request): Record<string, string> {
  const { host: _host, 'content-length': _length, ...rest } = headers;
  return { ...rest, 'accept-encoding': 'identity' };
}

function urlOf({ protocol, hostname, port, path, query = {} }: Request): URL {
  const pairs = Object.entries(query).flatMap(([name, value]) => {
    if (value === null) return [encoded(name)];
    return (Array.isArray(value) ? value : [value]).map((each) => `${encoded(name)}=${encoded(String(each))}`);
  });
  const search = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return new URL(`${protocol}//${hostname}${port === undefined ? '' : `:${port}`}${path}${search}`);
}

/** As the signature has it (RFC 3986). */
function encoded(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/gu,
    (each) => `%${each.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}
