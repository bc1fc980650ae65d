import { expect, test } from 'vitest';

import { openRegistry } from '../../../src/client/open-registry.ts';
import type { OpenRegistryOptions } from '../../../src/client/open-registry-options.ts';
import { faultServer, type Fault, type FaultServer } from '../../helpers/fault-server.ts';
import { scratch } from '../../helpers/scratch.ts';
import * as faults from './faults.ts';
import { artifact, HASTY, hostWith, outcomeAt, readAll, served, type Place } from './outcome.ts';

const FAULTS: Readonly<Record<string, Fault>> = {
  'cut in the middle': faults.truncated(),
  'other bytes': faults.otherBytes,
  'an empty body': faults.empty,
  'a login page': faults.portal,
  '401': faults.status(401),
  '404': faults.status(404),
  '503': faults.status(503),
  'no HTTP': faults.notHttp,
  'a redirect to itself': faults.redirect((path, url) => `${url}${path}`),
};

/** What is said when the registry's own address fails with one file, and a mirror does not. */
async function withMirror(on: Place, fault: Fault): Promise<string> {
  const [host, mirror] = [await hostWith({ on, rest: fault }), await hostWith({ on: 'index' })];
  const warnings: string[] = [];
  const options: OpenRegistryOptions = { mirrors: [mirror.url], onWarning: ({ code }) => void warnings.push(code) };
  const said = (await outcomeAt(host.url, await scratch(), options)).replace(/: .*/su, '');
  return [said, ...warnings].join(', ');
}

test.each(['index', 'document', 'artifact'] as const)('a mirror takes over where the %s cannot be had', async (on) => {
  const entries = Object.entries(FAULTS).map(async ([name, fault]) => [name, await withMirror(on, fault)] as const);
  const said = Object.fromEntries(await Promise.all(entries));
  for (const [name, text] of Object.entries(said)) {
    // What one place does not have yet, is no failure of it.
    if (on === 'artifact' && name === '404') continue;
    expect({ name, text }).toEqual({ name, text: expect.stringMatching(/^done(?:, mirror-(?:failed|damaged))?$/u) });
  }
  const bytes = said['other bytes'];
  expect(bytes).toMatch(on === 'index' ? /mirror-failed$/u : /mirror-damaged$/u);
});

test('a mirror is not asked where all is well', async () => {
  const [host, mirror] = [await hostWith({ on: 'index' }), await hostWith({ on: 'index' })];
  expect(await outcomeAt(host.url, await scratch(), { mirrors: [mirror.url] })).toBe('done');
  expect(mirror.requests).toHaveLength(0);
});

test('when all fail, the first says why', async () => {
  const host = await hostWith({ on: 'artifact', rest: faults.status(403) });
  const mirror = await hostWith({ on: 'artifact', rest: faults.otherBytes });
  expect(await outcomeAt(host.url, await scratch(), { mirrors: [mirror.url] })).toMatch(
    new RegExp(`^registry-denied: ${host.url}/packs/`, 'u'),
  );
});

const TOKEN = 'Bearer s3cr3t';

/** Which requests of a host carried which credentials. */
function credentialsAt({ requests }: FaultServer): string[] {
  return requests.map(({ headers }) => `${headers.authorization} ${headers['x-token']}`);
}

const KEYS: OpenRegistryOptions = { ...HASTY, headers: { authorization: TOKEN, 'x-token': 's3cr3t' } };

test.each(['index', 'document', 'artifact'] as const)(
  'credentials do not follow a redirect of the %s to another origin',
  async (on) => {
    const other = await hostWith({ on: 'index' });
    const host = await hostWith({ on, rest: faults.redirect((path) => `${other.url}/${path}`) });
    const registry = await openRegistry(host.url, { ...KEYS, cache: await scratch() });
    expect((await readAll(registry)).equals(artifact)).toBe(true);
    expect(credentialsAt(host)).toEqual([`${TOKEN} s3cr3t`, `${TOKEN} s3cr3t`, `${TOKEN} s3cr3t`]);
    expect(credentialsAt(other)).toEqual(['undefined undefined']);
  },
);

test('credentials of a registry are not those of its mirrors', async () => {
  const host = await hostWith({ on: 'index', rest: faults.status(503) });
  const [plain, known] = [await hostWith({ on: 'index', rest: faults.status(401) }), await hostWith({ on: 'index' })];
  const registry = await openRegistry(host.url, {
    ...KEYS,
    cache: await scratch(),
    mirrors: [plain.url, known.url],
    mirrorHeaders: { [known.url]: { authorization: 'Bearer other' } },
  });
  expect((await readAll(registry)).equals(artifact)).toBe(true);
  expect(new Set(credentialsAt(plain))).toEqual(new Set(['undefined undefined']));
  expect(new Set(credentialsAt(known))).toEqual(new Set(['Bearer other undefined']));
});

test('no message holds credentials', async () => {
  for (const fault of Object.values(FAULTS)) {
    const host = await hostWith({ on: 'artifact', rest: fault });
    const url = host.url.replace('://', '://me:s3cr3t@');
    expect(await outcomeAt(url, await scratch(), { headers: { 'x-token': 's3cr3t' } })).not.toMatch(/s3cr3t|me:/u);
  }
});

test('a registry that is published anew in between is read in its new state', async () => {
  const { files, paths } = served;
  const renamed = new Map([...files].filter(([path]) => path !== paths.document));
  const bytes = Buffer.concat([files.get(paths.document) ?? Buffer.alloc(0), Buffer.from('\n')]);
  const { createHash } = await import('node:crypto');
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  renamed.set(`packs/demo/${sha256}.json`, bytes);
  const old = /packs\/demo\/([0-9a-f]{64})\.json/u.exec(paths.document)?.[1] ?? '';
  const index = Buffer.from((files.get(paths.index) ?? '').toString().replaceAll(old, sha256));
  renamed.set(paths.index, index);
  const before = files.get(paths.index) ?? Buffer.alloc(0);
  const host = await faultServer(renamed, (path, nth) =>
    path === paths.index && nth === 0 ? ({ response }) => response.writeHead(200).end(before) : undefined,
  );
  expect(await outcomeAt(host.url, await scratch())).toBe('done');
  expect(host.asked(paths.index)).toBe(2);
});
