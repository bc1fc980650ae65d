import { execFileSync } from 'node:child_process';
import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { filesOf, readIndex, treeOf } from '../../helpers/registry-tree.ts';
import { staticHost } from '../../helpers/static-host.ts';
import { problemsOf } from '../../helpers/whole-registry.ts';
import { mirrorPlace, publishNext, yard } from './mirrored.ts';

/** What `diff -r` says of two folders. */
function difference(a: string, b: string): string {
  return execFileSync('diff', ['-r', a, b], { encoding: 'utf8' });
}

describe.each(['directory', 'host'])('a mirror of a %s', (kind) => {
  test('is its source, byte for byte, and the next run asks for the index only', async () => {
    const { source } = await yard();
    const location = kind === 'host' ? (await staticHost(source)).url : source;
    const place = await mirrorPlace();
    const { plan, written, wrote } = await place.mirror(location);
    expect(difference(source, place.path)).toBe('');
    expect(treeOf(place.path)).toEqual(treeOf(source));
    expect({ written, packs: plan.packs, releases: plan.releases }).toEqual({ written: true, packs: 3, releases: 7 });
    expect(plan).not.toHaveProperty('subset');
    expect(wrote.files).toBe(filesOf(source).length);

    const again = await place.mirror(location);
    expect(again.transferred.requests).toBe(1);
    expect(again.plan).toMatchObject({ write: [], keep: wrote, packs: 3, releases: 7, index: plan.index });
    expect(treeOf(place.path)).toEqual(treeOf(source));
  });

  test('takes only what is new when the source was published anew, and prunes when asked to', async () => {
    const state = await yard();
    const host = await staticHost(state.source);
    const location = kind === 'host' ? host.url : state.source;
    const place = await mirrorPlace();
    await place.mirror(location);
    const before = host.requests().length;
    await publishNext(state);
    const { plan } = await place.mirror(location);
    const asked = host.requests().slice(before);
    expect(asked.filter((path) => path.endsWith('.tar.gz'))).toEqual(
      kind === 'host' ? expect.arrayContaining(['packs/nginx/1.4.0/nginx-1.4.0.tar.gz']) : [],
    );
    expect(asked.filter((path) => path.includes('/1.2.0/'))).toEqual([]);
    expect(problemsOf(place.path)).toEqual([]);
    expect(plan.stale).toContain('packs/web/1.0.0/web-1.0.0.tar.gz');
    expect(filesOf(place.path)).toEqual([...filesOf(state.source), ...plan.stale].toSorted());

    const pruned = await place.mirror(location, { prune: true });
    expect(pruned.removed).toEqual(plan.stale);
    expect(difference(state.source, place.path)).toBe('');
    expect(treeOf(place.path)).toEqual(treeOf(state.source));
    expect((await place.mirror(location, { prune: true })).transferred.requests).toBe(1);
  });
});

test('without what is known from the last run everything is looked at, and nothing fetched but index and schemas', async () => {
  const { source } = await yard();
  const host = await staticHost(source);
  const place = await mirrorPlace();
  await place.mirror(host.url);
  const before = host.requests().length;
  rmSync(place.state, { recursive: true });
  expect((await place.mirror(host.url)).plan.write).toEqual([]);
  const asked = host.requests().slice(before);
  expect(asked.filter((path) => path !== 'index.json' && !path.startsWith('schemas/'))).toEqual([]);
});

test('a file of the mirror that was changed, or is gone, is fetched anew', async () => {
  const { source } = await yard();
  const host = await staticHost(source);
  const place = await mirrorPlace();
  await place.mirror(host.url);
  const path = 'packs/redis/7.2.0/redis-7.2.0.tar.gz';
  const bytes = readFileSync(join(place.path, path));
  bytes[20] = (bytes[20] ?? 0) ^ 1;
  writeFileSync(join(place.path, path), bytes);
  rmSync(join(place.path, 'schemas/index.schema.json'));
  appendFileSync(join(place.path, 'search.json'), ' ');
  const { plan, transferred } = await place.mirror(host.url);
  expect(plan.write.map(({ file, reason }) => `${file.path} ${reason}`)).toEqual([
    `${path} changed`,
    'search.json changed',
    'schemas/index.schema.json new',
  ]);
  expect(transferred.requests).toBe(4);
  expect(treeOf(place.path)).toEqual(treeOf(source));
});

