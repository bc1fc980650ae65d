import { createServer } from 'node:net';
import { readFileSync } from 'node:fs';
import type { ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

import { describe, expect, test } from 'vitest';

import { transportFetch, type TransportOptions } from '../../../src/client/transport/transport.ts';
import { openRegistrySource } from '../../../src/remote/open-registry-source.ts';
import { RETRY_POLICY } from '../../../src/remote/retries.ts';
import type { Fetch } from '../../../src/remote/http-answer.ts';
import { certificates, demandsCertificate, PASSPHRASE } from '../../helpers/certificates.ts';
import { httpServer, httpsServer } from '../../helpers/http-server.ts';
import { proxyServer } from '../../helpers/proxy-server.ts';
import { publishedRegistry, servesFiles } from '../../helpers/published-registry.ts';
import { failureOf } from '../../helpers/rejection.ts';

const files = publishedRegistry();
const HASTY = { retries: { ...RETRY_POLICY, tries: 1 } };

function transport(options: Partial<TransportOptions> = {}): Promise<Fetch | undefined> {
  return transportFetch({ caFiles: [], certificates: new Map(), environment: {}, ...options });
}

async function serialAt(url: string, fetch: Fetch | undefined): Promise<number> {
  const source = await openRegistrySource(url, { ...HASTY, ...(fetch !== undefined && { fetch }) });
  await source.close();
  return source.index.serial;
}

test('without settings, the fetch of Node is used', async () => {
  expect(await transport({ environment: { NO_PROXY: '127.0.0.1', HTTP_PROXY: '' } })).toBeUndefined();
  expect(await transport({ environment: { HTTP_PROXY: 'http://proxy.invalid', NO_PROXY: '*' } })).toBeUndefined();
});

describe('encrypted', () => {
  test('an authority of its own', async ({ skip }) => {
    const made = await certificates();
    if (made === undefined) return skip('openssl is not installed');
    const options: ServerOptions = { key: readFileSync(made.hostKey), cert: readFileSync(made.hostCert) };
    const server = await httpsServer(options, servesFiles(files));
    expect((await failureOf(serialAt(server.url, undefined))).code).toBe('registry-untrusted');
    expect(await serialAt(server.url, await transport({ caFiles: [made.ca] }))).toBe(1);
    return undefined;
  });

  test('a certificate that the host demands, also with an encrypted key', async ({ skip }) => {
    const made = await certificates();
    if (made === undefined) return skip('openssl is not installed');
    const server = await httpsServer(demandsCertificate(made), servesFiles(files));
    const { clientCert, clientKey, encryptedKey } = made;
    const trusting = { caFiles: [made.ca] };
    expect((await failureOf(serialAt(server.url, await transport(trusting)))).code).toMatch(/^registry-un/u);
    const plain = new Map([[server.url, { clientCert, clientKey }]]);
    expect(await serialAt(server.url, await transport({ ...trusting, certificates: plain }))).toBe(1);
    const locked = new Map([[server.url, { clientCert, clientKey: encryptedKey, passphrase: PASSPHRASE }]]);
    expect(await serialAt(server.url, await transport({ ...trusting, certificates: locked }))).toBe(1);
    return undefined;
  });

  test('no other origin gets to see the certificate', async ({ skip }) => {
    const made = await certificates();
    if (made === undefined) return skip('openssl is not installed');
    const seen: boolean[] = [];
    const curious = { ...demandsCertificate(made), rejectUnauthorized: false };
    const listener = servesFiles(files);
    const other = await httpsServer(curious, (request, response) => {
      seen.push(
        Object.keys((request.socket as unknown as { getPeerCertificate(): object }).getPeerCertificate()).length > 0,
      );
      listener(request, response);
    });
    const server = await httpsServer(demandsCertificate(made), (request, response) =>
      response.writeHead(302, { location: `${other.url}${request.url}` }).end(),
    );
    const { clientCert, clientKey } = made;
    const own = new Map([[server.url, { clientCert, clientKey }]]);
    expect(await serialAt(server.url, await transport({ caFiles: [made.ca], certificates: own }))).toBe(1);
    expect(server.requests).toHaveLength(1);
    expect(seen).toEqual([false]);
    return undefined;
  });

  test('public authorities stay known, and those of NODE_EXTRA_CA_CERTS', async ({ skip }) => {
    const [made, other] = [await certificates(), await certificates()];
    if (made === undefined || other === undefined) return skip('openssl is not installed');
    const options: ServerOptions = { key: readFileSync(made.hostKey), cert: readFileSync(made.hostCert) };
    const server = await httpsServer(options, servesFiles(files));
    const environment = { NODE_EXTRA_CA_CERTS: made.ca };
    expect(await serialAt(server.url, await transport({ caFiles: [other.ca], environment }))).toBe(1);
    expect((await failureOf(serialAt(server.url, await transport({ caFiles: [other.ca] })))).code).toBe(
      'registry-untrusted',
    );
    return undefined;
  });
});

describe('through a proxy', () => {
  test('http is passed on, with the login of the proxy', async () => {
    const [server, proxy] = [await httpServer(servesFiles(files)), await proxyServer()];
    const environment = { HTTP_PROXY: proxy.url.replace('//', '//me:s3cr3t@') };
    expect(await serialAt(server.url, await transport({ environment }))).toBe(1);
    expect(proxy.asked).toEqual([`GET ${server.url}/index.json`]);
    expect(proxy.headers[0]?.['proxy-authorization']).toBe(`Basic ${Buffer.from('me:s3cr3t').toString('base64')}`);
    expect(server.requests).toHaveLength(1);
  });

  test('https goes through a tunnel, with the authority and the certificate', async ({ skip }) => {
    const made = await certificates();
    if (made === undefined) return skip('openssl is not installed');
    const [server, proxy] = [await httpsServer(demandsCertificate(made), servesFiles(files)), await proxyServer()];
    const { clientCert, clientKey } = made;
    const fetch = await transport({
      caFiles: [made.ca],
      certificates: new Map([[server.url, { clientCert, clientKey }]]),
      environment: { https_proxy: proxy.url },
    });
    expect(await serialAt(server.url, fetch)).toBe(1);
    expect(proxy.asked).toEqual([`CONNECT 127.0.0.1:${server.port}`]);
    return undefined;
  });

  test('the one for http is none for https', async ({ skip }) => {
    const made = await certificates();
    if (made === undefined) return skip('openssl is not installed');
    const options: ServerOptions = { key: readFileSync(made.hostKey), cert: readFileSync(made.hostCert) };
    const server = await httpsServer(options, servesFiles(files));
    const proxy = await proxyServer();
    const fetch = await transport({ caFiles: [made.ca], environment: { HTTP_PROXY: proxy.url } });
    expect(await serialAt(server.url, fetch)).toBe(1);
    expect(proxy.asked).toEqual([]);
    return undefined;
  });

  test.each([
    ['ALL_PROXY leads there where nothing else is set', (url: string) => ({ ALL_PROXY: url }), 1],
    ['the lower case goes first', (url: string) => ({ http_proxy: url, HTTP_PROXY: 'http://127.0.0.1:1' }), 1],
    ['hosts of NO_PROXY are asked themselves', (url: string) => ({ http_proxy: url, no_proxy: '127.0.0.1' }), 0],
    ['a scheme may be missing', (url: string) => ({ http_proxy: url.replace('http://', '') }), 1],
  ])('%s', async (_, environment, asked) => {
    const [server, proxy] = [await httpServer(servesFiles(files)), await proxyServer()];
    expect(await serialAt(server.url, await transport({ environment: environment(proxy.url) }))).toBe(1);
    expect(proxy.asked).toHaveLength(asked);
  });

  test('one that wants a login', async ({ skip }) => {
    const made = await certificates();
    if (made === undefined) return skip('openssl is not installed');
    const proxy = await proxyServer(407);
    const fetch = await transport({ environment: { https_proxy: proxy.url.replace('//', '//me:s3cr3t@') } });
    const failure = await failureOf(serialAt('https://registry.invalid/', fetch));
    expect(JSON.stringify(failure)).not.toContain('s3cr3t');
    expect(failure).toEqual({
      code: 'registry-unreachable',
      message: `https://registry.invalid/index.json cannot be reached: the proxy ${proxy.url} wants a login (407 Proxy Authentication Required).`,
      hint: 'Put it into the proxy variable: http://USER:PASSWORD@HOST:PORT.',
    });
    return undefined;
  });

  test('one that refuses the host', async () => {
    const proxy = await proxyServer(403);
    const fetch = await transport({ environment: { https_proxy: proxy.url } });
    expect(await failureOf(serialAt('https://registry.invalid/', fetch))).toEqual({
      code: 'registry-unreachable',
      message: `https://registry.invalid/index.json cannot be reached: the proxy ${proxy.url} answers 403.`,
      hint: 'Ask those who run the proxy, or name the host in NO_PROXY where it can be reached without.',
    });
  });

  test('one that is down', async () => {
    const closed = createServer();
    await new Promise<void>((resolve) => closed.listen(0, '127.0.0.1', resolve));
    const { port } = closed.address() as AddressInfo;
    await new Promise((resolve) => closed.close(resolve));
    const fetch = await transport({ environment: { https_proxy: `http://127.0.0.1:${port}` } });
    expect(await failureOf(serialAt('https://registry.invalid/', fetch))).toEqual({
      code: 'registry-unreachable',
      message: `https://registry.invalid/index.json cannot be reached: the proxy http://127.0.0.1:${port} refuses the connection (ECONNREFUSED).`,
      hint: 'Check HTTP_PROXY, HTTPS_PROXY and ALL_PROXY, and that the proxy is running.',
    });
  });
});
