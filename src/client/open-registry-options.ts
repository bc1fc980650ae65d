import type { Fetch } from '../remote/http-answer.ts';
import type { RetryPolicy } from '../remote/retries.ts';
import type { ClientWarning } from './registry.ts';

export interface OpenRegistryOptions {
  /** Other addresses of the same registry, which are tried in turn. */
  readonly mirrors?: readonly string[];
  /** Folder of the cache; false for none. Unless told, where the platform keeps caches. */
  readonly cache?: string | false;
  /** Ask nobody: only what the cache holds. */
  readonly offline?: boolean;
  /** Ask anew, whatever the host said about how long its answers last. */
  readonly refresh?: boolean;
  /** Ask for a pack by its stable path, without the index of the registry: less to fetch where one pack is wanted. */
  readonly direct?: boolean;
  /** Another way to ask: through a proxy, with a certificate. */
  readonly fetch?: Fetch;
  /** Credentials for the origin of the registry: `{ authorization: 'Bearer …' }`. Mirrors never get them. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Credentials for the origin of a mirror, by its address as given in `mirrors`. */
  readonly mirrorHeaders?: Readonly<Record<string, Readonly<Record<string, string>>>>;
  readonly userAgent?: string;
  /** Requests at once; 8 unless told. */
  readonly width?: number;
  /** Milliseconds that an answer, and after that each part of it, may take; 30,000 unless told. */
  readonly patience?: number;
  readonly retries?: RetryPolicy;
  /** What to do where a host wants a login, in a sentence. */
  readonly loginHint?: string;
  readonly signal?: AbortSignal;
  readonly onWarning?: (warning: ClientWarning) => void;
}
