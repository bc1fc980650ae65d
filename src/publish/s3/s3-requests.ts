import type { S3Client } from '@aws-sdk/client-s3';

import { PackyardError } from '../../errors.ts';
import { RETRY_POLICY, waitForRetry, type RetryPolicy } from '../../remote/retries.ts';
import type { StoreTraffic } from '../store.ts';
import type { OpenedClient, S3Module } from './s3-client.ts';
import { s3Failure } from './s3-failure.ts';
import type { S3Settings, S3Target } from './s3-target.ts';

/** One thing that is asked of a bucket, as often as it takes. */
export interface Question<Output> {
  /** What it is about, below the prefix; undefined for the bucket as a whole. */
  readonly path?: string;
  /** What may not be done where it is refused: `written`, `read`, `listed`, `removed`. */
  readonly verb: string;
  /** Bytes that each try sends. */
  readonly bytes?: number;
  /** Sends one request. `tries` counts from 1. */
  readonly ask: (asking: Asking) => Promise<Output>;
}

export interface Asking {
  readonly client: S3Client;
  readonly sdk: S3Module;
  readonly options: { readonly abortSignal: AbortSignal };
  readonly tries: number;
}

/** More than a reader's: a publish that stops halfway costs more than one that waits. */
const RETRIES: RetryPolicy = { ...RETRY_POLICY, tries: 6 };

/** Sends requests to one bucket, again where that may help, and counts them. */
export class S3Requests {
  readonly bucket: string;
  readonly #opened: OpenedClient;
  readonly #target: S3Target;
  readonly #settings: S3Settings;
  readonly #signal: AbortSignal;
  readonly #closing = new AbortController();
  /** One for each request: a signal that thousands listen to is slow, and Node warns of it. */
  readonly #underWay = new Set<AbortController>();
  readonly #unlink: () => void;
  #requests = 0;
  #bytesSent = 0;

  constructor(opened: OpenedClient, target: S3Target, settings: S3Settings) {
    this.bucket = target.bucket;
    this.#opened = opened;
    this.#target = target;
    this.#settings = settings;
    this.#signal = this.#closing.signal;
    const { signal } = target;
    const abort = (): void => this.#abort(signal?.reason);
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });
    this.#unlink = () => signal?.removeEventListener('abort', abort);
  }

  get traffic(): StoreTraffic {
    return { requests: this.#requests, bytesSent: this.#bytesSent };
  }

  get location(): string {
    return this.#settings.location;
  }

  keyOf(path: string): string {
    const { prefix } = this.#target;
    return prefix === '' ? path : `${prefix}/${path}`;
  }

  /** Rejects with a `PackyardError` that names the object, or with the reason of the signal. */
  async send<Output>({ path, verb, bytes = 0, ask }: Question<Output>): Promise<Output> {
    const { client, sdk, credentials } = this.#opened;
    const context = { bucket: this.bucket, verb, credentials };
    const address = path === undefined ? this.location : `${path} in ${this.location}`;
    for (let tries = 1; ; tries += 1) {
      this.#signal.throwIfAborted();
      this.#requests += 1;
      this.#bytesSent += bytes;
      const stop = new AbortController();
      this.#underWay.add(stop);
      try {
        return await ask({ client, sdk, options: { abortSignal: stop.signal }, tries });
      } catch (error) {
        this.#signal.throwIfAborted();
        if (error instanceof PackyardError) throw error;
        const failure = s3Failure(error, context);
        await waitForRetry(failure, tries, address, this.#target.retries ?? RETRIES, this.#signal);
      } finally {
        this.#underWay.delete(stop);
      }
    }
  }

  /** What is under way is broken off. */
  close(): void {
    this.#unlink();
    this.#abort(new Error(`${this.location} was closed`));
    this.#opened.client.destroy();
  }

  #abort(reason: unknown): void {
    this.#closing.abort(reason);
    for (const request of this.#underWay) request.abort(reason);
  }
}
