import { httpAnswer, type Fetch, type HttpAnswer } from './http-answer.ts';
import { httpBody } from './http-body.ts';
import { freshness } from './freshness.ts';
import { onAbort } from './on-abort.ts';
import { requestHeaders, type Asked } from './request-headers.ts';
import {
  FileProblem,
  type RegistryFiles,
  type Revalidated,
  type Transferred,
  type Validators,
} from './registry-files.ts';
import { shownUrl } from './registry-location.ts';
import { RequestFailure } from './request-failure.ts';
import { concatenated } from './sha256.ts';
import { RETRY_POLICY, waitForRetry, type RetryPolicy } from './retries.ts';
import { slots } from './slots.ts';
import { statusFailure } from './status-failure.ts';

export interface HttpOptions {
  readonly fetch?: Fetch;
  /** Sent to the registry's own origin only: `{ authorization: 'Bearer …' }`. They count as credentials. */
  readonly headers?: Readonly<Record<string, string>>;
  readonly userAgent?: string;
  /** Requests at once; 8 unless told. */
  readonly width?: number;
  /** Milliseconds that an answer, and after that each part of it, may take; 30,000 unless told. */
  readonly patience?: number;
  /** Bytes per second below which an answer counts as stalled; 1024 unless told. */
  readonly slowest?: number;
  readonly retries?: RetryPolicy;
  /** What to do where a host wants a login, in a sentence. */
  readonly loginHint?: string | undefined;
  readonly signal?: AbortSignal;
}

const ENCODINGS = new Set(['', 'identity', 'gzip', 'x-gzip', 'deflate', 'br']);

/** A registry below an HTTP(S) URL that ends with a slash. */
export function httpFiles(base: URL, options: HttpOptions): RegistryFiles {
  return new HttpFiles(base, options);
}

interface Attempt extends Asked {
  readonly maxBytes: number;
  /** Ends it, besides the end of all. */
  readonly signal?: AbortSignal | undefined;
  /** Called when an answer begins. */
  onHeaders?(headers: Headers, encoded: boolean): void;
}

/** The file is what it was when it was read last. */
class Unchanged extends Error {}

class HttpFiles implements RegistryFiles {
  readonly location: string;
  readonly #base: URL;
  readonly #options: Required<Omit<HttpOptions, 'signal' | 'loginHint'>> & Pick<HttpOptions, 'loginHint'>;
  readonly #slots: ReturnType<typeof slots>;
  readonly #closing = new AbortController();
  readonly #unpacked = new Set<string>();
  readonly #unlink: () => void;
  #requests = 0;
  #bytes = 0;

