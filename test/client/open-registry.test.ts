import { expect, test } from 'vitest';

import { openRegistry } from '../../src/client/open-registry.ts';
import type { OpenRegistryOptions } from '../../src/client/open-registry-options.ts';
import type { OpenedRegistry } from '../../src/client/opened-registry.ts';
import type { ClientWarning } from '../../src/client/registry.ts';
import { ARTIFACT, documentPath, publishedRegistry, writePublished } from '../helpers/published-registry.ts';
import { registryHost, type RegistryHost } from '../helpers/registry-host.ts';
import { sha256Of } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

/** Opens the registry of a host again and again with one cache, as runs of a command do. */
async function runsOf(url: string): Promise<(options?: OpenRegistryOptions) => Promise<OpenedRegistry>> {
  const cache = await scratch();
  return (options) => openRegistry(url, { cache, retries: { tries: 1, delay: 1, longestDelay: 1 }, ...options });
}

/** Publishes another state of the registry on a host. */
function publish(host: RegistryHost, files: ReadonlyMap<string, Buffer>): void {
  host.files.clear();
  for (const [path, bytes] of files) host.files.set(path, bytes);
}

function titled(title: string, serial = 2): ReadonlyMap<string, Buffer> {
  return publishedRegistry({ serial, pack: (pack) => Object.assign(pack, { title }) });
}

test('a pack of a host takes two documents, and later one conditional request without a body', async () => {
  const host = await registryHost();
  const open = await runsOf(host.url);
  const first = await open();
  expect((await first.pack('demo')).tags).toEqual({ latest: '1.0.0' });
  expect(host.asked()).toEqual(['index.json', documentPath(host.files, 'packs/demo')]);
  const again = await open();
  expect((await again.pack('demo')).releases).toHaveLength(1);
  expect(host.asked()).toEqual(['index.json 304']);
  expect(again.transferred).toEqual({ requests: 1, bytes: 0 });
  expect(again.indexSha256).toBe(sha256Of(host.files.get('index.json') ?? Buffer.alloc(0)));
});

test('a host with Last-Modified only is asked with that', async () => {
  const date = 'Wed, 01 Jul 2026 16:53:28 GMT';
  const host = await registryHost({
    first: (request, response) => {
      if (request.headers['if-modified-since'] !== date) {
        response.removeHeader('etag');
        response.setHeader('last-modified', date);
        const body = host.files.get((request.url ?? '').slice(1));
        response.end(body);
      } else response.writeHead(304).end();
      return true;
    },
  });
  const open = await runsOf(host.url);
  await (await open()).index();
  const again = await open();
  await again.index();
  expect(again.transferred).toEqual({ requests: 1, bytes: 0 });
});

test.each([
  ['max-age=600', 0],
  ['public, max-age="600"', 0],
  ['max-age=600, no-cache', 1],
  ['max-age=0', 1],
  ['no-store', 1],
])('Cache-Control: %s', async (header, requests) => {
  const host = await registryHost({ headers: { 'cache-control': header } });
  const open = await runsOf(host.url);
  await (await open()).index();
  const again = await open();
  await again.index();
  expect(again.transferred.requests).toBe(requests);
  const refreshed = await open({ refresh: true });
  await refreshed.index();
  expect(refreshed.transferred.requests).toBe(1);
});

test('what is not to be stored is not there offline', async () => {
  const host = await registryHost({ headers: { 'cache-control': 'no-store' } });
  const open = await runsOf(host.url);
  await (await open()).index();
  expect(await failureOf((await open({ offline: true })).index())).toEqual({
    code: 'registry-offline',
    message: `${host.url}/index.json is not in the cache, and nobody was asked for it.`,
    hint: 'Run the command once without --offline.',
  });
});

test('offline, the cache answers for what it holds, and nobody is asked', async () => {
  const host = await registryHost();
  const open = await runsOf(host.url);
  const online = await open();
  const { artifact } = (await online.resolve('demo')).release;
  await online.fetchFile(artifact.path, artifact);
  host.asked();
  const offline = await open({ offline: true });
  const file = await offline.fetchFile(artifact.path, artifact);
  expect(file.size).toBe(artifact.size);
  expect((await offline.pack('demo')).name).toBe('demo');
  expect(await failureOf(offline.searchDocument())).toMatchObject({ code: 'registry-offline' });
  expect(await failureOf(offline.fetchFile('logos/x.png', { sha256: 'e'.repeat(64) }))).toMatchObject({
    code: 'registry-offline',
    message: `${host.url}/logos/x.png is not in the cache, and nobody was asked for it.`,
  });
  expect(host.asked()).toEqual([]);
});

test('directly, one pack takes one request, and no index', async () => {
  const host = await registryHost();
  host.files.set('packs/demo/index.json', host.files.get(documentPath(host.files, 'packs/demo')) ?? Buffer.alloc(0));
  const open = await runsOf(host.url);
  await (await open({ direct: true })).pack('demo');
  await (await open({ direct: true })).pack('demo');
  expect(host.asked()).toEqual(['packs/demo/index.json', 'packs/demo/index.json 304']);
  expect(await failureOf((await open({ direct: true })).pack('dmo'))).toEqual({
    code: 'unknown-pack',
    message: `The registry at ${host.url}/ has no pack "dmo".`,
    hint: 'Did you mean demo?',
  });
});

