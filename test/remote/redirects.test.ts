import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import type { ServerOptions } from 'node:https';
import { join } from 'node:path';
import { inspect } from 'node:util';

import { describe, expect, onTestFinished, test } from 'vitest';

import { openRegistrySource } from '../../src/remote/open-registry-source.ts';
import { httpServer, httpsServer, type TestServer } from '../helpers/http-server.ts';
import { ARTIFACT, publishedRegistry, servesFiles } from '../helpers/published-registry.ts';
import { sha256Of } from '../helpers/registry-tree.ts';
import { failureOf, type Failure } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';
import { withEnvironment } from '../helpers/environment.ts';
import { bytesOf } from './bytes-of.ts';

const HASTY = { patience: 2000, retries: { tries: 2, delay: 1, longestDelay: 5 } };
const BASIC = `Basic ${Buffer.from('me:s3cr3t pass').toString('base64')}`;

const files = publishedRegistry();
const artifact = files.get(ARTIFACT) ?? Buffer.alloc(0);
const ARTIFACT_IS = { sha256: sha256Of(artifact), size: artifact.length };

function withLogin({ url }: TestServer): string {
  return url.replace('://', '://me:s3cr3t%20pass@');
}

/** Redirects every request; `to` gets its path. */
function redirecting(to: (path: string) => string, status = 302): Promise<TestServer> {
  return httpServer((request, response) =>
    response.writeHead(status, { location: to(request.url ?? '') }).end('moved'),
  );
}

async function refused(location: string, names: Readonly<Record<string, TestServer>>): Promise<Failure> {
  let text = JSON.stringify(await failureOf(openRegistrySource(location, HASTY)));
  for (const [name, { url }] of Object.entries(names)) text = text.replaceAll(url, `<${name}>`);
  return JSON.parse(text) as Failure;
}

