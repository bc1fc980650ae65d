import { describe, expect, test } from 'vitest';

import { lockedReleases, type LockedReleasesOptions } from '../../../src/client/lock/locked-releases.ts';
import type { PackyardLock } from '../../../src/client/lock/packyard-lock.ts';
import { planLock } from '../../../src/client/lock/plan-lock.ts';
import type { ClientWarning } from '../../../src/client/registry.ts';
import type { PublishedFiles } from '../../helpers/published-registry.ts';
import { directoryRegistry, namedRegistry, opened, registriesBy, withArtifact } from '../../helpers/lock-project.ts';
import { registryHost } from '../../helpers/registry-host.ts';
import { failureOf, type Failure } from '../../helpers/rejection.ts';
import { scratch } from '../../helpers/scratch.ts';

const FILES = namedRegistry('community', { nginx: ['1.2.0', '1.3.1'], redis: ['7.0.0', '7.2.0'] });
const PROJECT = { packs: { redis: '7.x', nginx: '1.x' } };

async function locked(files: PublishedFiles = FILES): Promise<PackyardLock> {
  return (await planLock(PROJECT, undefined, await directoryRegistry(files))).lock;
}

/** The registry with newer releases, which a lock does not care about. */
const NEWER = namedRegistry('community', { nginx: ['1.2.0', '1.3.1', '1.4.0'], redis: ['7.0.0', '7.2.0', '7.4.0'] });

test('are those that were pinned, by name, from any address', async () => {
  const lock = await locked();
  const host = await registryHost({ files: NEWER });
  for (const registry of [await directoryRegistry(NEWER), await opened(`${host.url}/`)]) {
    const releases = await lockedReleases(PROJECT, lock, registry);
    expect(releases.map(({ name, release }) => `${name} ${release.version}`)).toEqual(['nginx 1.3.1', 'redis 7.2.0']);
    const [{ release, pin }] = releases as [(typeof releases)[number]];
    expect(release.artifact).toMatchObject({ sha256: pin.sha256, contentSha256: pin.contentSha256, size: pin.size });
    const file = await registry.fetchFile(release.artifact.path, release.artifact);
    expect(file.size).toBe(pin.size);
  }
});

test('are there offline where the cache has the documents', async () => {
  const lock = await locked();
  const host = await registryHost({ files: NEWER });
  const cache = await scratch();
  await lockedReleases(PROJECT, lock, await opened(host.url, { cache }));
  host.asked();
  const offline = await opened(host.url, { cache, offline: true });
  const releases = await lockedReleases(PROJECT, lock, offline);
  expect(releases.map(({ release }) => release.version)).toEqual(['1.3.1', '7.2.0']);
  expect(host.asked()).toEqual([]);
});

test('come from the registry that the project names', async () => {
  const acme = namedRegistry('acme', { nginx: ['1.9.0'] });
  const registries = registriesBy({ default: await directoryRegistry(FILES), internal: await directoryRegistry(acme) });
  const project = { packs: { redis: '7.x', nginx: { version: '1.x', registry: 'internal' } } };
  const { lock } = await planLock(project, undefined, registries);
  const releases = await lockedReleases(project, lock, registries);
  expect(releases.map(({ release, registry, pin }) => [release.version, registry, pin.registry])).toEqual([
    ['1.9.0', await registries('internal'), 'acme'],
    ['7.2.0', await registries(undefined), 'community'],
  ]);
});

test('are only those of some names, whatever is with the others', async () => {
  const lock = await locked();
  const project = { packs: { ...PROJECT.packs, caddy: '2.x', redis: '6.x' } };
  const registry = await directoryRegistry(FILES);
  const releases = await lockedReleases(project, lock, registry, { names: ['nginx'] });
  expect(releases.map(({ name }) => name)).toEqual(['nginx']);
  expect(await failureOf(lockedReleases(project, lock, registry, { names: ['nginx', 'ngnix'] }))).toEqual({
    code: 'unknown-pack',
    message: 'packyard.json names no pack "ngnix".',
    hint: 'Did you mean nginx?',
  });
});

