import { cacheControlOf } from '../../model/entry-headers.ts';
import type { Entry } from '../../model/entry.ts';

export interface ObjectHeaders {
  readonly ContentType: string;
  readonly CacheControl: string;
  readonly Metadata: Readonly<Record<string, string>>;
}

/** What a bucket serves an entry with. Its hash goes with it, so that one can be told without reading the other. */
export function objectHeaders({ mediaType, cache, sha256 }: Entry): ObjectHeaders {
  return { ContentType: mediaType, CacheControl: cacheControlOf({ cache }), Metadata: { sha256 } };
}
