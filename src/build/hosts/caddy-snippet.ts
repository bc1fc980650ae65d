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
 * What goes into the site block of Caddy whose root is the registry. What belongs to files is set only where there is one,
 * because Caddy keeps a header on the answer that says that there is none.
 */
export function caddySnippet(): string {
  const types = Object.entries(MEDIA_TYPES).map(([extension, mediaType]) => ({ name: extension.slice(1), mediaType }));
  return `# For Caddy (2.6 or later): copy it to the server, and import it there in the site block of the registry.
#
#   packs.example.org {
#     root * /srv/packs
#     import /etc/caddy/packyard
#   }

# Pages of any origin may read the registry.
header {
${Object.entries({ ...COMMON_HEADERS, 'Content-Security-Policy': DATA_POLICY })
  .map(([name, value]) => `\t${name} "${value}"\n`)
  .join('')}}
@packyard_preflight method OPTIONS
header @packyard_preflight {
${Object.entries(PREFLIGHT_HEADERS)
  .map(([name, value]) => `\t${name} "${value}"\n`)
  .join('')}}
respond @packyard_preflight 204
@packyard_write not method GET HEAD OPTIONS
respond @packyard_write 405

# What never changes is kept for a year, everything else is asked about each time.
@packyard_immutable {
\tfile
\tpath_regexp ${IMMUTABLE_PATHS}
}
header @packyard_immutable Cache-Control "${cacheControlOf({ cache: 'immutable' })}"
@packyard_revalidate {
\tfile
\tnot path_regexp ${IMMUTABLE_PATHS}
}
header @packyard_revalidate Cache-Control "${cacheControlOf({ cache: 'revalidate' })}"

${types
  .map(
    ({ name, mediaType }) => `@packyard_${name} {
\tfile
\tpath *.${name}
}
header @packyard_${name} Content-Type "${mediaType}"
`,
  )
  .join('')}
# Documents are compressed on the way. Archives and logos are compressed already.
encode gzip {
\tminimum_length ${COMPRESSIBLE_FROM}
\tmatch {
${COMPRESSIBLE_TYPES.map((type) => `\t\theader Content-Type ${type}*\n`).join('')}\t}
}

# Neither .git nor what a build is about to write is anybody's business.
file_server {
\thide .*
}
`;
}
