import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { runCli, type CliResult } from '../../helpers/cli.ts';
import { ARTIFACT, publishedRegistry, writePublished } from '../../helpers/published-registry.ts';
import { registryHost } from '../../helpers/registry-host.ts';
import { readIndex, sha256Of, treeOf } from '../../helpers/registry-tree.ts';
import { failureOf } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';
import { staticHost } from '../../helpers/static-host.ts';
import { problemsOf } from '../../helpers/whole-registry.ts';
import { mirrorPlace, publishNext, yard, type MirrorPlace } from './mirrored.ts';

/** Files that wait for their rest. */
function parts({ path }: MirrorPlace): string[] {
  const staging = join(path, '.packyard');
  return existsSync(staging) ? readdirSync(staging).filter((name) => name !== 'lock') : [];
}

/** As a run leaves it that was killed while it fetched. */
function leavePart({ path }: MirrorPlace, sha256: string, bytes: Uint8Array): void {
  mkdirSync(join(path, '.packyard'), { recursive: true });
  // As with a umask of 077.
  writeFileSync(join(path, '.packyard', `${sha256}.part`), bytes, { mode: 0o600 });
}

test.each([true, false])('folders that a killed run made are in nobody’s way (prune: %s)', async (prune) => {
  const host = await registryHost();
  const place = await mirrorPlace();
  leavePart(place, '0'.repeat(64), Buffer.from('x'));
  for (const folder of ['packs/demo/1.0.0', 'search', 'logos'])
    mkdirSync(join(place.path, folder), { recursive: true });
  await place.mirror(host.url, { prune });
  expect(problemsOf(place.path)).toEqual([]);
  expect(existsSync(join(place.path, ARTIFACT))).toBe(true);
});

describe('what a killed run left of a file', () => {
  const artifact = publishedRegistry().get(ARTIFACT) ?? Buffer.alloc(0);

  test('is gone on with: only the rest is asked for', async () => {
    const host = await registryHost();
    const place = await mirrorPlace();
    leavePart(place, sha256Of(artifact), artifact.subarray(0, 200_000));
    await place.mirror(host.url);
    const asked = host.requests.find(({ path }) => path.endsWith('.tar.gz'));
    expect(asked?.headers.range).toBe('bytes=200000-');
    expect(sha256Of(readFileSync(join(place.path, ARTIFACT)))).toBe(sha256Of(artifact));
    expect(readdirSync(place.path)).not.toContain('.packyard');
  });

  test('is not asked for where all of it is there', async () => {
    const host = await registryHost();
    const place = await mirrorPlace();
    leavePart(place, sha256Of(artifact), artifact);
    await place.mirror(host.url);
    expect(host.asked()).not.toContain(ARTIFACT);
    expect(treeOf(place.path)[ARTIFACT]).toBe(`0644 ${sha256Of(artifact)}`);
  });

  test.each([
    ['other bytes', Buffer.alloc(1000, 'x')],
    ['more than there is', Buffer.concat([artifact, Buffer.from('more')])],
    ['as many other bytes', Buffer.alloc(artifact.length)],
    ['nothing', Buffer.alloc(0)],
  ])('is fetched from its beginning where it is wrong: %s', async (_, bytes) => {
    const host = await registryHost();
    const place = await mirrorPlace();
    leavePart(place, sha256Of(artifact), bytes);
    leavePart(place, 'f'.repeat(64), Buffer.from('of another registry'));
    await place.mirror(host.url);
    expect(sha256Of(readFileSync(join(place.path, ARTIFACT)))).toBe(sha256Of(artifact));
    expect(problemsOf(place.path)).toEqual([]);
    expect(readdirSync(place.path)).not.toContain('.packyard');
  });
});