  constructor(base: URL, { signal, ...options }: HttpOptions) {
    this.location = shownUrl(base);
    this.#base = base;
    this.#options = {
      fetch: (url, init) => fetch(url, init),
      headers: {},
      userAgent: 'packyard',
      width: 8,
      patience: 30_000,
      slowest: 1024,
      retries: RETRY_POLICY,
      ...options,
    };
    this.#slots = slots(this.#options.width);
    this.#unlink = linkAbort(signal, this.#closing);
  }

  get transferred(): Transferred {
    return { requests: this.#requests, bytes: this.#bytes };
  }

  addressOf(path: string): string {
    return shownUrl(this.#urlOf(path));
  }

  /** Each try begins anew: the file may be another one by then. */
  read(path: string, maxBytes: number): Promise<Uint8Array> {
    return this.#whole({ path, known: 0, maxBytes, plain: false });
  }

  async revalidate(path: string, maxBytes: number, validators: Validators = {}): Promise<Revalidated> {
    let answer: Omit<Revalidated, 'bytes'> | undefined;
    const onHeaders = (headers: Headers): void => void (answer = freshness(headers));
    let bytes: Uint8Array | undefined;
    try {
      bytes = await this.#whole({ path, known: 0, maxBytes, plain: false, validators, onHeaders });
    } catch (error) {
      if (!(error instanceof Unchanged)) throw error;
    }
    const { validators: fresh = {}, freshFor = 0, keep = true } = answer ?? {};
    // An answer without a body need not repeat them (RFC 9110, 15.4.5).
    return { bytes, validators: bytes === undefined ? { ...validators, ...fresh } : fresh, freshFor, keep };
  }

  async #whole(attempt: Attempt): Promise<Uint8Array> {
    const giveBack = await this.#slots.take();
    try {
      for (let tries = 1; ; tries += 1) {
        try {
          const chunks: Uint8Array[] = [];
          for await (const chunk of this.#attempt(attempt)) chunks.push(chunk);
          return concatenated(chunks);
        } catch (failure) {
          if (failure instanceof Unchanged) throw failure;
          await this.#waitForRetry(failure, tries, attempt.path);
        }
      }
    } finally {
      giveBack();
    }
  }

  /** Each try goes on where the last one stopped: whoever takes the bytes knows the hash of all. */
  async *stream(path: string, maxBytes: number, from = 0, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
    const giveBack = await this.#slots.take();
    let known = from;
    let etag: string | undefined | null = from > 0 ? null : undefined;
    const onHeaders = (headers: Headers, encoded: boolean): void => {
      etag = encoded ? undefined : (headers.get('etag') ?? undefined);
    };
    try {
      for (let tries = 1; ; tries += 1) {
        try {
          for await (const chunk of this.#attempt({ path, known, maxBytes, plain: true, etag, onHeaders, signal })) {
            known += chunk.byteLength;
            yield chunk;
          }
          return;
        } catch (failure) {
          await this.#waitForRetry(failure, tries, path, signal);
        }
      }
    } finally {
      giveBack();
    }
  }

  async sizeOf(): Promise<undefined> {
    return undefined;
  }

  remarkOn(path: string): string | undefined {
    if (!this.#unpacked.has(path)) return undefined;
    return 'The host sends it with a Content-Encoding, so that it was unpacked on its way: let it serve archives as they are.';
  }

  async close(): Promise<void> {
    this.#unlink();
    this.#closing.abort(new Error('The registry was closed.'));
  }

  #urlOf(path: string): URL {
    return new URL(path.split('/').map(encodeURIComponent).join('/'), this.#base);
  }

  #waitForRetry(failure: unknown, tries: number, path: string, signal?: AbortSignal): Promise<void> {
    const closing = this.#closing.signal;
    const either = signal === undefined ? closing : AbortSignal.any([closing, signal]);
    return waitForRetry(failure, tries, this.addressOf(path), this.#options.retries, either);
  }

  async *#attempt(attempt: Attempt): AsyncGenerator<Uint8Array> {
    const { path, maxBytes } = attempt;
    const controller = new AbortController();
    const unlink = [linkAbort(this.#closing.signal, controller), linkAbort(attempt.signal, controller)];
    try {
      const { response, start } = await this.#begin(attempt, controller.signal);
      if (response.body === null) return;
      let total = start;
      for await (const chunk of httpBody(response.body, this.#options, controller.signal)) {
        this.#bytes += chunk.byteLength;
        const fresh = chunk.subarray(Math.max(0, Math.min(chunk.byteLength, attempt.known - total)));
        total += chunk.byteLength;
        if (total > maxBytes) throw new FileProblem('too-large', path);
        if (fresh.byteLength > 0) yield fresh;
      }
    } finally {
      for (const each of unlink) each();
      // Where the body was not read to its end, nobody wants the rest.
      controller.abort();
    }
  }

  /** An answer with the file, and the place in it that its body starts at. */
  async #begin(attempt: Attempt, signal: AbortSignal): Promise<{ response: Response; start: number }> {
    const { path, known, maxBytes, onHeaders, validators } = attempt;
    const answer = await this.#ask(attempt, signal);
    const { status, headers } = answer.response;
    if (status === 404 || status === 410) throw new FileProblem('missing', path);
    if (status === 304 && (validators?.etag ?? validators?.lastModified) !== undefined) {
      onHeaders?.(headers, false);
      throw new Unchanged();
    }
    // It ends where the known bytes do; whether they are right, their hash says.
    if (status === 416 && known > 0) return { response: new Response(null), start: known };
    const partial = status === 206 && known > 0;
    if (status !== 200 && !partial)
      throw statusFailure(status, headers.get('retry-after'), {
        loggedIn: answer.loggedIn,
        loginHint: this.#options.loginHint,
      });
    const encoded = this.#checkEncoding(attempt, headers);
    const start = partial ? startOf(headers.get('content-range')) : 0;
    if (start > known) {
      throw new RequestFailure({
        message: 'is sent in parts that do not fit together',
        hint: 'Try again.',
        again: true,
      });
    }
    if (!encoded && start + Number(headers.get('content-length') ?? 0) > maxBytes) {
      throw new FileProblem('too-large', path);
    }
    onHeaders?.(headers, encoded);
    return { response: answer.response, start };
  }

  #ask(asked: Attempt, signal: AbortSignal): Promise<HttpAnswer> {
    const { fetch, headers, userAgent, patience } = this.#options;
    return httpAnswer({
      url: this.#urlOf(asked.path),
      headers: requestHeaders(asked, userAgent),
      fresh: asked.validators !== undefined,
      credentials: headers,
      fetch,
      patience,
      signal,
      onRequest: () => void (this.#requests += 1),
    });
  }

  #checkEncoding({ path, plain }: Attempt, headers: Headers): boolean {
    const encodings = (headers.get('content-encoding') ?? '').split(',').map((name) => name.trim().toLowerCase());
    const unknown = encodings.find((name) => !ENCODINGS.has(name));
    if (unknown !== undefined) {
      throw new RequestFailure({
        code: 'registry-invalid',
        message: `is sent in an encoding that was not asked for (${unknown.slice(0, 40)})`,
        hint: 'Let the host choose among what Accept-Encoding names.',
      });
    }
    const encoded = encodings.some((name) => name !== '' && name !== 'identity');
    if (encoded && plain) this.#unpacked.add(path);
    return encoded;
  }
}

/** First byte of a part: `bytes 200-1023/1024` (RFC 9110, 14.4). */
function startOf(contentRange: string | null): number {
  const start = /^bytes (\d{1,15})-/u.exec(contentRange ?? '')?.[1];
  return start === undefined ? Number.POSITIVE_INFINITY : Number(start);
}

/** Makes a controller abort with a signal; gives what ends that. */
function linkAbort(signal: AbortSignal | undefined, controller: AbortController): () => void {
  if (signal === undefined) return () => undefined;
  const abort = (): void => controller.abort(signal.reason);
  if (!signal.aborted) return onAbort(signal, abort);
  abort();
  return () => undefined;
}
