import type { Place } from '../model/finding.ts';

/** A parsed JSON or YAML text that knows where each of its values stands. */
export interface SourceDocument {
  readonly value: unknown;
  /**
   * The place of the value at a path of keys and indexes, or of the nearest one around it. With `key`, the place of the
   * key in front of it.
   */
  place(path: readonly (string | number)[], part?: 'value' | 'key'): Place;
}

/** Offsets in UTF-16 code units, end exclusive. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Where the values and keys of a document stand, by path. */
export interface Spans {
  readonly values: ReadonlyMap<string, Span>;
  readonly keys: ReadonlyMap<string, Span>;
}

/** A path as one string, that no key can forge. */
export function pathKey(path: readonly (string | number)[]): string {
  return path.map((part) => `/${String(part).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
}

/** Looks a path up, falling back to what contains it. */
export function nearestSpan(spans: Spans, path: readonly (string | number)[], part: 'value' | 'key'): Span {
  const own = part === 'key' ? spans.keys.get(pathKey(path)) : undefined;
  if (own !== undefined) return own;
  for (let length = path.length; length >= 0; length -= 1) {
    const span = spans.values.get(pathKey(path.slice(0, length)));
    if (span !== undefined) return span;
  }
  return { start: 0, end: 1 };
}
