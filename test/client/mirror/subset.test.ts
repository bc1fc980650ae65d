import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { parseReference } from '../../../src/client/reference.ts';
import { openRegistry } from '../../../src/client/open-registry.ts';
import { verifyRegistry } from '../../../src/client/verify/verify-registry.ts';
import { filesOf, readIndex, readPackDocument, sha256Of, treeOf } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { staticHost } from '../../helpers/static-host.ts';
import { problemsOf } from '../../helpers/whole-registry.ts';
import { mirrorPlace, publishNext, warningsOf, yard, type MirrorPlace } from './mirrored.ts';

function references(...texts: readonly string[]): { readonly packs: ReturnType<typeof parseReference>[] } {
  return { packs: texts.map(parseReference) };
}

/** Versions by pack, as the documents have them. */
function versionsIn({ path }: MirrorPlace): Record<string, string[]> {
  const names = Object.keys(readIndex(path).packs);
  return Object.fromEntries(
    names.map((name) => [name, readPackDocument(path, name).releases.map(({ version }) => version)]),
  );
}

/** What only `packyard verify` and a client that follows every link would say. */
async function expectSound({ path }: MirrorPlace): Promise<void> {
  expect(problemsOf(path)).toEqual([]);
  const { ok, findings } = await verifyRegistry(path, {});
  expect({ ok, findings }).toEqual({ ok: true, findings: [] });
}

test('a subset is a registry of its own, whose files are the same bytes', async () => {
  const { source } = await yard();
  const place = await mirrorPlace();
  const { plan } = await place.mirror(source, references('nginx@1.2.x', 'redis'));
  expect(versionsIn(place)).toEqual({ nginx: ['1.2.1', '1.2.0'], redis: ['7.2.0', '7.0.0'] });
  await expectSound(place);
  const of = sha256Of(readFileSync(join(source, 'index.json')));
  expect(plan.subset).toEqual({ of });
  const index = readIndex(place.path);
  const whole = readIndex(source);
  expect(index).toMatchObject({ subset: { of }, serial: whole.serial, source: whole.source, registry: whole.registry });
  expect(index.packs['redis']).toEqual(whole.packs['redis']);
  expect(index.packs['nginx']).toMatchObject({ latest: '1.2.1' });
  expect(readPackDocument(place.path, 'nginx').tags).toEqual({ latest: '1.2.1', '1.x': '1.2.1', '1.2.x': '1.2.1' });
  const [own, all] = [treeOf(place.path), treeOf(source)];
  const same = Object.keys(own).filter((path) =>
    /^(?:logos|schemas)\/|\.tar\.gz$|\/(?:pack\.json|values\.yaml|README\.md)$/u.test(path),
  );
  expect(same.length).toBeGreaterThan(20);
  expect(same.map((path) => own[path])).toEqual(same.map((path) => all[path]));
});

test('a subset can be opened, searched and mirrored like any registry', async () => {
  const { source } = await yard();
  const place = await mirrorPlace();
  await place.mirror(source, references('nginx@1.2.x', 'redis'));
  const registry = await openRegistry(place.path, { cache: false });
  expect((await registry.searchDocument()).packs.map(({ name, latest, versions }) => [name, latest, versions])).toEqual(
    [
      ['nginx', '1.2.1', ['1.2.1', '1.2.0']],
      ['redis', '7.2.0', ['7.2.0', '7.0.0']],
    ],
  );
  const [release] = (await registry.pack('nginx')).releases;
  expect((await registry.fetchFile(release?.artifact.path ?? '', release?.artifact ?? { sha256: '' })).size).toBe(
    release?.artifact.size,
  );
  await registry.close();
  const copy = await mirrorPlace();
  await copy.mirror(place.path);
  expect(treeOf(copy.path)).toEqual(treeOf(place.path));
});

describe('what is chosen', () => {
  test.each([
    ['one release', ['nginx@1.2.0'], undefined, { nginx: ['1.2.0'] }],
    ['the latest, by selector', ['nginx@latest'], undefined, { nginx: ['1.2.1'] }],
    ['a tag', ['nginx:1.x'], undefined, { nginx: ['1.2.1'] }],
    ['several of one pack', ['nginx@1.2.0', 'nginx@1.3.x'], undefined, { nginx: ['1.3.0', '1.2.0'] }],
    ['a range', ['nginx@>=1.2.1'], undefined, { nginx: ['2.0.0-rc.1', '1.3.0', '1.2.1'] }],
    ['the best of each pack', undefined, 1, { nginx: ['1.2.1'], redis: ['7.2.0'], web: ['1.0.0'] }],
    ['active ones, then prereleases, then others', ['nginx'], 3, { nginx: ['2.0.0-rc.1', '1.2.1', '1.2.0'] }],
    ['more than there are', ['web'], 9, { web: ['1.0.0'] }],
  ])('%s', async (_, packs, latest, expected) => {
    const { source } = await yard();
    const place = await mirrorPlace();
    await place.mirror(source, {
      ...(packs !== undefined && references(...packs)),
      ...(latest !== undefined && { latest }),
    });
    expect(versionsIn(place)).toEqual(expected);
    await expectSound(place);
  });

  test('a digest', async () => {
    const { source } = await yard();
    const place = await mirrorPlace();
    const release = readPackDocument(source, 'nginx').releases.find(({ version }) => version === '1.2.0');
    await place.mirror(source, references(`nginx@sha256:${release?.artifact.contentSha256 ?? ''}`));
    expect(versionsIn(place)).toEqual({ nginx: ['1.2.0'] });
  });

  test('what is not there is said, and nothing is written', async () => {
    const { source } = await yard();
    const place = await mirrorPlace();
    expect(await failureOf(place.mirror(source, references('ngins')))).toEqual({
      code: 'unknown-pack',
      message: `The registry at ${source} has no pack "ngins".`,
      hint: 'Did you mean nginx?',
    });
    expect(await failureOf(place.mirror(source, references('nginx@3.x')))).toMatchObject({ code: 'no-version' });
    expect(await failureOf(place.mirror(source, { latest: 0 }))).toMatchObject({ code: 'usage' });
    expect(() => treeOf(place.path)).toThrow('ENOENT');
  });
});