test('with refresh nothing that the last run found is believed', async () => {
  const { source } = await yard();
  const host = await staticHost(source);
  const place = await mirrorPlace();
  await place.mirror(host.url);
  const { plan, transferred } = await place.mirror(host.url, { refresh: true });
  expect({ write: plan.write, requests: transferred.requests }).toEqual({ write: [], requests: 10 });
});

test('a dry run says what would be done, and touches nothing', async () => {
  const state = await yard();
  const place = await mirrorPlace();
  const first = await place.mirror(state.source, { dryRun: true });
  expect(first.written).toBe(false);
  expect(first.plan.write).toHaveLength(filesOf(state.source).length);
  expect(() => treeOf(place.path)).toThrow('ENOENT');
  await place.mirror(state.source);
  const before = treeOf(place.path);
  await publishNext(state);
  const { plan } = await place.mirror(state.source, { dryRun: true, prune: true });
  expect(plan.stale).toContain('packs/web/index.json');
  expect(treeOf(place.path)).toEqual(before);
});

test('pruning never touches what is no part of a registry', async () => {
  const state = await yard();
  const place = await mirrorPlace();
  await place.mirror(state.source, { images: true });
  for (const name of ['CNAME', '.nojekyll', 'packages.html']) writeFileSync(join(place.path, name), name);
  await publishNext(state);
  await place.mirror(state.source, { prune: true });
  expect(filesOf(place.path).filter((path) => !path.includes('/'))).toEqual([
    '.nojekyll',
    'CNAME',
    'images.txt',
    'index.json',
    'packages.html',
    'search.json',
  ]);
});

test('images.txt lists every image of the mirror once, sorted, beside the registry', async () => {
  const { source } = await yard();
  const place = await mirrorPlace();
  const { plan } = await place.mirror(source, { images: true });
  expect(plan.images).toEqual({ path: join(place.path, 'images.txt'), count: 8 });
  expect(readFileSync(join(place.path, 'images.txt'), 'utf8')).toMatchInlineSnapshot(`
    "docker.io/library/pause:3.9
    ghcr.io/yard/nginx:1.2.0
    ghcr.io/yard/nginx:1.2.1
    ghcr.io/yard/nginx:1.3.0
    ghcr.io/yard/nginx:2.0.0-rc.1
    ghcr.io/yard/redis:7.0.0
    ghcr.io/yard/redis:7.2.0
    ghcr.io/yard/web:1.0.0
    "
  `);
  rmSync(join(place.path, 'images.txt'));
  await place.mirror(source, { images: true });
  expect(readFileSync(join(place.path, 'images.txt'), 'utf8').split('\n')).toHaveLength(9);
  expect((await place.mirror(source, { images: true })).transferred.requests).toBe(1);
});

test('events say how far it is, and iteration gives the same', async () => {
  const { source } = await yard();
  const place = await mirrorPlace();
  const files = filesOf(source).length;
  await place.mirror(source);
  const kinds = place.events.map(({ kind }) => kind);
  expect(kinds.filter((kind) => kind === 'documents')).toHaveLength(3);
  expect(place.events.findLast(({ kind }) => kind === 'file')).toMatchObject({ done: files, total: files });
  expect(kinds.indexOf('planned')).toBe(3);
});

test('the registry that is mirrored is the one that is told, whatever the mirror had before', async () => {
  const state = await yard();
  const place = await mirrorPlace();
  await publishNext(state);
  await place.mirror(state.source);
  const { serial } = readIndex(place.path);
  const index = readFileSync(join(state.source, 'index.json'), 'utf8');
  writeFileSync(join(state.source, 'index.json'), index.replace(`"serial":${serial}`, '"serial":1'));
  await place.mirror(state.source);
  expect(readIndex(place.path).serial).toBe(1);
  expect(place.events.find(({ kind }) => kind === 'warning')).toMatchObject({
    warning: {
      code: 'registry-older',
      message: `${state.source} has an older state (serial 1) than the mirror had (serial ${serial}).`,
    },
  });
});
