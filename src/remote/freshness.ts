import type { Revalidated, Validators } from './registry-files.ts';

/** However long a host says that its answers last: nobody is kept from news for longer than a day. */
const LONGEST = 86_400_000;

/** How long an answer lasts, and by what it is known again. Source: RFC 9111, 4.2; RFC 9110, 8.8. */
export function freshness(headers: Headers): Omit<Revalidated, 'bytes'> {
  const directives = directivesOf(headers.get('cache-control'));
  const age = secondsOf(headers.get('age')) ?? 0;
  const lasts = directives.has('no-cache') ? 0 : (secondsOf(directives.get('max-age')) ?? 0);
  return {
    validators: validatorsOf(headers),
    freshFor: Math.min(Math.max(0, lasts - age) * 1000, LONGEST),
    keep: !directives.has('no-store'),
  };
}

function validatorsOf(headers: Headers): Validators {
  const etag = shortHeader(headers.get('etag'));
  const lastModified = shortHeader(headers.get('last-modified'));
  return { ...(etag !== undefined && { etag }), ...(lastModified !== undefined && { lastModified }) };
}

/** It is sent back with each request, and stands in a file of the cache. */
function shortHeader(value: string | null): string | undefined {
  return value === null || value === '' || value.length > 1024 ? undefined : value;
}

function directivesOf(header: string | null): Map<string, string> {
  const pairs = (header ?? '').split(',').map((part): [string, string] => {
    const [name = '', value = ''] = part.trim().split('=', 2);
    return [name.toLowerCase(), value.replaceAll('"', '')];
  });
  return new Map(pairs);
}

function secondsOf(text: string | null | undefined): number | undefined {
  return /^\d{1,10}$/u.test(text ?? '') ? Number(text) : undefined;
}
