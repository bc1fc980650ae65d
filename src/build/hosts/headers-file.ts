import { COMMON_HEADERS, DATA_POLICY, cacheControlOf, type Headers } from '../../model/entry-headers.ts';
import { MEDIA_TYPES } from '../../model/media-type.ts';
import { CACHED_PATTERNS } from '../../model/path-caching.ts';

/**
 * `_headers` for Cloudflare Pages and Netlify. All rules whose pattern matches apply, and where two set the same header
 * their values are joined, so each header is set by one of them. Cloudflare takes 100 rules, with one `*` each.
 * Source: the pages on custom headers in the documentation of Cloudflare Pages and of Netlify.
 */
export function headersFile(): string {
  const rules = [
    rule('/*', COMMON_HEADERS),
    ...Object.entries(MEDIA_TYPES).map(([extension, mediaType]) =>
      rule(`/*${extension}`, { 'Content-Type': mediaType, 'Content-Security-Policy': DATA_POLICY }),
    ),
    ...CACHED_PATTERNS.map(({ pattern, cache }) => rule(pattern, { 'Cache-Control': cacheControlOf({ cache }) })),
  ];
  return `# For Cloudflare Pages and Netlify, which read it from the top folder of what is published.\n${rules.join('')}`;
}

function rule(pattern: string, headers: Headers): string {
  const lines = Object.entries(headers).map(([name, value]) => `  ${name}: ${value}\n`);
  return `\n${pattern}\n${lines.join('')}`;
}