test('directly, what was published meanwhile is asked for once more', async () => {
  const host = await registryHost({ headers: { 'cache-control': 'max-age=600' } });
  const stable = (): void =>
    void host.files.set('packs/demo/index.json', host.files.get(documentPath(host.files, 'packs/demo')) as Buffer);
  stable();
  const open = await runsOf(host.url);
  const take = async (): Promise<unknown> => {
    const registry = await open({ direct: true });
    const [release] = (await registry.pack('demo')).releases;
    return registry.fetchFile(ARTIFACT, release?.artifact as { sha256: string; size: number });
  };
  const first = await open({ direct: true });
  await first.pack('demo');
  publish(host, publishedRegistry({ serial: 2, artifact: Buffer.from('another') }));
  stable();
  const { code, message, hint } = await failureOf(take());
  expect([code, hint]).toEqual(['registry-changed', 'Run the command again.']);
  expect(message).toContain(`The registry at ${host.url}/ was published anew while it was read: `);
  expect(await take()).toMatchObject({ size: 7 });
  host.files.delete(ARTIFACT);
  const other = await openRegistry(host.url, { direct: true, cache: await scratch() });
  const [release] = (await other.pack('demo')).releases;
  expect(await failureOf(other.fetchFile(ARTIFACT, release?.artifact as { sha256: string }))).toMatchObject({
    code: 'registry-damaged',
  });
});

test.each(['constructor', '__proto__', '../../etc', 'DEMO', ''])('there is no pack %s', async (name) => {
  const host = await registryHost();
  const registry = await (await runsOf(host.url))({ direct: true });
  expect(await failureOf(registry.pack(name))).toMatchObject({ code: 'unknown-pack' });
});

test('what was published meanwhile is read from the new index', async () => {
  const host = await registryHost();
  const open = await runsOf(host.url);
  const registry = await open();
  await registry.index();
  publish(host, titled('another'));
  expect(await registry.pack('demo')).toMatchObject({ title: 'another' });
  expect((await registry.index()).serial).toBe(2);
});

test('a lasting answer does not hide what was published since', async () => {
  const host = await registryHost({ headers: { 'cache-control': 'max-age=600' } });
  const open = await runsOf(host.url);
  await (await open()).index();
  publish(host, titled('another'));
  expect(await (await open()).pack('demo')).toMatchObject({ title: 'another' });
});

test('a lasting answer does not hide a pack that is new', async () => {
  const host = await registryHost({ headers: { 'cache-control': 'max-age=600' } });
  const open = await runsOf(host.url);
  const empty = publishedRegistry({ index: (index) => Object.assign(index, { packs: {} }) });
  const full = publishedRegistry({ serial: 2 });
  publish(host, empty);
  expect(await failureOf((await open()).pack('demo'))).toMatchObject({ code: 'unknown-pack' });
  expect(host.asked()).toEqual(['index.json']);
  publish(host, full);
  expect((await (await open()).pack('demo')).name).toBe('demo');
  expect(await failureOf((await open()).pack('dem'))).toMatchObject({ hint: 'Did you mean demo?' });
});

test('a registry that went back is remarked on', async () => {
  const host = await registryHost({ files: publishedRegistry({ serial: 5 }) });
  const open = await runsOf(host.url);
  await (await open()).index();
  publish(host, publishedRegistry({ serial: 3 }));
  const warnings: ClientWarning[] = [];
  await (await open({ onWarning: (warning) => warnings.push(warning) })).index();
  expect(warnings).toEqual([
    {
      code: 'registry-older',
      message: `The registry at ${host.url}/ is older than it was: its serial went back from 5 to 3.`,
      hint: 'Ask those who publish it whether they went back on purpose.',
    },
  ]);
});

test('a login page does not take the place of what is in the cache', async () => {
  const host = await registryHost();
  const open = await runsOf(host.url);
  await (await open()).index();
  const index = host.files.get('index.json') ?? Buffer.alloc(0);
  host.files.set('index.json', Buffer.from('<html>Welcome to our hotel</html>'));
  expect(await failureOf((await open()).index())).toMatchObject({
    code: 'registry-invalid',
    message: `${host.url}/index.json is a web page, not a registry's index.`,
  });
  expect((await (await open({ offline: true })).index()).serial).toBe(1);
  host.files.set('index.json', index);
  expect((await (await open()).index()).serial).toBe(1);
});

test('a directory is read as it is, without a cache', async () => {
  const folder = await scratch();
  const files = publishedRegistry();
  writePublished(files, folder);
  const registry = await (await runsOf(folder))({ offline: true });
  const { artifact } = (await registry.resolve('demo')).release;
  const file = await registry.fetchFile(ARTIFACT, artifact);
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.open()) chunks.push(chunk);
  expect(Buffer.concat(chunks)).toEqual(files.get(ARTIFACT));
  writePublished(new Map([[ARTIFACT, Buffer.alloc(artifact.size)]]), folder);
  expect(await failureOf(registry.fetchFile(ARTIFACT, artifact))).toMatchObject({ code: 'registry-damaged' });
});

test('where there is no registry', async () => {
  const host = await registryHost({ files: new Map() });
  expect(await failureOf((await (await runsOf(host.url))()).index())).toMatchObject({
    code: 'registry-not-found',
    message: `There is no registry at ${host.url}/: ${host.url}/index.json does not exist.`,
  });
});
