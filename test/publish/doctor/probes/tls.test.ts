import { readFileSync } from 'node:fs';

import { expect, test, type TestContext } from 'vitest';

import { doctor, type DoctorOptions } from '../../../../src/publish/doctor/doctor.ts';
import { transportFetch } from '../../../../src/client/transport/transport.ts';
import { certificates } from '../../../helpers/certificates.ts';
import { NOW, said } from '../../../helpers/doctor-cases.ts';
import { doctorHost, type DoctorHostOptions } from '../../../helpers/doctor-host.ts';
import { httpServer } from '../../../helpers/http-server.ts';
import { PEERS_REQUIRED } from '../../../helpers/peers.ts';

async function lookedSecurely(
  { skip }: TestContext,
  host: DoctorHostOptions = {},
  options: DoctorOptions = {},
): Promise<{ readonly bad: readonly string[]; readonly good: readonly string[] }> {
  const made = await certificates();
  if (made === undefined && !PEERS_REQUIRED) skip('no openssl here');
  if (made === undefined) throw new Error('openssl is missing');
  const tls = { cert: readFileSync(made.hostCert, 'utf8'), key: readFileSync(made.hostKey, 'utf8') };
  const { url } = await doctorHost({ tls, ...host });
  const fetch = await transportFetch({ caFiles: [made.ca], certificates: new Map(), environment: {} });
  const { results } = await doctor(url, { ...(fetch !== undefined && { fetch }), ...options });
  return {
    bad: said(results),
    good: results.filter(({ probe, state }) => probe === 'tls' && state === 'pass').map(({ seen }) => seen),
  };
}

const SOON = expect.stringMatching(
  /^warning tls -: the certificate is valid until \d{4}-\d\d-\d\d, for [12] days? → Renew the certificate, and have it renewed automatically\.$/u,
) as string;

test('a certificate that ends soon', async (context) => {
  const { bad, good } = await lookedSecurely(context);
  expect(bad).toEqual([SOON]);
  expect(good).toEqual(['Strict-Transport-Security max-age=31536000']);
});

test('a certificate that has ended', async (context) => {
  const { bad } = await lookedSecurely(context, {}, { now: Date.now() + 10 * 86_400_000 });
  expect(bad).toEqual([
    expect.stringMatching(/^failure tls -: the certificate was valid until \d{4}-\d\d-\d\d → Renew the certificate/u),
  ]);
});

test('a certificate that lasts', async (context) => {
  const { bad, good } = await lookedSecurely(context, {}, { now: Date.now() - 30 * 86_400_000 });
  expect(bad).toEqual([]);
  expect(good[0]).toMatch(/^the certificate is valid until \d{4}-\d\d-\d\d, for 3[12] days$/u);
});

test('no HSTS', async (context) => {
  const change: DoctorHostOptions = {
    change: (_path, { headers }) => void (headers['strict-transport-security'] = undefined),
  };
  expect((await lookedSecurely(context, change)).bad).toEqual([
    SOON,
    'warning tls -: Strict-Transport-Security none → Send `Strict-Transport-Security: max-age=31536000`, so that browsers never ask over http again.',
  ]);
});

test.each([
  [301, 'https://packs.example/index.json', undefined, 'http:// redirects to https:// with 301'],
  [404, undefined, undefined, '404 at http://'],
  [200, undefined, '200 at http://, instead of a redirect to https://', undefined],
  [
    302,
    'http://packs.example/?x=secret',
    'a redirect to http://packs.example/?… at http://, instead of one to https://',
    undefined,
  ],
  [302, undefined, 'a redirect to nowhere at http://, instead of one to https://', undefined],
])('%i without encryption', async (status, location, warning, pass) => {
  const plain = await httpServer((_request, response) => {
    response.writeHead(status, location === undefined ? {} : { location }).end('page');
  });
  await lookedSecurelyAt(plain.url, warning, pass);
  expect(plain.requests.every(({ headers }) => headers.authorization === undefined)).toBe(true);
});

async function lookedSecurelyAt(plain: string, warning: string | undefined, pass: string | undefined): Promise<void> {
  const skip = (() => undefined) as unknown as TestContext['skip'];
  const options = { plain: new URL(plain), headers: { authorization: 'Bearer secret' } };
  const { bad, good } = await lookedSecurely({ skip } as TestContext, {}, options);
  const hint = 'Redirect http:// to https:// with status 301 or 308.';
  expect(bad).toEqual([SOON, ...(warning === undefined ? [] : [`warning tls -: ${warning} → ${hint}`])]);
  expect(good).toEqual([...(pass === undefined ? [] : [pass]), 'Strict-Transport-Security max-age=31536000']);
}

test('nobody without encryption', async (context) => {
  const { good } = await lookedSecurely(context, {}, { plain: new URL('http://127.0.0.1:9') });
  expect(good).toContain('nobody answers at http://');
});

test('a certificate that nobody vouches for', async () => {
  const made = await certificates();
  if (made === undefined) return;
  const tls = { cert: readFileSync(made.hostCert, 'utf8'), key: readFileSync(made.hostKey, 'utf8') };
  const { url } = await doctorHost({ tls });
  expect(said((await doctor(url)).results)).toEqual([
    expect.stringMatching(
      /^failure registry -: https:\S+ is not trusted: its certificate comes from an authority that this machine does not know/u,
    ),
  ]);
});

test('http to another machine', async () => {
  const { url } = await doctorHost();
  // Another name for the same place: nothing is sent over a network.
  const fetch = (to: URL, init: RequestInit): Promise<Response> =>
    globalThis.fetch(new URL(to.pathname + to.search, url), init);
  const { results } = await doctor('http://packs.example', { fetch, now: NOW });
  expect(said(results)).toEqual([
    'failure tls -: http, without encryption → Serve it with https: index.json is what everything else is verified with, and nothing protects it on its way.',
  ]);
});
