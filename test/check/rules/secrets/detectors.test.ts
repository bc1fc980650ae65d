import { expect, test } from 'vitest';

import { ANY_MARK, DETECTORS } from '../../../../src/check/rules/secrets/detectors.ts';
import { secretsIn } from '../../../../src/check/rules/secrets/secrets-in.ts';
import { joined, privateKeyBlock, randomText } from './secret-samples.ts';

const UPPER = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';
const HEX = '0123456789abcdef';

function base64(value: unknown): string {
  return Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');
}

function found(text: string): [kind: string, secret: string][] {
  return secretsIn(text).map(({ kind, start, end }) => [kind, text.slice(start, end)]);
}

const TOKENS: [owner: string, token: string][] = [
  ['GitHub', joined('ghp_', randomText(36))],
  ['GitHub', joined('ghs_', randomText(36))],
  ['GitHub', joined('github_', 'pat_', randomText(22), '_', randomText(59))],
  ['GitLab', joined('glpat', '-', randomText(20))],
  ['Slack', joined('xoxb', '-', randomText(12, '0918273645'), '-', randomText(24))],
  [
    'Slack',
    joined('hooks.slack.com', '/services/T', randomText(8, UPPER), '/B', randomText(8, UPPER), '/', randomText(24)),
  ],
  ['Stripe', joined('sk_', 'live_', randomText(24))],
  ['npm', joined('npm_', randomText(36))],
  ['PyPI', joined('pypi-', 'AgE', randomText(60))],
  ['Docker Hub', joined('dckr_', 'pat_', randomText(27))],
  ['Hugging Face', joined('hf_', randomText(34, 'ABCDEFGHIJKLMNOPabcdefghijklmnop'))],
  ['DigitalOcean', joined('dop_', 'v1_', randomText(64, HEX))],
  ['SendGrid', joined('SG', '.', randomText(22), '.', randomText(43))],
  ['Vault', joined('hvs', '.', randomText(40))],
  ['Grafana', joined('glsa', '_', randomText(32), '_', randomText(8, HEX))],
  ['NVIDIA', joined('nvapi', '-', randomText(64))],
];

test.each(TOKENS)('a token of %s', (owner, token) => {
  expect(found(`a: "${token}"\n`)).toEqual([[`a token of ${owner}`, token]]);
  expect(found(`Authorization: Bearer ${token}`)).toEqual([[`a token of ${owner}`, token]]);
  expect(found(`a: x${token}`)).toEqual([]);
});

test.each(TOKENS)('a placeholder for a token of %s', (_, token) => {
  expect(found(`a: ${token.slice(0, -8)}EXAMPLE1`)).toEqual([]);
});

test('a private key, up to its last line', () => {
  const body = randomText(640);
  const block = privateKeyBlock('EC ', body);
  const [secret, ...more] = secretsIn(`tls:\n${block}\n`);
  expect(secret).toMatchObject({ rule: 'secrets/private-key', kind: 'a private key', from: 5 });
  expect(more).toEqual([]);
  expect(found(block)[0]?.[1].replaceAll('\n', '')).toBe(body);
});

test.each(['', 'RSA ', 'EC ', 'DSA ', 'OPENSSH ', 'ENCRYPTED '])('a block of the kind %j', (kind) => {
  expect(found(privateKeyBlock(kind))).toHaveLength(1);
});

test('a private key of PGP, with its header', () => {
  const block = [
    '-----BEGIN PGP ',
    'PRIVATE KEY BLOCK-----\nVersion: GnuPG v2\n\n',
    randomText(400),
    '\n=Ab1c\n-----END',
  ];
  expect(found(block.join(''))).toHaveLength(1);
});

test('a private key in JSON, in base64, and indented in a comment', () => {
  const block = privateKeyBlock();
  expect(found(JSON.stringify({ key: block }))).toMatchObject(
    [['a private key', {}]].map(([kind]) => [kind, expect.any(String)]),
  );
  expect(found(`tls.key: ${base64(block)}\n`)).toEqual([['a private key in base64', base64(block)]]);
  expect(found(block.replaceAll(/^/gmu, '    # '))).toHaveLength(1);
});