describe('are refused', () => {
  async function refusal(
    files: PublishedFiles,
    options: LockedReleasesOptions = {},
    lock?: PackyardLock,
  ): Promise<Failure> {
    return failureOf(lockedReleases(PROJECT, lock ?? (await locked()), await directoryRegistry(files), options));
  }

  test('where the lock and the project disagree', async () => {
    const { packs } = await locked();
    const nginx = packs.get('nginx');
    if (nginx === undefined) throw new Error('nginx is not locked');
    const lock = {
      packs: new Map([
        ['nginx', { ...nginx, selector: '0.x' }],
        ['caddy', nginx],
      ]),
    };
    expect(await refusal(FILES, {}, lock)).toEqual({
      code: 'lock-outdated',
      message: [
        'packyard.lock has nginx 1.3.1, chosen for "0.x", but packyard.json asks for "1.x".',
        'packyard.lock has no release of redis, which packyard.json names.',
        'packyard.lock has the pack caddy, which packyard.json does not name.',
      ].join('\n'),
      hint: 'Run "packyard lock".',
    });
    const edited = { packs: new Map(packs).set('nginx', { ...nginx, version: '2.0.0' }) };
    expect((await refusal(FILES, {}, edited)).message).toBe(
      'packyard.lock has nginx 2.0.0, which "1.x" does not mean.',
    );
  });

  test('where the registry has another content, which is worse than what is gone', async () => {
    const gone = namedRegistry('community', { redis: ['7.2.0'] });
    const changed = withArtifact(gone, 'redis', '7.2.0', ({ artifact }) => ({
      artifact: { ...artifact, contentSha256: '9'.repeat(64) },
    }));
    const { code, message } = await refusal(changed);
    expect(code).toBe('registry-damaged');
    expect(message).toMatch(
      /^redis 7\.2\.0 of the registry at .* is not what packyard\.lock pins: .*\nnginx 1\.3\.1, which packyard\.lock pins, is not in the registry at /u,
    );
  });

  test('where the registry replaced the content', async () => {
    const lock = await locked();
    const { contentSha256 = '' } = lock.packs.get('redis') ?? {};
    const files = withArtifact(FILES, 'redis', '7.2.0', ({ artifact }) => ({
      artifact: { ...artifact, contentSha256: '9'.repeat(64) },
      supersedes: [{ contentSha256, message: 'It had a bug.', commit: 'a'.repeat(40) }],
    }));
    const { code, message, hint } = await refusal(files);
    expect(code).toBe('registry-damaged');
    expect(message).toMatch(/The registry replaced it, and says why: It had a bug\.$/u);
    expect(hint).toBe('If that is a good reason, take the new content: packyard update redis');
  });

  test('where another registry has another content', async () => {
    const other = namedRegistry('acme', {
      nginx: [{ version: '1.3.1', files: { 'values.yaml': 'pack: {}\n' } }],
      redis: ['7.2.0'],
    });
    expect(await refusal(other)).toEqual({
      code: 'lock-outdated',
      message: expect.stringMatching(
        /^packyard\.lock pins nginx 1\.3\.1 of the registry community\. .* is the registry acme, and has another content under that version\.$/u,
      ) as string,
      hint: 'If that registry is meant, choose a release of it: packyard update nginx',
    });
  });

  test('where a release was yanked, unless that is allowed', async () => {
    const status = { state: 'yanked', reason: 'CVE-2026-1234', at: '2026-05-01' } as const;
    const files = withArtifact(FILES, 'nginx', '1.3.1', () => ({ status }));
    expect(await refusal(files)).toEqual({
      code: 'yanked',
      message: 'nginx 1.3.1 is yanked since 2026-05-01: CVE-2026-1234. packyard.lock pins it.',
      hint: 'Choose another release. Where packyard.json allows one: packyard update nginx. To take it all the same, add --allow-yanked.',
    });
    const warnings: ClientWarning[] = [];
    const onWarning = (warning: ClientWarning): void => void warnings.push(warning);
    const registry = await directoryRegistry(files);
    expect(await lockedReleases(PROJECT, await locked(), registry, { allowYanked: true, onWarning })).toHaveLength(2);
    expect(warnings).toEqual([{ code: 'yanked', message: 'nginx 1.3.1 is yanked since 2026-05-01: CVE-2026-1234.' }]);
  });

  test('where the very archive is wanted, and was compressed anew', async () => {
    const files = withArtifact(FILES, 'nginx', '1.3.1', ({ artifact }) => ({
      artifact: { ...artifact, sha256: '8'.repeat(64) },
    }));
    const lock = await locked();
    expect(await lockedReleases(PROJECT, lock, await directoryRegistry(files))).toHaveLength(2);
    expect(await refusal(files, { archives: true }, lock)).toEqual({
      code: 'lock-outdated',
      message: `The archive of nginx 1.3.1 was compressed anew: its SHA-256 is ${'8'.repeat(64)}, and packyard.lock pins ${lock.packs.get('nginx')?.sha256}.`,
      hint: 'Its content is the same, so it can be unpacked. To pin the new archive: packyard update nginx',
    });
  });

  test('where the registry has another content, also when its index cannot be had to tell its name', async () => {
    const files = withArtifact(FILES, 'nginx', '1.3.1', ({ artifact }) => ({
      artifact: { ...artifact, contentSha256: '9'.repeat(64) },
    }));
    const host = await registryHost({ files: new Map([...files].filter(([path]) => path !== 'index.json')) });
    const registry = await opened(host.url, { direct: true });
    const failure = await failureOf(lockedReleases(PROJECT, await locked(), registry));
    expect(failure.code).toBe('registry-damaged');
    expect(failure.message).toMatch(/The registry does not say that it replaced it\.$/u);
  });

  test('where the registry cannot be read', async () => {
    const host = await registryHost({ files: new Map() });
    const failure = await failureOf(lockedReleases(PROJECT, await locked(), await opened(host.url)));
    expect(failure.code).toBe('registry-not-found');
  });

  test('where the signal says so', async () => {
    const signal = AbortSignal.abort(new Error('enough'));
    const work = lockedReleases(PROJECT, await locked(), await directoryRegistry(FILES), { signal });
    await expect(work).rejects.toThrow('enough');
  });
});