test('a connection that breaks leaves what came for the next run, and the old state', async () => {
  const folder = await scratch();
  writePublished(publishedRegistry(), folder);
  const place = await mirrorPlace();
  await place.mirror(folder);
  const before = treeOf(place.path);
  const artifact = Buffer.alloc(400_000, 'another one ');
  const files = publishedRegistry({ serial: 2, artifact });
  let broken = true;
  const host = await registryHost({
    files,
    first(request, response) {
      if (!broken || request.url !== `/${ARTIFACT}`) return false;
      response.writeHead(200, { 'content-length': artifact.length });
      response.write(artifact.subarray(0, 300_000), () => setTimeout(() => response.destroy(), 20));
      return true;
    },
  });
  expect(await failureOf(place.mirror(host.url))).toMatchObject({ code: 'registry-unreachable' });
  const { '.packyard': _folder, ...rest } = treeOf(place.path);
  const visible = Object.fromEntries(Object.entries(rest).filter(([path]) => !path.startsWith('.packyard/')));
  expect(visible).toMatchObject(before);
  expect(problemsOf(place.path)).toEqual([]);
  expect(parts(place)).toContain(`${sha256Of(artifact)}.part`);
  broken = false;
  await place.mirror(host.url, { prune: true });
  expect(host.requests.at(-1)?.headers.range).toMatch(/^bytes=[1-9]/u);
  expect(problemsOf(place.path)).toEqual([]);
  expect(readIndex(place.path).serial).toBe(2);
});

describe('wrong bytes', () => {
  test.each([
    ['others', Buffer.alloc(300_000, 'wrong bytes '), 'has other bytes than were published: their SHA-256 is'],
    ['too few', Buffer.alloc(1000, 'an artifact '), 'has 1000 of the 300000 bytes that were published'],
    ['too many', Buffer.alloc(300_001, 'an artifact '), 'is larger than the 293 KiB that were published'],
    ['none', undefined, 'does not exist, though the index leads to it'],
  ])('%s are refused, and nothing of them lands', async (_, bytes, message) => {
    const host = await registryHost();
    if (bytes === undefined) host.files.delete(ARTIFACT);
    else host.files.set(ARTIFACT, bytes);
    const place = await mirrorPlace();
    const failure = await failureOf(place.mirror(host.url));
    expect(failure.code).toBe('registry-damaged');
    expect(failure.message).toContain(`${host.url}/${ARTIFACT} ${message}`);
    expect(failure.hint).toContain('The file was not taken.');
    expect(existsSync(join(place.path, ARTIFACT))).toBe(false);
    expect(existsSync(join(place.path, 'index.json'))).toBe(false);
    expect(parts(place)).not.toContain(`${sha256Of(publishedRegistry().get(ARTIFACT) ?? Buffer.alloc(0))}.part`);
  });

  test('of a document are refused before anything is written', async () => {
    const host = await registryHost();
    const path = [...host.files.keys()].find((key) => key.startsWith('packs/demo/') && key.endsWith('.json')) ?? '';
    host.files.set(path, Buffer.from('{}'));
    const place = await mirrorPlace();
    expect(await failureOf(place.mirror(host.url))).toMatchObject({ code: 'registry-damaged' });
    expect(existsSync(place.path)).toBe(false);
  });

  test('a document that says two things of one path is refused', async () => {
    const link = { path: ARTIFACT, sha256: 'a'.repeat(64), size: 1 };
    const files = publishedRegistry({
      pack: (pack) => Object.assign((pack['releases'] as object[])[0] ?? {}, { files: { 'demo-1.0.0.tar.gz': link } }),
    });
    const host = await registryHost({ files });
    const place = await mirrorPlace();
    expect(await failureOf(place.mirror(host.url))).toMatchObject({
      code: 'registry-invalid',
      message: `The document of demo says two things of ${ARTIFACT}.`,
    });
  });
});