test.each([
  ['a public key', privateKeyBlock().replaceAll('PRIVATE', 'PUBLIC')],
  ['a certificate in base64', base64(privateKeyBlock().replaceAll('RSA PRIVATE KEY', 'CERTIFICATE'))],
  ['dots', privateKeyBlock('', `${randomText(64)}...`)],
  ['a placeholder', privateKeyBlock('', '<the key goes here, with all of its lines and their ends>')],
  ['one that is no more than its lines', privateKeyBlock('', '')],
  ['one without an end', privateKeyBlock().slice(0, -30)],
  ['an example in a comment', privateKeyBlock().replaceAll(/^/gmu, '# ').replace(/^/u, '# sample-key: |\n')],
])('%s is no private key', (_, text) => {
  expect(found(text)).toEqual([]);
});

test('a service account of Google, which is no private key as well', () => {
  const account = {
    type: 'service_account',
    private_key: `${privateKeyBlock('', randomText(1600))}\n`,
    client_id: '1',
  };
  expect(secretsIn(JSON.stringify(account)).map(({ rule, kind }) => [rule, kind])).toEqual([
    ['secrets/cloud-key', 'a service account key of Google Cloud'],
  ]);
});

test('an API key of Google', () => {
  const key = joined('AIza', randomText(35));
  expect(found(`key=${key}`)).toEqual([['an API key of Google Cloud', key]]);
});

test('a key of AWS is told by its other half', () => {
  const [id, secret] = [joined('AKIA', randomText(16, UPPER)), randomText(40)];
  const expected = [['a secret access key of AWS', secret]];
  expect(found(`id: ${id}\nkey: ${secret}\n`)).toEqual(expected);
  expect(found(`key: "${secret}"\nid: "${id}"\n`)).toEqual(expected);
  expect(found(`${joined('ASIA', id.slice(4))}:${secret}`)).toEqual(expected);
  expect(found(`AWS_SECRET=${secret} AWS_ID=${id}`)).toEqual(expected);
});

test('of two keys of AWS each has its own other half', () => {
  const [id, first, second] = [joined('AKIA', randomText(16, UPPER)), randomText(40), randomText(80).slice(40)];
  const other = `${id.slice(0, -1)}${id.endsWith('A') ? 'B' : 'A'}`;
  expect(found(`${id} ${first}\n${other} ${second}`).map(([, secret]) => secret)).toEqual([first, second]);
});

test.each([
  ['alone', ''],
  ['with a hash beside it', randomText(40, HEX)],
  ['with another far away', `${'\n'.repeat(400)}${randomText(40)}`],
  ['with what is longer beside it', randomText(41)],
])('the public half of a key of AWS %s', (_, text) => {
  expect(found(`${joined('AKIA', randomText(16, UPPER))} ${text}`)).toEqual([]);
});

test('the keys in the documentation of AWS', () => {
  expect(found(`${joined('AKIA', 'IOSFODNN7EXAMPLE')} ${randomText(40)}`)).toEqual([]);
});

test('an account key of Azure, alone and in a connection string', () => {
  const key = `${randomText(86)}==`;
  expect(found(`DefaultEndpointsProtocol=https;AccountName=a;AccountKey=${key};`)).toEqual([
    ['an account key of Azure Storage', key],
  ]);
  expect(found(`"accountKey": "${key}"`)).toEqual([['an account key of Azure Storage', key]]);
});

test('the account key of the emulator of Azure', () => {
  const key = joined('Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsu', 'Fq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==');
  expect(found(`AccountKey=${key}`)).toEqual([]);
});

test('a JSON Web Token that never expires, and one for an hour', () => {
  const url = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const token = (payload: unknown): string => [url({ alg: 'RS256' }), url(payload), randomText(86)].join('.');
  const forever = token({ iss: 'kubernetes/serviceaccount' });
  expect(found(`bearer: ${forever}`)).toEqual([['a JSON Web Token that stays valid', forever]]);
  expect(found(`bearer: ${token({ iat: 1_700_000_000, exp: 1_700_003_600 })}`)).toEqual([]);
});

test('a login for a registry, plain and as Kubernetes keeps it', () => {
  const auth = base64('robot:Tr0ub4dor&3x');
  const config = { auths: { 'ghcr.io': { auth } } };
  const kind = 'a login for a container registry';
  expect(found(JSON.stringify(config))).toEqual([[kind, auth]]);
  expect(found(`  .dockerconfigjson: ${base64(config)}\n`)).toEqual([[kind, base64(config)]]);
  expect(found(`  .dockerconfigjson: ${base64({ auths: {} })}\n`)).toEqual([]);
});

test('each mark is one that the first look finds', () => {
  for (const mark of DETECTORS.flatMap(({ marks }) => marks)) expect(ANY_MARK.test(`a ${mark} b`)).toBe(true);
  expect(ANY_MARK.test('pack:\n  namespace: demo\n')).toBe(false);
});
