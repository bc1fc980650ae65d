import { EventEmitter, once } from 'node:events';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { expect, test } from 'vitest';

import { openRegistry } from '../../src/client/open-registry.ts';
import type { FetchedFile, Registry } from '../../src/client/registry.ts';
import { ARTIFACT, publishedRegistry } from '../helpers/published-registry.ts';
import { registryHost, type RegistryHostOptions } from '../helpers/registry-host.ts';
import { sha256Of } from '../helpers/registry-tree.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const BYTES = publishedRegistry().get(ARTIFACT) ?? Buffer.alloc(0);
const WANTED = { sha256: sha256Of(BYTES), size: BYTES.length };

async function opened(options: RegistryHostOptions = {}, cache?: string) {
  const host = await registryHost(options);
  const folder = cache ?? (await scratch());
  const retries = { tries: 2, delay: 1, longestDelay: 5 };
  const registry = await openRegistry(host.url, { cache: folder, retries });
  return { host, registry, cache: folder, partial: join(folder, 'client', 'partial') };
}

async function bytesOf(file: FetchedFile): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of file.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function fetched(registry: Registry): Promise<Buffer> {
  return bytesOf(await registry.fetchFile(ARTIFACT, WANTED));
}

test('it is fetched once, and comes from the cache afterwards', async () => {
  const { host, registry, partial } = await opened();
  expect(await fetched(registry)).toEqual(BYTES);
  expect(await fetched(registry)).toEqual(BYTES);
  expect(host.asked()).toEqual([ARTIFACT]);
  expect(readdirSync(partial)).toEqual([]);
});

test('what is damaged in the cache is fetched anew', async () => {
  const { host, registry } = await opened();
  const { path = '' } = await registry.fetchFile(ARTIFACT, WANTED);
  writeFileSync(path, 'something else');
  expect(await fetched(registry)).toEqual(BYTES);
  expect(host.asked()).toEqual([ARTIFACT, ARTIFACT]);
});

test('a file that is damaged while it is read is told', async () => {
  const { registry } = await opened();
  const file = await registry.fetchFile(ARTIFACT, WANTED);
  writeFileSync(file.path ?? '', 'something else');
  expect(await failureOf(bytesOf(file))).toEqual({
    code: 'cache-corrupt',
    message: `${file.path} was changed while it was read.`,
    hint: 'Run the command again; it is fetched anew.',
  });
});

test('a file of the right hash that has not the size that the document says', async () => {
  const { host, registry, cache, partial } = await opened();
  const size = BYTES.length + 1;
  const failure = {
    code: 'registry-damaged',
    message: `${host.url}/${ARTIFACT} has ${BYTES.length} of the ${size} bytes that were published.`,
    hint: 'It was not used. Tell those who publish the registry; a proxy may be at fault as well.',
  };
  expect(await failureOf(registry.fetchFile(ARTIFACT, { ...WANTED, size }))).toEqual(failure);
  expect(await fetched(registry)).toEqual(BYTES);
  expect(await failureOf(registry.fetchFile(ARTIFACT, { ...WANTED, size }))).toEqual(failure);
  expect(readdirSync(partial)).toEqual([]);
  const folder = await scratch();
  mkdirSync(dirname(join(folder, ARTIFACT)), { recursive: true });
  writeFileSync(join(folder, ARTIFACT), BYTES);
  const local = await openRegistry(folder, { cache });
  expect((await failureOf(local.fetchFile(ARTIFACT, { ...WANTED, size }))).code).toBe('registry-damaged');
});

test.each([
  ['its beginning', BYTES.subarray(0, 100_000)],
  ['all of it', BYTES],
  ['something else', Buffer.alloc(100_000, 'x')],
  ['more than all of it', Buffer.concat([BYTES, BYTES])],
])('an earlier run left %s', async (_what, left) => {
  const { registry, partial, host } = await opened();
  await registry.fetchFile(ARTIFACT, WANTED);
  const cache = await scratch();
  const { registry: next, partial: place } = await opened({}, cache);
  await next.fetchFile('logos/none.png', WANTED).catch(() => undefined);
  // No process has this number.
  writeFileSync(join(place, `${WANTED.sha256}-99999999-abc`), left);
  expect(await fetched(next)).toEqual(BYTES);
  expect(readdirSync(place)).toEqual([]);
  expect([host.requests.length, readdirSync(partial)]).toEqual([1, []]);
});

test('what an earlier run left saves its bytes', async () => {
  const { registry, partial, host } = await opened();
  await registry.fetchFile('logos/none.png', WANTED).catch(() => undefined);
  writeFileSync(join(partial, `${WANTED.sha256}-99999999-abc`), BYTES.subarray(0, 299_000));
  host.asked();
  const before = registry.transferred.bytes;
  // This host honours Range only with If-Range, which nobody can send for what another run left.
  expect(await fetched(registry)).toEqual(BYTES);
  expect(host.requests.at(-1)?.headers.range).toBe('bytes=299000-');
  expect(registry.transferred.bytes - before).toBeLessThanOrEqual(300_000);
});

