import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { expect, test } from 'vitest';

import { openRegistry, type OpenedRegistry } from '../../src/client/client.ts';
import type { Published } from '../helpers/published.ts';
import { published } from '../helpers/published.ts';
import { failureOf } from '../helpers/rejection.ts';
import { scratch } from '../helpers/scratch.ts';
import { staticHost } from '../helpers/static-host.ts';

interface Opened extends Published {
  readonly registry: OpenedRegistry;
  readonly folder: string;
}

/** A built registry of six packs, opened at a host. */
async function opened(): Promise<Opened> {
  const built = await published();
  const { url } = await staticHost(built.published);
  const [cache, folder] = await Promise.all([scratch(), scratch()]);
  return { ...built, registry: await openRegistry(url, { cache }), folder };
}

test('search, resolve, fetch and extract', async () => {
  const { registry, folder, published: source } = await opened();
  expect((await registry.search('b', { limit: 1 })).hits.map(({ pack }) => pack.name)).toEqual(['b']);
  const release = await registry.resolve('b', '1.0.x');
  expect(release.release.version).toBe('1.0.0');
  expect((await registry.resolve('b')).release.version).toBe('1.1.0');
  const artifact = await registry.fetchArtifact(release);
  expect(artifact.size).toBe(readFileSync(join(source, release.release.artifact.path)).length);
  const target = join(folder, 'b');
  expect((await registry.extract(release, target)).outcome).toBe('created');
  expect(readdirSync(target)).toContain('pack.json');
  expect((await registry.extract(release, target)).outcome).toBe('unchanged');
  writeFileSync(join(target, 'values.yaml'), 'mine: true\n');
  expect(await failureOf(registry.extract(release, target))).toMatchObject({ code: 'local-changes' });
  expect((await registry.extract(release, target, { force: true })).outcome).toBe('replaced');
  await registry.close();
});

test('pull tells what happens, and verify that nothing is wrong', async () => {
  const { registry, folder } = await opened();
  const operation = registry.pull(['a', 'c@1.0.0'], { directory: folder });
  const kinds = new Set<string>();
  for await (const event of operation) kinds.add(event.kind);
  expect([...kinds]).toContain('planned');
  await operation;
  expect(readdirSync(folder).toSorted()).toEqual(['a-1.1.0', 'c-1.0.0']);
  expect(await registry.verify()).toMatchObject({ ok: true, packs: 6, releases: 12, findings: [] });
});

test('a signal stops a pull, and nothing half-made stays', async () => {
  const { registry, folder } = await opened();
  mkdirSync(join(folder, 'to'));
  const operation = registry.pull(['a'], {
    directory: join(folder, 'to'),
    signal: AbortSignal.abort(new Error('stop')),
  });
  await expect(operation).rejects.toThrow('stop');
  expect(readdirSync(join(folder, 'to'))).toEqual([]);
});
