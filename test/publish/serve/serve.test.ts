import { readFileSync, symlinkSync, unlinkSync } from 'node:fs';
import { connect } from 'node:net';
import { hostname } from 'node:os';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openRegistry } from '../../../src/client/open-registry.ts';
import { verifyRegistry } from '../../../src/client/verify/verify-registry.ts';
import { headersOf, isCompressible } from '../../../src/model/entry-headers.ts';
import { mediaTypeOf } from '../../../src/model/media-type.ts';
import { cachingOf } from '../../../src/model/path-caching.ts';
import { serve } from '../../../src/publish/serve/serve.ts';
import { allFiles } from '../../helpers/all-files.ts';
import { builderOf } from '../../helpers/build-registry.ts';
import { gitRepository } from '../../helpers/git-repository.ts';
import { ARCHIVE, localServer, registryFolder } from '../../helpers/local-server.ts';
import { packFiles } from '../../helpers/pack-fixture.ts';
import { publishedRegistry } from '../../helpers/published-registry.ts';
import { rawRequest } from '../../helpers/raw-request.ts';
import { sha256Of } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

describe('a folder', () => {
  test('is served with exactly the headers that a host should send', async () => {
    const folder = await registryFolder();
    const { url } = await localServer({ folder });
    for (const path of allFiles(folder)) {
      const bytes = readFileSync(join(folder, path));
      const entry = { mediaType: mediaTypeOf(path), cache: cachingOf(path), size: bytes.length };
      const { status, headers, body } = await rawRequest(url, `/${path}`);
      expect({ path, status, same: body.equals(bytes) }).toEqual({ path, status: 200, same: true });
      const wanted = {
        ...headersOf(entry),
        'Accept-Ranges': 'bytes',
        'Content-Length': String(bytes.length),
        ETag: `"${sha256Of(bytes)}"`,
        ...(isCompressible(entry) && { Vary: 'Accept-Encoding' }),
      };
      const expected = Object.fromEntries(Object.entries(wanted).map(([name, value]) => [name.toLowerCase(), value]));
      const { date, connection } = headers;
      expect({ path, ...headers }).toEqual({ path, date, connection, ...expected });
    }
  });

  test('is a registry that clients can use', async () => {
    const repository = await gitRepository({ ...packFiles('packs/demo-1.0.0') });
    const builder = await builderOf(repository);
    await builder.build();
    const { url } = await localServer({ folder: builder.out });
    const cache = await scratch();
    const registry = await openRegistry(url, { cache });
    expect((await registry.pack('demo')).releases.map(({ version }) => version)).toEqual(['1.0.0']);
    await registry.close();
    expect(await verifyRegistry(url, { cache })).toMatchObject({ ok: true, findings: [] });
  });

  test('is followed where a link to it is turned, and only then', async () => {
    const first = await registryFolder();
    const second = await registryFolder(publishedRegistry({ serial: 7 }));
    const link = join(await scratch(), 'current');
    symlinkSync(first, link);
    const { url } = await localServer({ folder: link });
    expect((await rawRequest(url, ARCHIVE)).status).toBe(200);
    unlinkSync(link);
    symlinkSync(second, link);
    expect((await rawRequest(url, ARCHIVE)).status).toBe(404);
    expect(JSON.parse(String((await rawRequest(url, '/index.json')).body))).toMatchObject({ serial: 7 });
  });

  test('that holds no registry is not served', async () => {
    const folder = await scratch();
    expect(await failureOf(serve({ folder, port: 0 }))).toEqual({
      code: 'registry-not-found',
      message: `There is no registry at ${folder}: ${join(folder, 'index.json')} does not exist.`,
      hint: 'Name the address of the folder that holds index.json.',
    });
  });

  test('must be one of this machine', async () => {
    expect(await failureOf(serve({ folder: 'https://packs.example.org', port: 0 }))).toEqual({
      code: 'usage',
      message: 'Only a folder of this machine can be served.',
      hint: 'Copy a registry that is elsewhere with `packyard mirror` first.',
    });
  });
});

describe('where it listens', () => {
  test('is this machine only', async () => {
    const { url } = await localServer({ folder: await registryFolder() });
    expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/$/u);
  });

  test('is the next port where one is taken, unless that one was asked for', async () => {
    const folder = await registryFolder();
    const servers = [
      await localServer({ folder, port: undefined as never }),
      await localServer({ folder, port: undefined as never }),
    ];
    const [first = 0, second = 0] = servers.map(({ url }) => Number(new URL(url).port));
    expect(second).not.toBe(first);
    expect(await failureOf(serve({ folder, port: first }))).toEqual({
      code: 'address-unusable',
      message: `No server can be started at port ${first} of 127.0.0.1: another program listens there.`,
      hint: 'End that one, name another port with --port, or leave --port out to get the next one that is free.',
    });
  });

  test('is said to nobody who calls it by the name of another site', async () => {
    const { url } = await localServer({ folder: await registryFolder() });
    const ask = (host: string, target = '/index.json', method = 'GET'): ReturnType<typeof rawRequest> =>
      rawRequest(url, target, { method, headers: { host } });
    const { status, headers, body } = await ask('rebound.example:7225');
    expect({ status, cached: headers['cache-control'], body: String(body) }).toEqual({
      status: 421,
      cached: 'no-store',
      body: 'Name this server by its address, or by what --host says: it answers to no other name.\n',
    });
    for (const target of ['/', '/-/page.css', '/nothing'])
      expect((await ask('rebound.example', target)).status).toBe(421);
    for (const method of ['HEAD', 'OPTIONS', 'POST'])
      expect((await ask('rebound.example', '/', method)).status).toBe(421);
    expect((await ask('localhost:1')).status).toBe(200);
    expect((await ask(hostname())).status).toBe(200);
  });

  test('must be an address of this machine', async () => {
    const folder = await registryFolder();
    expect(await failureOf(serve({ folder, port: 0, host: '192.0.2.1' }))).toEqual({
      code: 'address-unusable',
      message: 'No server can be started at port 0 of 192.0.2.1: this machine does not have that address.',
      hint: 'Leave --host out to serve this machine only.',
    });
  });

  test('a connection that is kept alive does not keep the server', async () => {
    const server = await serve({ folder: await registryFolder(), port: 0 });
    const { hostname: address, port } = new URL(server.url);
    const socket = connect(Number(port), address);
    socket.write(`GET /index.json HTTP/1.1\r\nHost: ${address}\r\n\r\n`);
    await new Promise((resolve) => socket.once('data', resolve));
    const ended = new Promise((resolve) => socket.once('close', resolve));
    await server.close();
    await ended;
  });
});