describe('redirects', () => {
  test.each([301, 302, 303, 307, 308])('%d is followed', async (status) => {
    const target = await httpServer(servesFiles(files, '/deep/'));
    const server = await redirecting((path) => `${target.url}/deep${path}`, status);
    const source = await openRegistrySource(server.url, HASTY);
    expect((await bytesOf(source.open(ARTIFACT, ARTIFACT_IS))).equals(artifact)).toBe(true);
    expect(source.location).toBe(`${server.url}/`);
    expect(source.transferred.requests).toBe(4);
  });

  test('the login goes to the origin that it was given for only', async () => {
    const target = await httpServer(servesFiles(files));
    const server = await redirecting((path) => `${target.url}${path}`);
    const source = await openRegistrySource(withLogin(server), HASTY);
    await source.search();
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([BASIC, BASIC]);
    expect(target.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
    expect(inspect(source, { depth: 1 }) + source.location).not.toMatch(/s3cr3t/u);
  });

  test('it is not given again on a way back', async () => {
    const serve = servesFiles(files, '/back/');
    const other = await redirecting((path) => `${server.url}/back${path}`);
    const server: TestServer = await httpServer((request, response) => {
      if (request.url?.startsWith('/back/') === true) serve(request, response);
      else response.writeHead(307, { location: `${other.url}${request.url}` }).end();
    });
    await openRegistrySource(withLogin(server), HASTY);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([BASIC, undefined]);
  });

  test('it is given on within its origin', async () => {
    const serve = servesFiles(files, '/there/');
    const server = await httpServer((request, response) => {
      if (request.url?.startsWith('/there/') === true) serve(request, response);
      else response.writeHead(301, { location: `/there${request.url}` }).end();
    });
    await openRegistrySource(withLogin(server), HASTY);
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual([BASIC, BASIC]);
  });

  test('a login of the address that one leads to is not used', async () => {
    const target = await httpServer(servesFiles(files));
    const server = await redirecting((path) => `${target.url.replace('://', '://evil:pass@')}${path}`);
    await openRegistrySource(server.url, HASTY);
    expect(target.requests.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test('round and round', async () => {
    const server = await redirecting((path) => `${path}?token=s3cr3t`);
    expect(await refused(server.url, { url: server })).toMatchInlineSnapshot(`
      {
        "code": "registry-unreachable",
        "hint": "Check that the address is that of a registry.",
        "message": "<url>/index.json redirects more than 5 times, at last to <url>/index.json?….",
      }
    `);
    expect(server.requests).toHaveLength(6);
  });

  test.each([
    ['file:///etc/passwd', 'redirects to an address that begins with file:.', 'registry-untrusted'],
    ['data:application/json,{}', 'redirects to an address that begins with data:.', 'registry-untrusted'],
    ['http://[', 'redirects to no valid address.', 'registry-unreachable'],
  ])('to %s', async (location, message, code) => {
    const server = await redirecting(() => location);
    const failure = await refused(server.url, { url: server });
    expect([failure.code, failure.message]).toEqual([code, `<url>/index.json ${message}`]);
    expect(server.requests).toHaveLength(1);
  });

  test('to nowhere', async () => {
    const server = await httpServer((_, response) => response.writeHead(302).end());
    expect((await refused(server.url, { url: server })).message).toBe(
      '<url>/index.json redirects to no valid address.',
    );
  });

  test('to a host that is down, whose address may hold a secret', async () => {
    const server = await redirecting((path) => `http://127.0.0.1:1${path}?signature=s3cr3t`);
    const failure = await refused(server.url, { url: server });
    expect(JSON.stringify(failure)).not.toMatch(/s3cr3t/u);
    expect(failure.message).toMatch(
      /^<url>\/index.json \(redirected to http:\/\/127.0.0.1:1\/index.json\?…\) cannot be reached: /u,
    );
  });
});

describe('hosts that cannot be reached', () => {
  test('nobody listens', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    await new Promise((resolve) => server.close(resolve));
    expect(await failureOf(openRegistrySource(`http://me:s3cr3t@127.0.0.1:${port}/x`))).toEqual({
      code: 'registry-unreachable',
      message: `http://127.0.0.1:${port}/x/index.json cannot be reached: the connection was refused (ECONNREFUSED).`,
      hint: 'Check host and port, and that the server is running.',
    });
  });

  test('a host name that there is not', async () => {
    const failure = await failureOf(openRegistrySource('https://me:s3cr3t@registry.invalid/', HASTY));
    expect(failure.code).toBe('registry-unreachable');
    expect(failure.message).toMatch(
      /^https:\/\/registry.invalid\/index.json cannot be reached: its host name (?:was not found \(ENOTFOUND\)|could not be looked up \(EAI_AGAIN\), in each of 2 tries)\.$/u,
    );
  });

  test('one that does not speak HTTP', async () => {
    const server = createServer((socket) => socket.end('SSH-2.0-OpenSSH_9\r\n'));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await failureOf(openRegistrySource(`http://127.0.0.1:${port}/`, HASTY))).toMatchObject({
      code: 'registry-unreachable',
      message: expect.stringMatching(
        /index.json cannot be reached: the connection failed \(HPE_INVALID_CONSTANT\)\.$/u,
      ) as string,
      hint: 'Check the address and the network.',
    });
  });

  test('one that speaks no TLS', async () => {
    const server = await httpServer(servesFiles(files));
    const failure = await failureOf(openRegistrySource(server.url.replace('http:', 'https:'), HASTY));
    expect(failure.code).toBe('registry-unreachable');
    expect(failure.message).toMatch(/index.json cannot be reached: no encrypted connection could be made \(\w+\)\.$/u);
    expect(failure.hint).toBe(
      'Check whether the address begins with https:// where it should begin with http://, and its port.',
    );
  });
});

/** A throw-away certificate for an address; undefined where there is no openssl. */
async function certificate(name: string): Promise<ServerOptions | undefined> {
  const folder = await scratch();
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=test'];
  try {
    execFileSync('openssl', [...request, '-addext', `subjectAltName=${name}`, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
  } catch {
    return undefined;
  }
  return { key: readFileSync(key), cert: readFileSync(cert) };
}

describe('encrypted', () => {
  test('a certificate that nobody vouches for', async ({ skip }) => {
    const options = await certificate('IP:127.0.0.1');
    if (options === undefined) return skip('openssl is not installed');
    const server = await httpsServer(options, servesFiles(files));
    expect(await refused(withLogin(server), { url: server })).toMatchInlineSnapshot(`
      {
        "code": "registry-untrusted",
        "hint": "Check the address and this machine's clock. For a certificate authority of your own, name its file in NODE_EXTRA_CA_CERTS; commands that use a registry also take PACKYARD_CA_FILE.",
        "message": "<url>/index.json is not trusted: it signed its certificate itself (DEPTH_ZERO_SELF_SIGNED_CERT).",
      }
    `);
    expect(server.requests).toHaveLength(0);
    return undefined;
  });

  test('never goes on without', async ({ skip }) => {
    const options = await certificate('IP:127.0.0.1');
    if (options === undefined) return skip('openssl is not installed');
    // Read for each connection, and only here: what is tested comes after the certificate.
    withEnvironment({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    const plain = await httpServer(servesFiles(files));
    const server = await httpsServer(options, (request, response) =>
      response.writeHead(302, { location: `${plain.url}${request.url}?key=s3cr3t` }).end(),
    );
    expect(await refused(withLogin(server), { url: server, plain })).toMatchInlineSnapshot(`
      {
        "code": "registry-untrusted",
        "hint": "A login page may stand in between; else let the host redirect to https:// only. It was not followed.",
        "message": "<url>/index.json redirects to <plain>/index.json?…, where nothing protects it on its way.",
      }
    `);
    expect(plain.requests).toHaveLength(0);
    return undefined;
  });

  test('may begin on the way', async ({ skip }) => {
    const options = await certificate('IP:127.0.0.1');
    if (options === undefined) return skip('openssl is not installed');
    withEnvironment({ NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    const server = await httpsServer(options, servesFiles(files));
    const plain = await redirecting((path) => `${server.url}${path}`);
    expect((await openRegistrySource(plain.url, HASTY)).index.serial).toBe(1);
    return undefined;
  });
});
