import { httpAnswer, type Fetch, type HttpAnswer } from './http-answer.ts';
import { httpBody } from './http-body.ts';
import { FileProblem, INDEX_PATH, type RegistryFiles, type Transferred } from './registry-files.ts';
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
  readonly signal?: AbortSignal;
}

const ENCODINGS = new Set(['', 'identity', 'gzip', 'x-gzip', 'deflate', 'br']);

/** A registry below an HTTP(S) URL that ends with a slash. */
export function httpFiles(base: URL, options: HttpOptions): RegistryFiles {
  return new HttpFiles(base, options);
}

interface Attempt {
  readonly path: string;
  /** Bytes at the beginning that are known already. */
  readonly known: number;
  readonly maxBytes: number;
  /** Whether the bytes are wanted as they lie on the host. */
  readonly plain: boolean;
  /** Of the answer that the known bytes came with. */
  readonly etag?: string | undefined;
  onTag?(etag: string | undefined): void;
}

class HttpFiles implements RegistryFiles {
  readonly location: string;
  readonly #base: URL;
  readonly #options: Required<Omit<HttpOptions, 'signal'>>;
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
  async read(path: string, maxBytes: number): Promise<Uint8Array> {
    const giveBack = await this.#slots.take();
    try {
      for (let tries = 1; ; tries += 1) {
        try {
          const chunks: Uint8Array[] = [];
          for await (const chunk of this.#attempt({ path, known: 0, maxBytes, plain: false })) chunks.push(chunk);
          return concatenated(chunks);
        } catch (failure) {
          await this.#waitForRetry(failure, tries, path);
        }
      }
    } finally {
      giveBack();
    }
  }

  /** Each try goes on where the last one stopped: whoever takes the bytes knows the hash of all. */
  async *stream(path: string, maxBytes: number): AsyncGenerator<Uint8Array> {
    const giveBack = await this.#slots.take();
    let known = 0;
    let etag: string | undefined;
    const onTag = (tag: string | undefined): void => void (etag = tag);
    try {
      for (let tries = 1; ; tries += 1) {
        try {
          for await (const chunk of this.#attempt({ path, known, maxBytes, plain: true, etag, onTag })) {
            known += chunk.byteLength;
            yield chunk;
          }
          return;
        } catch (failure) {
          await this.#waitForRetry(failure, tries, path);
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

  #waitForRetry(failure: unknown, tries: number, path: string): Promise<void> {
    return waitForRetry(failure, tries, this.addressOf(path), this.#options.retries, this.#closing.signal);
  }

  async *#attempt(attempt: Attempt): AsyncGenerator<Uint8Array> {
    const { path, maxBytes } = attempt;
    const controller = new AbortController();
    const unlink = linkAbort(this.#closing.signal, controller);
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
      unlink();
      // Where the body was not read to its end, nobody wants the rest.
      controller.abort();
    }
  }

  /** An answer with the file, and the place in it that its body starts at. */
  async #begin(attempt: Attempt, signal: AbortSignal): Promise<{ response: Response; start: number }> {
    const { path, known, maxBytes, onTag } = attempt;
    const answer = await this.#ask(attempt, signal);
    const { status, headers } = answer.response;
    if (status === 404 || status === 410) throw new FileProblem('missing', path);
    // It ends where the known bytes do; whether they are right, their hash says.
    if (status === 416 && known > 0) return { response: new Response(null), start: known };
    const partial = status === 206 && known > 0;
    if (status !== 200 && !partial) throw statusFailure(status, headers.get('retry-after'), answer.loggedIn);
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
    onTag?.(encoded ? undefined : (headers.get('etag') ?? undefined));
    return { response: answer.response, start };
  }

  #ask({ path, known, plain, etag }: Attempt, signal: AbortSignal): Promise<HttpAnswer> {
    const { fetch, headers, userAgent, patience } = this.#options;
    // A part of an encoded or a changed file would not fit what is known of it.
    const resumes = known > 0 && etag !== undefined && !etag.startsWith('W/');
    return httpAnswer({
      url: this.#urlOf(path),
      headers: {
        accept: '*/*',
        'user-agent': userAgent,
        ...(plain && { 'accept-encoding': 'identity' }),
        // The one file that is not what its hash says must be the newest there is.
        ...(path === INDEX_PATH && { 'cache-control': 'no-cache' }),
        ...(resumes && { range: `bytes=${known}-`, 'if-range': etag }),
      },
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
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  return () => signal.removeEventListener('abort', abort);
}