describe('a registry that is published anew meanwhile', () => {
  test('is mirrored in its new state', async () => {
    const host = await registryHost({ first: (request) => (request.url === `/${ARTIFACT}` ? publishAnew() : false) });
    let times = 0;
    function publishAnew(): false {
      times += 1;
      if (times > 1) return false;
      const next = publishedRegistry({ serial: 2, artifact: Buffer.alloc(100_000, 'new ') });
      host.files.clear();
      for (const [path, bytes] of next) host.files.set(path, bytes);
      return false;
    }
    const place = await mirrorPlace();
    await place.mirror(host.url);
    expect(place.events.filter(({ kind }) => kind === 'restarted')).toHaveLength(1);
    expect(readIndex(place.path).serial).toBe(2);
    expect(problemsOf(place.path)).toEqual([]);
  });

  test('again and again is given up, with what to do', async () => {
    let serial = 1;
    const host = await registryHost({
      first(request) {
        if (request.url !== `/${ARTIFACT}`) return false;
        serial += 1;
        const next = publishedRegistry({ serial, artifact: Buffer.alloc(serial * 1000, 'new ') });
        host.files.clear();
        for (const [path, bytes] of next) host.files.set(path, bytes);
        return false;
      },
    });
    const place = await mirrorPlace();
    const failure = await failureOf(place.mirror(host.url));
    expect(failure.code).toBe('registry-changed');
    expect(failure.message).toContain(`The registry at ${host.url}/ was published anew while it was mirrored:`);
    expect(existsSync(join(place.path, 'index.json'))).toBe(false);
  });
});

test('a signal stops it, and gives the lock back', async () => {
  const { source } = await yard();
  const host = await staticHost(source);
  const place = await mirrorPlace();
  const controller = new AbortController();
  const reason = new Error('enough');
  const onEvent = ({ kind }: { readonly kind: string }): void => {
    if (kind === 'file') controller.abort(reason);
  };
  await expect(place.mirror(host.url, { signal: controller.signal, onEvent })).rejects.toBe(reason);
  expect(existsSync(join(place.path, 'index.json'))).toBe(false);
  expect(parts(place).filter((name) => !name.endsWith('.part'))).toEqual([]);
  await place.mirror(host.url);
  expect(treeOf(place.path)).toEqual(treeOf(source));
});

const DIE_AT = fileURLToPath(new URL('../../helpers/die-at.mjs', import.meta.url));

describe.skipIf(process.platform === 'win32')('a mirror over another state that is killed', () => {
  test(
    'right before any of its changes leaves the old or the new one, and the next run completes',
    { timeout: 180_000 },
    async () => {
      const state = await yard();
      const old = await scratch();
      const place = join(old, 'mirror');
      const cache = await scratch();
      const run = (...args: readonly string[]): Promise<CliResult> =>
        runCli(['mirror', state.source, place, '--quiet', ...args], { env: { PACKYARD_CACHE_DIR: cache } });
      expect(await run()).toMatchObject({ status: 0, stderr: '' });
      const first = readFileSync(join(place, 'index.json'));
      await publishNext(state);
      const expected = treeOf(state.source);
      const die = (env: Readonly<Record<string, string>>): Promise<CliResult> =>
        runCli(['mirror', state.source, place, '--quiet', '--prune', '--no-images'], {
          node: ['--import', DIE_AT],
          env: { PACKYARD_CACHE_DIR: cache, DIE_BELOW: place, ...env },
        });
      let finished = 0;
      for (let at = 1; finished === 0; at += 7) {
        const { status } = await die({ DIE_AT: String(at) });
        const index = readFileSync(join(place, 'index.json'));
        const isNew = sha256Of(index) === sha256Of(readFileSync(join(state.source, 'index.json')));
        expect({ at, known: isNew || index.equals(first), problems: problemsOf(place) }).toEqual({
          at,
          known: true,
          problems: [],
        });
        if (status === 0) finished = at;
      }
      expect(finished).toBeGreaterThan(40);
      const { 'images.txt': _, ...tree } = treeOf(place);
      expect(tree).toEqual(expected);
    },
  );
});
