import { expect, test } from 'vitest';

import { openRegistry } from '../../src/client/open-registry.ts';
import type { OpenedRegistry } from '../../src/client/opened-registry.ts';
import type { ClientWarning } from '../../src/client/registry.ts';
import { ARTIFACT, documentPath, publishedRegistry } from '../helpers/published-registry.ts';
import { registryHost } from '../helpers/registry-host.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';

const HINT = 'Another address of the registry is asked instead.';

async function opened(
  url: string,
  ...mirrors: string[]
): Promise<{ registry: OpenedRegistry; warnings: ClientWarning[] }> {
  const warnings: ClientWarning[] = [];
  const registry = await openRegistry(url, {
    mirrors,
    cache: await scratch(),
    retries: { tries: 1, delay: 1, longestDelay: 1 },
    onWarning: (warning) => warnings.push(warning),
  });
  return { registry, warnings };
}

async function artifactOf(registry: OpenedRegistry): Promise<{ size: number }> {
  return registry.fetchArtifact(await registry.resolve('demo'));
}

test('a mirror stands in for a registry that does not answer', async () => {
  const [down, mirror] = [await registryHost({ files: new Map() }), await registryHost()];
  const { registry, warnings } = await opened(down.url, mirror.url);
  expect((await artifactOf(registry)).size).toBe(300_000);
  expect(warnings).toEqual([
    {
      code: 'mirror-failed',
      message: `There is no registry at ${down.url}/: ${down.url}/index.json does not exist.`,
      hint: HINT,
    },
  ]);
  expect(down.asked()).toEqual(['index.json']);
});

test('a mirror that serves other bytes is reported once and asked last', async () => {
  const files = publishedRegistry();
  const broken = new Map(files);
  broken.set(ARTIFACT, Buffer.alloc(300_000, 'other'));
  broken.set(documentPath(files, 'packs/demo'), Buffer.from('{}'));
  const [damaged, sound] = [await registryHost({ files: broken }), await registryHost({ files })];
  const { registry, warnings } = await opened(damaged.url, sound.url);
  expect((await artifactOf(registry)).size).toBe(300_000);
  expect(warnings).toEqual([{ code: 'mirror-damaged', message: expect.stringContaining(damaged.url), hint: HINT }]);
  // Asked twice, because an answer that was cut off cannot always be told from a whole one.
  const document = documentPath(files, 'packs/demo');
  expect(damaged.asked()).toEqual(['index.json', document, document]);
});

test('a mirror that is behind is passed over without a word', async () => {
  const files = publishedRegistry();
  const old = new Map([...files].filter(([path]) => path !== ARTIFACT));
  const [behind, sound] = [await registryHost({ files: old }), await registryHost({ files })];
  const { registry, warnings } = await opened(behind.url, sound.url);
  expect((await artifactOf(registry)).size).toBe(300_000);
  expect(warnings).toEqual([]);
});

test('when all fail, what the registry itself said counts', async () => {
  const [down, other] = [await registryHost({ files: new Map() }), await registryHost({ files: new Map() })];
  const { registry } = await opened(down.url, other.url);
  expect(await failureOf(registry.index())).toMatchObject({ message: expect.stringContaining(down.url) });
});

test('credentials of the registry never reach a mirror', async () => {
  const [down, mirror] = [await registryHost({ files: new Map() }), await registryHost()];
  const registry = await openRegistry(down.url, {
    mirrors: [mirror.url],
    headers: { authorization: 'Bearer secret' },
    cache: false,
  });
  await registry.pack('demo');
  expect(down.requests[0]?.headers.authorization).toBe('Bearer secret');
  expect(mirror.requests.map(({ headers }) => headers.authorization)).toEqual([undefined, undefined]);
});

test('the credentials of a mirror reach it alone', async () => {
  const [down, mirror] = [await registryHost({ files: new Map() }), await registryHost()];
  const registry = await openRegistry(down.url, {
    mirrors: [mirror.url],
    mirrorHeaders: { [mirror.url]: { authorization: 'Bearer mirror' } },
    cache: false,
  });
  await registry.pack('demo');
  expect(down.requests[0]?.headers.authorization).toBeUndefined();
  expect(mirror.requests[0]?.headers.authorization).toBe('Bearer mirror');
});

test('a mirror that is no address is told of, and the others are used', async () => {
  const host = await registryHost();
  const { registry, warnings } = await opened(host.url, '/nowhere/at/all');
  await registry.pack('demo');
  expect(warnings).toEqual([
    {
      code: 'mirror-failed',
      message: 'There is no registry in /nowhere/at/all: it does not exist.',
      hint: HINT,
    },
  ]);
});
