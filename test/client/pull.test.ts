import { mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, test } from 'vitest';

import { openRegistry } from '../../src/client/open-registry.ts';
import type { OpenRegistryOptions } from '../../src/client/open-registry-options.ts';
import { applyPull } from '../../src/client/pull/apply-pull.ts';
import { planPull } from '../../src/client/pull/plan-pull.ts';
import { PullError } from '../../src/client/pull/pull-error.ts';
import type { PullEvent } from '../../src/client/pull/pull-plan.ts';
import { pull } from '../../src/client/pull.ts';
import { PackyardError } from '../../src/errors.ts';
import { packsRegistry } from '../helpers/packs-registry.ts';
import { writePublished } from '../helpers/published-registry.ts';
import { registryHost, type RegistryHost, type RegistryHostOptions } from '../helpers/registry-host.ts';
import { filesOf } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';

const NOISE = Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * index * 31) % 251));
const PACKS = {
  nginx: [{ version: '1.3.1', files: { 'values.yaml': 'pack: {}\n', 'files/noise.bin': NOISE } }, '1.2.0'],
  redis: ['7.0.0'],
  old: [{ version: '1.0.0', status: { state: 'deprecated', reason: 'Too old' } }],
} as const;
const NGINX = 'packs/nginx/1.3.1/nginx-1.3.1.tar.gz';

const TRY_ONCE: OpenRegistryOptions = { cache: false, retries: { tries: 1, delay: 1, longestDelay: 1 } };

async function host(options: RegistryHostOptions = {}): Promise<RegistryHost> {
  return registryHost({ files: packsRegistry(PACKS), ...options });
}

async function pullError(work: Promise<unknown>): Promise<PullError> {
  const error: unknown = await work.then(
    () => expect.fail('it did not reject'),
    (reason: unknown) => reason,
  );
  return error instanceof PullError ? error : Promise.reject(error);
}

describe.each(['over HTTP', 'from a directory'])('%s', (way) => {
  const location = async (): Promise<string> => {
    if (way === 'over HTTP') return (await host()).url;
    const directory = await scratch();
    writePublished(packsRegistry(PACKS), directory);
    return directory;
  };

  test('packs are unpacked, each into its folder, in the order that was asked for', async () => {
    const registry = await openRegistry(await location(), { cache: false });
    const directory = join(await scratch(), 'new', 'packs');
    const result = await pull(registry, ['redis', 'nginx', 'nginx@1.2.x', 'nginx:latest'], { directory });
    expect(result.packs.map(({ name, version, outcome, target }) => [name, version, outcome, target])).toEqual([
      ['redis', '7.0.0', 'created', join(directory, 'redis-7.0.0')],
      ['nginx', '1.3.1', 'created', join(directory, 'nginx-1.3.1')],
      ['nginx', '1.2.0', 'created', join(directory, 'nginx-1.2.0')],
    ]);
    expect(filesOf(directory)).toEqual([
      'nginx-1.2.0/values.yaml',
      'nginx-1.3.1/files/noise.bin',
      'nginx-1.3.1/values.yaml',
      'redis-7.0.0/values.yaml',
    ]);
    expect(readFileSync(join(directory, 'nginx-1.3.1/files/noise.bin'))).toEqual(NOISE);
    const again = await pull(registry, ['redis'], { directory });
    expect(again.packs.map(({ outcome }) => outcome)).toEqual(['unchanged']);
    await registry.close();
  });

  test('archives are kept, byte for byte, and not fetched again where they are', async () => {
    const registry = await openRegistry(await location(), { cache: false });
    const directory = await scratch();
    const { packs } = await pull(registry, ['nginx'], { directory, archive: true });
    expect(packs).toMatchObject([{ outcome: 'created', target: join(directory, 'nginx-1.3.1.tar.gz') }]);
    expect(readFileSync(join(directory, 'nginx-1.3.1.tar.gz'))).toEqual(packsRegistry(PACKS).get(NGINX));
    const { received } = { received: registry.transferred };
    const before = JSON.stringify(received);
    const again = await pull(registry, ['nginx'], { directory, archive: true });
    expect(again.packs).toMatchObject([{ outcome: 'unchanged' }]);
    expect(JSON.stringify(registry.transferred)).toBe(before);
    await registry.close();
  });
});

