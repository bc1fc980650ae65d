import { IN_BROWSER } from './in-browser.ts';
import { INDEX_PATH, type Validators } from './registry-files.ts';

/** What is asked for, as far as headers say it. */
export interface Asked {
  readonly path: string;
  /** Bytes at the beginning that are known already. */
  readonly known: number;
  /** Whether the bytes are wanted as they lie on the host. */
  readonly plain: boolean;
  /** Of the answer that the known bytes came with; null where they are from an earlier run and their hash will tell. */
  readonly etag?: string | undefined | null;
  /** Of the copy that is at hand. */
  readonly validators?: Validators | undefined;
}

/** Headers of a request, without credentials. */
export function requestHeaders(asked: Asked, userAgent: string): Record<string, string> {
  const range = rangeOf(asked);
  // Anything else would make a browser ask the host for leave first, which plain static hosts do not give.
  if (IN_BROWSER) return { accept: '*/*', ...(range !== undefined && { range }) };
  const { path, plain, etag, validators } = asked;
  const { etag: tag, lastModified } = validators ?? {};
  return {
    accept: '*/*',
    'user-agent': userAgent,
    ...(plain && { 'accept-encoding': 'identity' }),
    // The one file that is not what its hash says must be the newest there is.
    ...((path === INDEX_PATH || validators !== undefined) && { 'cache-control': 'no-cache' }),
    ...(range !== undefined && { range, ...(typeof etag === 'string' && { 'if-range': etag }) }),
    ...(tag !== undefined && { 'if-none-match': tag }),
    ...(lastModified !== undefined && { 'if-modified-since': lastModified }),
  };
}

/** A part of an encoded or a changed file would not fit what is known of it. */
function rangeOf({ known, etag }: Asked): string | undefined {
  const fits = etag === null || (etag !== undefined && !etag.startsWith('W/'));
  return known > 0 && fits ? `bytes=${known}-` : undefined;
}
