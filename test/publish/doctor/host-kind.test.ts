import { expect, test } from 'vitest';

import { hostKind, type HostKind } from '../../../src/publish/doctor/host-kind.ts';

test.each<[HostKind, Record<string, string>]>([
  ['github-pages', { server: 'GitHub.com' }],
  ['github-pages', { server: 'cloudflare', 'cf-ray': '1', 'x-github-request-id': 'A:B' }],
  ['cloudflare', { server: 'cloudflare' }],
  ['cloudflare', { 'cf-ray': '1' }],
  ['netlify', { server: 'Netlify' }],
  ['netlify', { 'x-nf-request-id': '1' }],
  ['s3', { server: 'AmazonS3' }],
  ['s3', { server: 'nginx', 'x-amz-request-id': '1' }],
  ['s3', { via: '1.1 abc.cloudfront.net (CloudFront)' }],
  ['nginx', { server: 'nginx/1.24.0 (Ubuntu)' }],
  ['nginx', { server: 'openresty' }],
  ['apache', { server: 'Apache/2.4.58 (Ubuntu)' }],
  ['caddy', { server: 'Caddy' }],
  ['caddy', { server: 'something', via: '1.1 Caddy' }],
  ['unknown', { server: 'nginxish' }],
  ['unknown', {}],
])('%s by %o', (kind, headers) => {
  expect(hostKind(new Headers(headers))).toBe(kind);
});