test('what was changed stays, unless it is forced', async () => {
  const registry = await openRegistry((await host()).url, { cache: false });
  const directory = await scratch();
  await pull(registry, ['redis'], { directory });
  await pull(registry, ['redis'], { directory, archive: true });
  const values = join(directory, 'redis-7.0.0', 'values.yaml');
  writeFileSync(values, 'mine\n');
  writeFileSync(join(directory, 'redis-7.0.0.tar.gz'), 'mine\n');
  for (const archive of [false, true]) {
    const error = await pullError(pull(registry, ['redis'], { directory, archive }));
    expect(error.code).toBe('local-changes');
  }
  expect(readFileSync(values, 'utf8')).toBe('mine\n');
  for (const archive of [false, true]) {
    const { packs } = await pull(registry, ['redis'], { directory, archive, force: true });
    expect(packs).toMatchObject([{ outcome: 'replaced' }]);
  }
  expect(readFileSync(values, 'utf8')).toBe('pack: redis 7.0.0\n');
  expect(readdirSync(directory).toSorted()).toEqual(['redis-7.0.0', 'redis-7.0.0.tar.gz']);
  await registry.close();
});

test('one that fails does not stop the others; all failures are told together', async () => {
  const broken = Buffer.alloc(100, 'something else');
  const { files, url } = await host();
  files.set('packs/nginx/1.2.0/nginx-1.2.0.tar.gz', broken);
  const registry = await openRegistry(url, TRY_ONCE);
  const directory = await scratch();
  mkdirSync(join(directory, 'old-1.0.0'));
  writeFileSync(join(directory, 'old-1.0.0', 'mine'), '');
  const error = await pullError(pull(registry, ['nope', 'nginx@1.2.0', 'redis', 'old', 'nginx'], { directory }));
  expect(error.failures.map(({ references, error: each }) => [references, (each as PackyardError).code])).toEqual([
    [['nope'], 'unknown-pack'],
    [['nginx@1.2.0'], 'registry-damaged'],
    [['old'], 'local-changes'],
  ]);
  expect(error.result.packs.map(({ name, version }) => `${name} ${version}`)).toEqual(['redis 7.0.0', 'nginx 1.3.1']);
  expect(error.code).toBe('unknown-pack');
  expect(error.message).toMatch(/ \(and 2 more could not be pulled\)$/u);
  expect(readdirSync(directory).toSorted()).toEqual(['nginx-1.3.1', 'old-1.0.0', 'redis-7.0.0']);
  await registry.close();
});

test('one that fails alone is told in its own words', async () => {
  const registry = await openRegistry((await host()).url, TRY_ONCE);
  const error = await pullError(pull(registry, ['nginx@9.x']));
  expect([error.name, error.code, error.message, error.hint]).toEqual([
    'PullError',
    'no-version',
    'The pack "nginx" has no release that "9.x" means.',
    'It has 1.3.1, 1.2.0.',
  ]);
  expect(error.cause).toBe(error.failures[0]?.error);
  await registry.close();
});

test('no more packs at once than told', async () => {
  let now = 0;
  let most = 0;
  const { url } = await host({
    first: (request, response) => {
      if (request.url?.endsWith('.tar.gz') !== true) return false;
      now += 1;
      most = Math.max(most, now);
      response.on('close', () => (now -= 1));
      return false;
    },
  });
  const registry = await openRegistry(url, { cache: false });
  await pull(registry, ['nginx', 'nginx@1.2.x', 'redis', 'old'], { directory: await scratch(), width: 2 });
  expect(most).toBeLessThanOrEqual(2);
  await registry.close();
});

