import { IMMUTABLE_PATHS } from '../../model/path-caching.ts';
import type { HostKind } from './host-kind.ts';

/** What can be wrong with a host, as far as something is to be done about it. */
export type Problem =
  | 'registry'
  | 'denied'
  | 'plain-http'
  | 'certificate'
  | 'no-https-redirect'
  | 'no-hsts'
  | 'redirected'
  | 'media-type'
  | 'pointer-cached'
  | 'not-immutable'
  | 'no-validators'
  | 'not-conditional'
  | 'wrong-304'
  | 'no-range'
  | 'wrong-range'
  | 'not-compressed'
  | 'no-vary'
  | 'archive-encoded'
  | 'no-head'
  | 'no-cors'
  | 'not-exposed'
  | 'page-for-missing'
  | 'denied-for-missing'
  | 'any-case'
  | 'behind'
  | 'stale'
  | 'damaged'
  | 'no-nosniff';

type Remedies = { readonly otherwise: string } & Partial<Readonly<Record<HostKind, string>>>;

const HEADERS_FILE = 'Add `netlify` to `outputs.hosts` in registry.yaml, so that a build writes `_headers`.';
const CLOUDFLARE =
  'On Cloudflare Pages: add `cloudflare` to `outputs.hosts` in registry.yaml, so that a build writes `_headers`. Where Cloudflare stands before another host, tell that one.';
const PAGES_IS_SO = 'GitHub Pages cannot be told; a CDN in front of it, or another host, can.';
const OBJECT_METADATA = 'Publish with `packyard publish s3://…`, which sets it for each object.';

/** Where each host is told about headers. */
function headers(nginx: string, apache: string, caddy: string, otherwise: string): Remedies {
  return {
    otherwise,
    nginx,
    apache,
    caddy,
    'github-pages': PAGES_IS_SO,
    cloudflare: CLOUDFLARE,
    netlify: HEADERS_FILE,
    s3: OBJECT_METADATA,
  };
}

