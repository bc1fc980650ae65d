import { expect, test } from 'vitest';

import { looksRandom } from '../../../../src/check/rules/secrets/looks-random.ts';
import { joined, randomText } from './secret-samples.ts';

const HEX = '0123456789abcdef';

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}

test.each([
  ['16 letters and digits', randomText(16)],
  ['32 letters and digits', randomText(32)],
  ['32 hexadecimal digits', randomText(32, HEX)],
  ['a UUID', joined('b5a79aad', '-d822-46cc-80d1-', '819f80d7bfb0')],
  ['base64', `${randomText(40)}+/${randomText(20)}==`],
  ['base64 of letters and digits', base64(randomText(24))],
])('%s', (_, value) => {
  expect(looksRandom(value)).toBe(true);
});

test.each([
  ['too short', randomText(15)],
  ['too long', randomText(513)],
  ['a name', 'certificates-tls-secret'],
  ['a name with numbers', 'rook-ceph-rgw-secret-2024'],
  ['a name in camel case', 'externalDatabasePasswordKey'],
  ['an address', 'https://vault.example.org:8200/v1'],
  ['a path', '/var/run/secrets/kubernetes.io/serviceaccount'],
  ['few characters', '1a1a1a1a1a1a1a1a1a1a'],
  ['a sentence', 'a1 b2 c3 d4 e5 f6 g7 h8'],
  ['a template', '{{ .Values.a1b2c3d4e5 }}'],
  ['a placeholder', `changeme-${randomText(16)}`],
  ['base64 of a short text', base64('admin:admin123')],
  ['base64 of a placeholder', base64('changeme-changeme-1')],
  ['base64 of a name', base64('kubeflow-oidc-authservice')],
])('%s does not', (_, value) => {
  expect(looksRandom(value)).toBe(false);
});