describe('what happens meanwhile', () => {
  test('can be iterated', async () => {
    const registry = await openRegistry((await host()).url, { cache: false });
    const events: PullEvent[] = [];
    const operation = pull(registry, ['nginx', 'old'], { directory: await scratch() });
    for await (const event of operation) events.push(event);
    const kinds = events.map(({ kind }) => kind);
    expect(kinds.slice(0, 2)).toEqual(['warning', 'planned']);
    expect(kinds.filter((kind) => kind === 'pulled')).toHaveLength(2);
    const received = events.flatMap((event) =>
      event.kind === 'received' && event.pack.name === 'nginx' ? [event.received] : [],
    );
    expect(received).toEqual(received.toSorted((a, b) => a - b));
    expect(received.at(-1)).toBe((await operation).packs[0]?.size);
    await registry.close();
  });

  test('is told to who listens, too', async () => {
    const registry = await openRegistry((await host()).url, { cache: false });
    const heard: PullEvent[] = [];
    const seen: PullEvent[] = [];
    const operation = pull(registry, ['nope', 'redis'], {
      directory: await scratch(),
      onProgress: (event) => heard.push(event),
    });
    await expect(
      (async () => {
        for await (const event of operation) seen.push(event);
      })(),
    ).rejects.toThrow(PullError);
    expect(heard).toEqual(seen);
    expect(heard.map(({ kind }) => kind)).toEqual(['planned', 'failed', 'received', 'pulled']);
    await registry.close();
  });
});

describe('stopped', () => {
  const stalling: RegistryHostOptions = {
    first: (request, response) => {
      if (request.url?.endsWith('nginx-1.3.1.tar.gz') !== true) return false;
      const bytes = packsRegistry(PACKS).get(NGINX) ?? Buffer.alloc(0);
      response.writeHead(200, { 'content-length': bytes.length }).write(bytes.subarray(0, 70_000));
      return true;
    },
  };

  test.each([true, false])('by the signal, nothing half-made stays (archive: %s)', async (archive) => {
    const registry = await openRegistry((await host(stalling)).url, TRY_ONCE);
    const directory = join(await scratch(), 'packs');
    const controller = new AbortController();
    const operation = pull(registry, ['nginx'], {
      directory,
      archive,
      signal: controller.signal,
      onProgress: ({ kind }) => {
        if (kind === 'received') controller.abort(new Error('stopped'));
      },
    });
    await expect(operation).rejects.toThrow('stopped');
    expect(() => readdirSync(directory)).toThrow('ENOENT');
    await registry.close();
  });

  test('by leaving the loop, the same', async () => {
    const registry = await openRegistry((await host(stalling)).url, TRY_ONCE);
    const directory = await scratch();
    const operation = pull(registry, ['redis', 'nginx'], { directory });
    for await (const event of operation) if (event.kind === 'received' && event.pack.name === 'nginx') break;
    expect(readdirSync(directory).filter((name) => name !== 'redis-7.0.0')).toEqual([]);
    await expect(operation).rejects.toThrow('left before it was done');
    await registry.close();
  });

  test('before it begins, nothing is asked for', async () => {
    const served = await host();
    const registry = await openRegistry(served.url, TRY_ONCE);
    const signal = AbortSignal.abort(new Error('stopped'));
    await expect(pull(registry, ['nginx'], { signal })).rejects.toThrow('stopped');
    expect(served.asked()).toEqual([]);
    await registry.close();
  });
});

test('a plan can be looked at first, and applied later', async () => {
  const served = await host();
  const registry = await openRegistry(served.url, { cache: false });
  const directory = await scratch();
  const plan = await planPull(registry, ['redis'], { directory });
  expect(readdirSync(directory)).toEqual([]);
  const { packs } = await applyPull(plan);
  expect(packs).toMatchObject([{ name: 'redis', outcome: 'created' }]);
  await registry.close();
});

test('an archive that is another one is an integrity failure, and nothing of it stays', async () => {
  const served = await host();
  served.files.set(NGINX, Buffer.from(served.files.get(NGINX)?.toReversed() ?? []));
  const registry = await openRegistry(served.url, TRY_ONCE);
  const directory = await scratch();
  for (const archive of [false, true]) {
    const error = await pullError(pull(registry, ['nginx'], { directory, archive }));
    expect(error.code).toBe('registry-damaged');
  }
  expect(readdirSync(directory)).toEqual([]);
  await registry.close();
});

test('a link in the place of a pack is not followed', async () => {
  const registry = await openRegistry((await host()).url, { cache: false });
  const [directory, elsewhere] = [await scratch(), await scratch()];
  symlinkSync(elsewhere, join(directory, 'redis-7.0.0'));
  const error = await pullError(pull(registry, ['redis'], { directory, force: true }));
  expect(error.code).toBe('output-foreign');
  expect(readdirSync(elsewhere)).toEqual([]);
  await registry.close();
});
