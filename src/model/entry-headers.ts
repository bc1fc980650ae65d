import type { Entry } from './entry.ts';

/** Names of response headers with their values. */
export type Headers = Readonly<Record<string, string>>;

const CACHE_CONTROL: Readonly<Record<Entry['cache'], string>> = {
  // A year, the longest that HTTP means anything by.
  immutable: 'public, max-age=31536000, immutable',
  // Kept, and asked about each time: `no-store` would make every look at the index a transfer.
  revalidate: 'public, max-age=0, must-revalidate',
};

/** Value of the `Cache-Control` header of an entry. */
export function cacheControlOf({ cache }: Pick<Entry, 'cache'>): string {
  return CACHE_CONTROL[cache];
}

/**
 * What every answer of a registry carries, also one that says that there is no such file: a page of another origin may
 * read it, with what it needs to go on with a transfer, and no browser takes data for something that it could run.
 */
export const COMMON_HEADERS: Headers = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers':
    'Accept-Ranges, Cache-Control, Content-Encoding, Content-Length, Content-Range, ETag, Retry-After',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'X-Content-Type-Options': 'nosniff',
};

/** What a browser may do with a file that it is led to: show it. Pages of a site have words of their own for that. */
export const DATA_POLICY = "default-src 'none'; frame-ancestors 'none'; sandbox";

/** Answers to the question whether a page of another origin may send more than a plain request. */
export const PREFLIGHT_HEADERS: Headers = {
  'Access-Control-Allow-Methods': 'GET, HEAD, OPTIONS',
  'Access-Control-Allow-Headers': 'If-Match, If-Modified-Since, If-None-Match, If-Range, If-Unmodified-Since, Range',
  'Access-Control-Max-Age': '86400',
};

/**
 * The response headers of an entry, wherever it is published. None of them names an encoding: an archive is compressed
 * already, and one that is sent as `Content-Encoding: gzip` would arrive as another file.
 */
export function headersOf(entry: Pick<Entry, 'mediaType' | 'cache'>): Headers {
  return {
    'Content-Type': entry.mediaType,
    'Cache-Control': cacheControlOf(entry),
    'Content-Security-Policy': DATA_POLICY,
    ...COMMON_HEADERS,
  };
}

/** Media types, without parameters, that a host may compress on the way: those of text. */
export const COMPRESSIBLE_TYPES: readonly string[] = ['application/json', 'application/yaml', 'text/markdown'];

/** From how many bytes on that pays. */
export const COMPRESSIBLE_FROM = 256;

/** Whether a host may compress an entry on the way. */
export function isCompressible({ mediaType, size }: Pick<Entry, 'mediaType' | 'size'>): boolean {
  return size >= COMPRESSIBLE_FROM && COMPRESSIBLE_TYPES.includes(mediaType.split(';', 1)[0] ?? '');
}
