import {
  cacheControlOf,
  COMMON_HEADERS,
  COMPRESSIBLE_FROM,
  COMPRESSIBLE_TYPES,
  DATA_POLICY,
  PREFLIGHT_HEADERS,
} from '../../model/entry-headers.ts';
import { MEDIA_TYPES } from '../../model/media-type.ts';
import { IMMUTABLE_PATHS } from '../../model/path-caching.ts';

/**
 * What goes into the `server` block of nginx whose root is the registry. Headers are set in one place for all, because a
 * `location` that sets one inherits none.
 */
export function nginxSnippet(): string {
  const types = Object.entries(MEDIA_TYPES).map(([extension, mediaType]) => {
    const [type = '', charset] = mediaType.split(';');
    return { extension: extension.slice(1), type, charset };
  });
  const withCharset = types.flatMap(({ type, charset }) => (charset === undefined ? [] : [type]));
  const always = { ...COMMON_HEADERS, 'Content-Security-Policy': DATA_POLICY };
  const preflight = Object.entries(PREFLIGHT_HEADERS).map(([name, value]) => ({
    name,
    value,
    variable: variable(name),
  }));
  return `# For nginx: copy it to the server, and include it there in the server block of the registry.
#
#   server {
#     listen 443 ssl;
#     server_name packs.example.org;
#     root /srv/packs;
#     include /etc/nginx/packyard.conf;
#   }

types {
${types.map(({ type, extension }) => `  ${type} ${extension};\n`).join('')}}
default_type application/octet-stream;
charset utf-8;
charset_types ${withCharset.join(' ')};

# Documents are compressed on the way. Archives and logos are compressed already.
gzip on;
gzip_vary on;
gzip_proxied any;
gzip_comp_level 6;
gzip_min_length ${COMPRESSIBLE_FROM};
gzip_types ${COMPRESSIBLE_TYPES.join(' ')};
etag on;

# What never changes is kept for a year, everything else is asked about each time.
set $packyard_cache "${cacheControlOf({ cache: 'revalidate' })}";
if ($uri ~ "${IMMUTABLE_PATHS}") {
  set $packyard_cache "${cacheControlOf({ cache: 'immutable' })}";
}
# Not on errors: a file that is missing now may be there tomorrow.
add_header Cache-Control $packyard_cache;

# Pages of any origin may read the registry.
${Object.entries(always)
  .map(([name, value]) => `add_header ${name} "${value}" always;\n`)
  .join('')}
${preflight.map((header) => `set ${header.variable} "";\n`).join('')}if ($request_method = OPTIONS) {
${preflight.map((header) => `  set ${header.variable} "${header.value}";\n`).join('')}  return 204;
}
# nginx leaves out a header that is empty.
${preflight.map((header) => `add_header ${header.name} ${header.variable};\n`).join('')}
# Neither .git nor what a build is about to write is anybody's business.
location ~ /\\.(?!well-known/) {
  return 404;
}
`;
}

function variable(header: string): string {
  return `$packyard_${header.toLowerCase().replaceAll('-', '_')}`;
}