test('what a living process fetches is left alone', async () => {
  const { registry, partial } = await opened();
  await registry.fetchFile('logos/none.png', WANTED).catch(() => undefined);
  const name = `${WANTED.sha256}-${process.pid}-abc`;
  writeFileSync(join(partial, name), BYTES.subarray(0, 1000));
  expect(await fetched(registry)).toEqual(BYTES);
  expect(readdirSync(partial)).toEqual([name]);
});

test('other bytes are refused, and nothing of them stays', async () => {
  const files = publishedRegistry();
  files.set(ARTIFACT, Buffer.alloc(BYTES.length, 'evil'));
  const { registry, partial, host } = await opened({ files });
  expect(await failureOf(registry.fetchFile(ARTIFACT, WANTED))).toEqual({
    code: 'registry-damaged',
    message: `${host.url}/${ARTIFACT} has other bytes than were published: their SHA-256 is ${sha256Of(Buffer.alloc(BYTES.length, 'evil'))}, not ${WANTED.sha256}.`,
    hint: 'It was not used. Tell those who publish the registry; a proxy may be at fault as well.',
  });
  expect(readdirSync(partial)).toEqual([]);
});

test('a longer file is not read to its end', async () => {
  const files = publishedRegistry();
  files.set(ARTIFACT, Buffer.concat([BYTES, BYTES]));
  const { registry } = await opened({ files });
  expect(await failureOf(registry.fetchFile(ARTIFACT, WANTED))).toMatchObject({
    code: 'registry-damaged',
    message: expect.stringContaining('is larger than what was published'),
  });
});

test('an interrupted download goes on in the next run', async () => {
  const cache = await scratch();
  let cut = true;
  const { registry, partial } = await opened(
    {
      first: (_request, response) => {
        if (!cut) return false;
        response.writeHead(200, { etag: '"x"', 'content-length': BYTES.length });
        response.write(BYTES.subarray(0, 200_000), () => setTimeout(() => response.destroy(), 20));
        return true;
      },
    },
    cache,
  );
  expect(await failureOf(registry.fetchFile(ARTIFACT, WANTED))).toMatchObject({ code: 'registry-unreachable' });
  const [left = ''] = readdirSync(partial);
  expect(left.startsWith(WANTED.sha256)).toBe(true);
  cut = false;
  expect(await fetched(registry)).toEqual(BYTES);
});

test('a signal ends it at once, and nothing half-made is a file of the cache', async () => {
  const ended = new EventEmitter();
  const { registry, cache, host } = await opened({
    first: (_request, response) => {
      response.on('close', () => ended.emit('close'));
      response.writeHead(200, { 'content-length': BYTES.length });
      response.write(BYTES.subarray(0, 1000));
      return true;
    },
  });
  const closed = once(ended, 'close');
  const controller = new AbortController();
  const work = registry.fetchFile(ARTIFACT, WANTED, {
    signal: controller.signal,
    onBytes: (received) => {
      if (received > 0) controller.abort(new Error('enough'));
    },
  });
  await expect(work).rejects.toThrow('enough');
  // What was asked for is not waited for by anybody, nor asked for again.
  await closed;
  expect(host.asked()).toEqual([ARTIFACT]);
  expect(readdirSync(join(cache, 'client', 'blobs', WANTED.sha256.slice(0, 2)))).toEqual([]);
});

test.each(['../secret', '/etc/passwd', 'packs/../../x', 'elsewhere/x'])('%s is never asked for', async (path) => {
  const { registry, host } = await opened();
  expect(await failureOf(registry.fetchFile(path, WANTED))).toMatchObject({ code: 'registry-invalid' });
  expect(host.asked()).toEqual([]);
});

test('nothing is fetched that is too large to be of a registry', async () => {
  const { registry, host } = await opened();
  expect(await failureOf(registry.fetchFile(ARTIFACT, { sha256: WANTED.sha256, size: 1e12 }))).toEqual({
    code: 'registry-invalid',
    message: `${ARTIFACT} of ${host.url}/ is not fetched: it is larger than 256 MiB.`,
    hint: 'No registry that Packyard builds holds a file of that size.',
  });
});

test('a cache that cannot be written is told', async () => {
  const folder = await scratch();
  const file = join(folder, 'file');
  writeFileSync(file, '');
  const { registry } = await opened({}, file);
  expect(await failureOf(registry.fetchFile(ARTIFACT, WANTED))).toEqual({
    code: 'cache-unusable',
    message: `The cache in ${join(file, 'client')} cannot be written (ENOTDIR).`,
    hint: 'Make room, check its permissions, or name another folder in PACKYARD_CACHE_DIR.',
  });
});