test('the second run of a subset asks for the index only; another choice takes what it lacks', async () => {
  const state = await yard();
  const host = await staticHost(state.source);
  const place = await mirrorPlace();
  await place.mirror(host.url, references('nginx@1.2.x'));
  const first = treeOf(place.path);
  expect((await place.mirror(host.url, references('nginx@1.2.x'))).transferred.requests).toBe(1);
  expect(treeOf(place.path)).toEqual(first);
  const before = host.requests().length;
  await place.mirror(host.url, { ...references('nginx@1.2.x', 'web'), prune: true });
  expect(versionsIn(place)).toEqual({ nginx: ['1.2.1', '1.2.0'], web: ['1.0.0'] });
  expect(
    host
      .requests()
      .slice(before)
      .filter((path) => path.includes('/1.2.0/')),
  ).toEqual([]);
  await expectSound(place);
  await publishNext(state);
  await place.mirror(host.url, { prune: true });
  expect(treeOf(place.path)).toEqual(treeOf(state.source));
});

describe('a file that names packs', () => {
  test('packyard.json: what its selectors mean, but not packs of other registries', async () => {
    const { source } = await yard();
    const place = await mirrorPlace();
    const file = join(place.state, 'packyard.json');
    const registries = { other: { url: 'https://other.example.org' } };
    const packs = { nginx: '1.2.x', redis: { version: '7.0.0' }, gitea: { version: '1.x', registry: 'other' } };
    writeFileSync(file, JSON.stringify({ registries, packs }));
    await place.mirror(source, { profile: file });
    expect(versionsIn(place)).toEqual({ nginx: ['1.2.1', '1.2.0'], redis: ['7.0.0'] });
    expect(warningsOf(place)).toEqual([
      `other-registry: gitea is of another registry, not of ${source}: it is left out.`,
    ]);
  });

  test('packyard.lock: the releases that it pins, by content', async () => {
    const { source } = await yard();
    const place = await mirrorPlace();
    const pinned = readPackDocument(source, 'nginx').releases.find(({ version }) => version === '1.2.0');
    const { sha256, contentSha256, size } = pinned?.artifact ?? {};
    const pin = { selector: '1.x', version: '1.2.0', sha256, contentSha256, size };
    const file = join(place.state, 'packyard.lock');
    const packs = { nginx: { ...pin, registry: 'yard' }, gitea: { ...pin, registry: 'other' } };
    writeFileSync(file, JSON.stringify({ format: 'packyard-lock/1', packs }));
    await place.mirror(source, { profile: file });
    expect(versionsIn(place)).toEqual({ nginx: ['1.2.0'] });
    expect(warningsOf(place)).toEqual([
      `other-registry: gitea is of the registry "other", not of ${source}: it is left out.`,
    ]);
    packs.nginx.contentSha256 = 'a'.repeat(64);
    writeFileSync(file, JSON.stringify({ format: 'packyard-lock/1', packs }));
    expect(await failureOf(place.mirror(source, { profile: file }))).toMatchObject({
      code: 'no-version',
      message: `The pack "nginx" has no release with the SHA-256 ${'a'.repeat(64)}.`,
    });
  });

  test.each([
    ['cluster.yaml', 'apiVersion: v1', 'is neither a packyard.json nor a packyard.lock.'],
    ['packyard.json', '{"packs":{}}', 'names no pack.'],
    ['gone.lock', undefined, 'does not exist.'],
  ])('%s: what is not known is said', async (name, text, message) => {
    const { source } = await yard();
    const place = await mirrorPlace();
    const file = join(place.state, name);
    if (text !== undefined) writeFileSync(file, text);
    const failure = await failureOf(place.mirror(source, { profile: file }));
    expect(failure).toMatchObject({ code: 'usage', message: `${file} ${message}` });
  });
});

test('a registry that was published without its sources has none in the subset either', async () => {
  const { source } = await yard();
  const { sources: _, ...index } = readIndex(source);
  writeFileSync(join(source, 'index.json'), JSON.stringify(index));
  const place = await mirrorPlace();
  await place.mirror(source, references('web'));
  expect(readIndex(place.path)).not.toHaveProperty('sources');
  expect(filesOf(place.path).filter((path) => path.startsWith('sources/'))).toEqual([]);
  expect(problemsOf(place.path)).toEqual([]);
});
