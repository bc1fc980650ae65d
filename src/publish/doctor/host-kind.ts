/** Hosts that are known by what they answer. */
export const HOST_NAMES = {
  'github-pages': 'GitHub Pages',
  cloudflare: 'Cloudflare',
  netlify: 'Netlify',
  s3: 'S3 or CloudFront',
  nginx: 'nginx',
  apache: 'Apache',
  caddy: 'Caddy',
  unknown: 'a host that is not recognised',
} as const;

export type HostKind = keyof typeof HOST_NAMES;

/** A CDN often stands before another host, whose own headers say more about where to change something. */
const SIGNS: readonly (readonly [HostKind, (headers: Headers, server: string) => boolean])[] = [
  ['github-pages', (headers, server) => headers.has('x-github-request-id') || server === 'github.com'],
  ['netlify', (headers, server) => headers.has('x-nf-request-id') || server.startsWith('netlify')],
  [
    's3',
    (headers, server) =>
      server === 'amazons3' ||
      ['x-amz-request-id', 'x-amz-cf-id'].some((name) => headers.has(name)) ||
      (headers.get('via') ?? '').toLowerCase().includes('cloudfront'),
  ],
  ['cloudflare', (headers, server) => server.startsWith('cloudflare') || headers.has('cf-ray')],
  ['caddy', (headers, server) => server.startsWith('caddy') || /\bcaddy\b/iu.test(headers.get('via') ?? '')],
  ['nginx', (_headers, server) => /^(?:nginx|openresty)\b/u.test(server)],
  ['apache', (_headers, server) => server.startsWith('apache')],
];

/** The host that sent these headers. */
export function hostKind(headers: Headers): HostKind {
  const server = (headers.get('server') ?? '').toLowerCase();
  return SIGNS.find(([, shows]) => shows(headers, server))?.[0] ?? 'unknown';
}
