import { httpAnswer, type Fetch } from '../../remote/http-answer.ts';
import { httpBody } from '../../remote/http-body.ts';
import { RequestFailure } from '../../remote/request-failure.ts';
import { RETRY_POLICY, waitForRetry, type RetryPolicy } from '../../remote/retries.ts';

export interface HostOptions {
  readonly fetch?: Fetch;
  /** Credentials, for the origin of the registry only. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly userAgent?: string;
  /** Milliseconds that an answer, and after that each part of it, may take; 30,000 unless told. */
  readonly patience?: number;
  readonly retries?: RetryPolicy;
  readonly signal?: AbortSignal;
}

export interface Question {
  readonly method?: 'GET' | 'HEAD';
  /** `Accept-Encoding: identity` unless told. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Bytes of the body that are read at most, after which it is let go; 0 unless told. */
  readonly maxBytes?: number;
  /** Behind the path, with its question mark. */
  readonly query?: string;
}

/** An answer, however many redirects led to it. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  /** As `fetch` gives them: what was compressed for the way is unpacked. At most `maxBytes`. */
  readonly bytes: Uint8Array;
  /** False where the body goes on behind `bytes`. */
  readonly whole: boolean;
  /** Addresses that were asked one after the other: more than one where the host redirects. */
  readonly asked: readonly URL[];
}

/** The host of a registry, asked as a client asks it. */
export interface Host {
  /** With a slash at its end. */
  readonly base: URL;
  readonly requests: number;
  readonly fetch: Fetch;
  readonly patience: number;
  readonly userAgent: string;
  readonly signal: AbortSignal;
  urlOf(path: string): URL;
  /** Rejects with `PackyardError` where there is no answer, as `httpAnswer` says; whatever its status is, it is one. */
  ask(path: string, question?: Question): Promise<Answer>;
}

/** Few: a host that fails often is what is to be found out. */
const RETRIES: RetryPolicy = { ...RETRY_POLICY, tries: 2 };

/** Statuses with which a host says that it may be well in a moment. */
const PASSING = new Set([429, 502, 503, 504]);

export function askHost(base: URL, options: HostOptions): Host {
  const { headers = {}, userAgent = 'packyard', patience = 30_000, retries = RETRIES } = options;
  const fetch: Fetch = options.fetch ?? ((url, init) => globalThis.fetch(url, init));
  const signal = options.signal ?? new AbortController().signal;
  let requests = 0;
  const urlOf = (path: string): URL => new URL(path.split('/').map(encodeURIComponent).join('/'), base);

  const once = async (url: URL, question: Question): Promise<Answer> => {
    const { method = 'GET', maxBytes = 0 } = question;
    const asked: URL[] = [];
    const controller = new AbortController();
    const all = AbortSignal.any([signal, controller.signal]);
    try {
      const { response } = await httpAnswer({
        url,
        headers: { accept: '*/*', 'user-agent': userAgent, 'accept-encoding': 'identity', ...question.headers },
        credentials: headers,
        fetch: (target, init) => {
          asked.push(target);
          return fetch(target, { ...init, method });
        },
        patience,
        signal: all,
        onRequest: () => void (requests += 1),
      });
      if (PASSING.has(response.status)) {
        throw new RequestFailure({
          message: `answers ${response.status}`,
          hint: 'Try again later, or ask those who run the host.',
          again: true,
        });
      }
      const read =
        method === 'HEAD' || response.body === null ? NOTHING : await readBody(response.body, maxBytes, patience, all);
      return { status: response.status, headers: response.headers, ...read, asked };
    } finally {
      controller.abort();
    }
  };

  return {
    base,
    fetch,
    patience,
    userAgent,
    signal,
    urlOf,
    get requests() {
      return requests;
    },
    async ask(path, question = {}) {
      const url = urlOf(path);
      url.search = question.query ?? '';
      for (let tries = 1; ; tries += 1) {
        try {
          return await once(url, question);
        } catch (error) {
          await waitForRetry(error, tries, urlOf(path).href, retries, signal);
        }
      }
    },
  };
}

const NOTHING = { bytes: new Uint8Array(), whole: true };

async function readBody(
  body: ReadableStream<Uint8Array>,
  maxBytes: number,
  patience: number,
  signal: AbortSignal,
): Promise<Pick<Answer, 'bytes' | 'whole'>> {
  if (maxBytes === 0) return { bytes: NOTHING.bytes, whole: false };
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of httpBody(body, { patience, slowest: 1000 }, signal)) {
    chunks.push(chunk);
    size += chunk.byteLength;
    if (size > maxBytes) return { bytes: Buffer.concat(chunks).subarray(0, maxBytes), whole: false };
  }
  return { bytes: Buffer.concat(chunks), whole: true };
}