const REMEDIES: Readonly<Record<Problem, Remedies>> = {
  registry: {
    otherwise: 'Check the address, and that a registry was published there: `packyard publish`.',
    'github-pages':
      'Check the address, and under Settings → Pages that the site was deployed, with the path of the repository in it.',
    s3: 'Check the address with its prefix, and that the bucket policy lets everybody read (s3:GetObject).',
  },
  denied: {
    otherwise: 'Log in with `packyard login`, or let everybody read.',
    'github-pages': 'The site of a private repository may be for its members only: see Settings → Pages.',
    cloudflare:
      'Look for an Access policy, or a rule that takes programs for robots; else log in with `packyard login`.',
    netlify: 'Remove the password of the site, or log in with `packyard login`.',
    s3: 'Check the address with its prefix: S3 says 403 for what is not there, too. Let the bucket policy allow s3:GetObject.',
    nginx: 'Let the user that nginx runs as read the files and enter their folders; else log in with `packyard login`.',
    apache: 'Say `Require all granted` for the folder, and let www-data read it; else log in with `packyard login`.',
    caddy: 'Let the user that Caddy runs as read the files and enter their folders; else log in with `packyard login`.',
  },
  'plain-http': {
    otherwise:
      'Serve it with https: index.json is what everything else is verified with, and nothing protects it on its way.',
    'github-pages': 'Tick "Enforce HTTPS" under Settings → Pages, and name the https:// address.',
    cloudflare: 'Name the https:// address, and switch on "Always Use HTTPS" under SSL/TLS → Edge Certificates.',
    netlify: 'Name the https:// address; "Force HTTPS" is under Domain management → HTTPS.',
    s3: 'A website endpoint of S3 has no https: put CloudFront in front, or use the REST endpoint.',
    nginx: 'Add a server with `listen 443 ssl` and a certificate, and redirect port 80 to it.',
    apache: 'Add a virtual host on port 443 with `SSLEngine on`, and redirect port 80 to it.',
    caddy: 'Name the site by its host name instead of a port: Caddy then gets a certificate by itself.',
  },
  certificate: {
    otherwise: 'Renew the certificate, and have it renewed automatically.',
    'github-pages':
      'Check the DNS of the custom domain under Settings → Pages: GitHub renews the certificate only where it points there.',
    nginx: 'Renew it (`certbot renew`), and reload nginx when that is done.',
    apache: 'Renew it (`certbot renew`), and reload Apache when that is done.',
    caddy: 'Caddy renews by itself: look in its log why it could not.',
  },
  'no-https-redirect': {
    otherwise: 'Redirect http:// to https:// with status 301 or 308.',
    'github-pages': 'Tick "Enforce HTTPS" under Settings → Pages.',
    cloudflare: 'Switch on "Always Use HTTPS" under SSL/TLS → Edge Certificates.',
    netlify: 'Switch on "Force HTTPS" under Domain management → HTTPS.',
    s3: 'Set the viewer protocol policy of CloudFront to "Redirect HTTP to HTTPS".',
    nginx: 'On port 80: `return 301 https://$host$request_uri;`',
    apache: 'On port 80: `Redirect permanent / https://HOST/`',
    caddy: 'Name the site without http://: Caddy then redirects by itself.',
  },
  'no-hsts': headers(
    '`add_header Strict-Transport-Security "max-age=31536000" always;`',
    '`Header always set Strict-Transport-Security "max-age=31536000"`',
    '`header Strict-Transport-Security "max-age=31536000"`',
    'Send `Strict-Transport-Security: max-age=31536000`, so that browsers never ask over http again.',
  ),
  redirected: {
    otherwise: 'Give users the address that it leads to, or serve the files where they are asked for.',
    'github-pages': 'Give users the address of the custom domain: the github.io one redirects to it.',
    cloudflare: 'Look for redirect rules, and give users the address that needs none.',
    netlify: 'Look into `_redirects` and "pretty URLs", and give users the address that needs none.',
  },
  'media-type': {
    ...headers(
      'Include the nginx file that `outputs.hosts` writes: the types that come with nginx lack .gz, .yaml and .md.',
      'Name it with AddType: `AddType application/yaml .yaml`, `AddType text/markdown .md`, `AddType application/gzip .gz`.',
      'Include the Caddy file that `outputs.hosts` writes.',
      'Tell the host the media type of this file ending.',
    ),
    'github-pages': 'GitHub Pages chooses types by itself; clients of Packyard do not depend on it.',
  },
  'pointer-cached': headers(
    '`add_header Cache-Control "no-cache";` for index.json, search.json and packs/*/index.json; `outputs.hosts` writes it.',
    '`Header set Cache-Control "no-cache"` in `<FilesMatch "^(index|search)\\.json$">`.',
    '`header /index.json Cache-Control "no-cache"`; `outputs.hosts` writes it for all such files.',
    'Send `Cache-Control: no-cache` for index.json, search.json and packs/*/index.json.',
  ),
  'not-immutable': headers(
    '`add_header Cache-Control "public, max-age=31536000, immutable";` for hashed files and archives; `outputs.hosts` writes it.',
    `\`Header set Cache-Control "public, max-age=31536000, immutable"\` in \`<LocationMatch "${IMMUTABLE_PATHS}">\`, where the registry is at the top of the site.`,
    '`header Cache-Control "public, max-age=31536000, immutable"` for hashed files and archives; `outputs.hosts` writes it.',
    'Send `Cache-Control: public, max-age=31536000, immutable` for hashed files and archives: they never change.',
  ),
  'no-validators': {
    otherwise: 'Send an ETag with each file, so that a reader who has it need not fetch it again.',
    nginx: 'Remove `etag off;`.',
    apache: 'Remove `FileETag None`.',
    caddy: 'Let `file_server` serve the files: it sends ETags by itself.',
    cloudflare: 'Where a Worker answers, let it pass on the ETag.',
  },
  'not-conditional': {
    otherwise: 'Let the host answer 304 where If-None-Match names the ETag that it sent.',
    apache: 'A known flaw of Apache with mod_deflate: `DeflateAlterETag NoChange`.',
    nginx: 'Remove `if_modified_since off;`, and what changes ETags on the way.',
  },
  'wrong-304': {
    otherwise: 'Look for what answers conditional requests without comparing ETags: readers never see a new release.',
    cloudflare: 'Look for a Worker or a rule that answers 304 by itself: readers never see a new release.',
  },
  'no-range': {
    otherwise: 'Let the host answer Range requests with 206: an interrupted download then goes on where it stopped.',
    nginx: 'Remove `max_ranges 0;`.',
    apache: 'Remove `MaxRanges none`.',
    cloudflare: 'A Worker that answers must pass on Range requests.',
  },
  'wrong-range': {
    otherwise: 'Look for what changes files on the way: a part of a file must be exactly those bytes of it.',
  },
  'not-compressed': {
    otherwise: 'Compress JSON with gzip or Brotli: documents get five to ten times smaller.',
    nginx: '`gzip on; gzip_types application/json application/yaml text/markdown;`; `outputs.hosts` writes it.',
    apache: 'Enable mod_deflate: `AddOutputFilterByType DEFLATE application/json application/yaml text/markdown`.',
    caddy: '`encode zstd gzip`; `outputs.hosts` writes it.',
    s3: 'S3 does not compress: put CloudFront in front, with "Compress objects automatically".',
    cloudflare: 'Cloudflare compresses what is application/json: see media-types, and Speed → Optimization.',
  },
  'no-vary': {
    otherwise: 'Send `Vary: Accept-Encoding`: else a cache may give compressed bytes to who cannot read them.',
    nginx: '`gzip_vary on;`',
    apache: '`Header append Vary Accept-Encoding` for what mod_deflate compresses.',
  },
  'archive-encoded': {
    otherwise:
      'Send .tar.gz files without Content-Encoding: they are archives, and not a compressed form of something else.',
    nginx:
      'Leave application/gzip out of `gzip_types`, and remove `gzip_static always` and `add_header Content-Encoding`.',
    apache:
      'Remove `AddEncoding x-gzip .gz .tgz`, and use `AddType application/gzip .gz .tgz`; exclude .gz from DEFLATE.',
    caddy: 'Leave archives out of `encode`: `match header Content-Type application/json*`; `outputs.hosts` writes it.',
    s3: 'Remove Content-Encoding from the metadata of the archives: publish again with `packyard publish s3://…`.',
    cloudflare: 'Look into compression rules, and leave .tar.gz out of them.',
  },
  'no-head': {
    otherwise: 'Let the host answer HEAD as it answers GET, without the body.',
    s3: 'Allow HEAD in the allowed methods of CloudFront, and s3:GetObject in the bucket policy.',
    nginx: 'Look for `limit_except`, which must allow GET (HEAD comes with it).',
    apache: 'Look for `Limit` and `AllowMethods`, which must allow GET (HEAD comes with it).',
  },
  'no-cors': {
    ...headers(
      '`add_header Access-Control-Allow-Origin "*" always;`; `outputs.hosts` writes it.',
      '`Header always set Access-Control-Allow-Origin "*"`',
      '`header Access-Control-Allow-Origin "*"`; `outputs.hosts` writes it.',
      'Send `Access-Control-Allow-Origin: *`, so that pages of other sites can read the registry.',
    ),
    s3: 'Add a CORS rule to the bucket: AllowedOrigins ["*"], AllowedMethods ["GET", "HEAD"], ExposeHeaders ["ETag", "Content-Range"].',
  },
  'not-exposed': {
    ...headers(
      '`add_header Access-Control-Expose-Headers "ETag, Content-Range" always;`',
      '`Header always set Access-Control-Expose-Headers "ETag, Content-Range"`',
      '`header Access-Control-Expose-Headers "ETag, Content-Range"`',
      'Send `Access-Control-Expose-Headers: ETag, Content-Range`.',
    ),
    s3: 'Add ExposeHeaders ["ETag", "Content-Range"] to the CORS rule of the bucket.',
  },
  'page-for-missing': {
    otherwise: 'Answer 404 for what is not there: a page with status 200 is taken for a damaged file.',
    nginx: 'Replace `try_files $uri /index.html;` with `try_files $uri =404;`.',
    apache: 'Remove FallbackResource and rewrite rules that lead to one page.',
    caddy: 'Remove `try_files {path} /index.html`.',
    netlify: 'Remove `/* /index.html 200` from `_redirects`, and publish a 404.html.',
    cloudflare: 'Publish a 404.html: without one, Cloudflare Pages takes the site for an application of one page.',
    s3: 'Remove the error page of CloudFront that turns 403 and 404 into 200.',
  },
  'denied-for-missing': {
    otherwise: 'Answer 404 for what is not there: clients take this for a missing login.',
    s3: 'Grant s3:ListBucket beside s3:GetObject: without it, S3 says 403 for what is not there.',
  },
  'any-case': {
    otherwise:
      'Serve the files from a file system that knows upper and lower case: packs on other mirrors will not be found.',
    apache: 'Disable mod_speling (`CheckSpelling off`), and use a file system that knows upper and lower case.',
    netlify: 'Netlify finds files whatever their case is; clients of Packyard do not depend on it.',
  },
  behind: {
    otherwise: 'Look why the last publishing failed, and run it again: it finishes what was begun.',
    'github-pages': 'Look under Actions why the last run of the publishing workflow failed, and run it again.',
  },
  stale: {
    otherwise: 'Purge index.json from the cache, and send `Cache-Control: no-cache` for it.',
    'github-pages': 'Wait for 10 minutes: GitHub Pages keeps everything that long.',
    cloudflare:
      'Purge index.json (Caching → Configuration → Custom Purge), and look for cache rules that ignore Cache-Control.',
    s3: 'Invalidate /index.json in CloudFront, and let its cache policy follow Cache-Control (minimum TTL 0).',
  },
  damaged: {
    otherwise: 'Publish the registry anew from its repository; `packyard verify URL` lists all that is damaged.',
  },
  'no-nosniff': headers(
    '`add_header X-Content-Type-Options nosniff always;`; `outputs.hosts` writes it.',
    '`Header always set X-Content-Type-Options nosniff`',
    '`header X-Content-Type-Options nosniff`; `outputs.hosts` writes it.',
    'Send `X-Content-Type-Options: nosniff`, so that no browser takes a README for a page.',
  ),
};

/** What to do about a problem on a host. */
export function remedyFor(problem: Problem, kind: HostKind): string {
  const remedies = REMEDIES[problem];
  return remedies[kind] ?? remedies.otherwise;
}
