import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { lockText, type PackyardLock } from '../../../src/client/lock/packyard-lock.ts';
import { planLock, type LockOptions } from '../../../src/client/lock/plan-lock.ts';
import type { LockableProject } from '../../../src/client/lock/wanted-packs.ts';
import type { ClientWarning } from '../../../src/client/registry.ts';
import { directoryRegistry, namedRegistry, opened, registriesBy, withArtifact } from '../../helpers/lock-project.ts';
import { registryHost } from '../../helpers/registry-host.ts';
import { failureOf } from '../../helpers/rejection.ts';

const COMMUNITY = namedRegistry('community', {
  nginx: ['1.2.0', '1.3.1', '2.0.0', '3.0.0-rc.1'],
  redis: ['6.2.0', '7.0.0', { version: '7.2.0', publishedAt: '2026-06-01T00:00:00Z' }],
  caddy: ['2.7.0', { version: '2.8.0', status: { state: 'yanked', reason: 'It loses data.', at: '2026-05-01' } }],
});
const ACME = namedRegistry('acme', { nginx: ['1.2.0', '9.9.9'], portal: ['0.1.0'] });

const versions = ({ packs }: PackyardLock): object =>
  Object.fromEntries([...packs].map(([name, { version, registry }]) => [name, `${version} of ${registry}`]));

test('each pack is locked, whether the registry is a directory or a host', async () => {
  const project = { packs: { redis: '7.x', nginx: 'latest', caddy: { version: '2.x' } } };
  const host = await registryHost({ files: COMMUNITY });
  const plans = await Promise.all(
    [await directoryRegistry(COMMUNITY), await opened(host.url)].map((registry) =>
      planLock(project, undefined, registry),
    ),
  );
  for (const { lock, changes } of plans) {
    expect(versions(lock)).toEqual({
      caddy: '2.7.0 of community',
      nginx: '2.0.0 of community',
      redis: '7.2.0 of community',
    });
    expect(changes.map(({ name, kind }) => `${kind} ${name}`)).toEqual(['added caddy', 'added nginx', 'added redis']);
  }
  const [first, second] = plans.map(({ lock }) => lockText(lock));
  expect(first).toBe(second);
  expect(first).not.toContain('127.0.0.1');
});

test('packs come from the registries that the project names', async () => {
  const registries = registriesBy({
    default: await directoryRegistry(COMMUNITY),
    internal: await directoryRegistry(ACME),
  });
  const packs = {
    redis: '*',
    nginx: { version: '1.x || 9.x', registry: 'internal' },
    portal: { registry: 'internal' },
  };
  const { lock } = await planLock({ packs }, undefined, registries);
  expect(versions(lock)).toEqual({ nginx: '9.9.9 of acme', portal: '0.1.0 of acme', redis: '7.2.0 of community' });
});

test('what is not named any more goes', async () => {
  const registry = await directoryRegistry(COMMUNITY);
  const { lock } = await planLock({ packs: { redis: '6.x', nginx: '1.x' } }, undefined, registry);
  const { lock: next, changes } = await planLock({ packs: { nginx: '1.x' } }, lock, registry);
  expect(versions(next)).toEqual({ nginx: '1.3.1 of community' });
  expect(changes).toEqual([
    expect.objectContaining({ name: 'nginx', kind: 'unchanged' }),
    { name: 'redis', kind: 'removed', from: { version: '6.2.0', registry: 'community' } },
  ]);
});

describe('moving', () => {
  const OLD = { packs: { nginx: '<2', redis: '<7' } };
  const NEW = { packs: { nginx: '>=1', redis: '>=6' } };
  const planned = async (move: LockOptions['move']): Promise<object> => {
    const registry = await directoryRegistry(COMMUNITY);
    const { lock } = await planLock(OLD, undefined, registry);
    return versions((await planLock(NEW, lock, registry, move === undefined ? {} : { move })).lock);
  };

  test('moves all, some, or none', async () => {
    expect(await planned('all')).toEqual({ nginx: '2.0.0 of community', redis: '7.2.0 of community' });
    expect(await planned(['redis'])).toEqual({ nginx: '1.3.1 of community', redis: '7.2.0 of community' });
    expect(await planned([])).toEqual({ nginx: '1.3.1 of community', redis: '6.2.0 of community' });
    expect(await planned(undefined)).toEqual({ nginx: '1.3.1 of community', redis: '6.2.0 of community' });
  });

  test('refuses what the project does not name', async () => {
    expect(await failureOf(planned(['redsi']))).toEqual({
      code: 'unknown-pack',
      message: 'packyard.json names no pack "redsi".',
      hint: 'Did you mean redis?',
    });
    const hintFor = async (name: string): Promise<unknown> => (await failureOf(planned([name]))).hint;
    expect(await hintFor('redis@7.x')).toBe('Write redis alone. To ask for other versions: packyard lock redis@7.x');
    expect(await hintFor('portal')).toBe('To add it: packyard lock portal');
    expect(await failureOf(planned(['portal\u001b[31m']))).toEqual({
      code: 'unknown-pack',
      message: 'packyard.json names no pack "portal\\u001b[31m".',
      hint: 'Names are as they stand there, without versions.',
    });
  });
});

describe('the least age', () => {
  const now = (): Date => new Date('2026-06-02T00:00:00Z');

  test.each<[what: string, project: LockableProject, options: LockOptions, version: string]>([
    ['of the project counts', { packs: { redis: '*' }, minAge: '3d' }, {}, '7.0.0'],
    ['of the pack goes before it', { packs: { redis: { minAge: '1h' } }, minAge: '3d' }, {}, '7.2.0'],
    ['of the pack counts', { packs: { redis: { minAge: '2w' } } }, {}, '7.0.0'],
    ['that is given goes before both', { packs: { redis: { minAge: '2w' } }, minAge: '3d' }, { minAge: 0 }, '7.2.0'],
  ])('%s', async (_, project, options, version) => {
    const warnings: ClientWarning[] = [];
    const registry = await directoryRegistry(COMMUNITY);
    const onWarning = (warning: ClientWarning): void => void warnings.push(warning);
    const { lock } = await planLock(project, undefined, registry, { ...options, now, onWarning });
    expect(versions(lock)).toEqual({ redis: `${version} of community` });
    expect(warnings.map(({ code }) => code)).toEqual(version === '7.0.0' ? ['min-age'] : []);
  });

  test('that is none is refused', async () => {
    const registry = await directoryRegistry(COMMUNITY);
    const hint = 'Write a whole number and w, d, h or m, for weeks, days, hours or minutes: 3d, 12h, 2w.';
    const packs = { redis: '*', nginx: '*' };
    expect(await failureOf(planLock({ packs, minAge: 'soon' }, undefined, registry))).toEqual({
      code: 'project-invalid',
      message: 'The "minAge" of packyard.json is wrong: "soon" is no span of time.',
      hint,
    });
    expect(await failureOf(planLock({ packs: { redis: { minAge: '-1d' } } }, undefined, registry))).toEqual({
      code: 'project-invalid',
      message: 'The "minAge" of redis in packyard.json is wrong: "-1d" is no span of time.',
      hint,
    });
  });
});

describe('where packs fail', () => {
  test('the error names them all', async () => {
    const registry = await directoryRegistry(COMMUNITY);
    const packs = { nginx: '99.x', redis: '7.x', nginks: '*', caddy: '2.8.0' };
    const { code, message, hint } = await failureOf(planLock({ packs }, undefined, registry));
    expect({ code, hint }).toEqual({ code: 'yanked', hint: expect.stringContaining('--allow-yanked') as string });
    expect(message.split('\n')).toEqual([
      'caddy 2.8.0 is yanked since 2026-05-01: It loses data.',
      expect.stringContaining('has no pack "nginks"'),
      'The pack "nginx" has no release that "99.x" means.',
    ]);
  });

  test('the worst comes first', async () => {
    const before = await directoryRegistry(COMMUNITY);
    const { lock } = await planLock({ packs: { nginx: '1.x', redis: '*' } }, undefined, before);
    const files = withArtifact(COMMUNITY, 'redis', '7.2.0', ({ artifact }) => ({
      artifact: { ...artifact, contentSha256: '9'.repeat(64) },
    }));
    const packs = { caddy: '9.x', nginx: '9.x', redis: '*' };
    const { code, message } = await failureOf(planLock({ packs }, lock, await directoryRegistry(files)));
    expect(code).toBe('registry-damaged');
    expect(message.split('\n').map((line) => line.split(' ').slice(0, 4).join(' '))).toEqual([
      'redis 7.2.0 of the',
      'The pack "caddy" has',
      'The pack "nginx" has',
    ]);
  });

  test('what stood in the way of finding out comes before what was found', async () => {
    const registry = await directoryRegistry(COMMUNITY);
    const packs = { caddy: '99.x', nginx: { version: '*', minAge: 'soon' } };
    expect(await failureOf(planLock({ packs }, undefined, registry))).toMatchObject({ code: 'project-invalid' });
  });

  test('a message does not get longer and longer', async () => {
    const registry = await directoryRegistry(COMMUNITY);
    const packs = Object.fromEntries(Array.from({ length: 40 }, (_, index) => [`pack-${index}`, '*']));
    const { message } = await failureOf(planLock({ packs }, undefined, registry));
    expect(message.split('\n')).toHaveLength(11);
    expect(message.split('\n').at(-1)).toBe('And 30 more.');
  });

  test('the reason of a signal is given', async () => {
    const registry = await directoryRegistry(COMMUNITY);
    const signal = AbortSignal.abort(new Error('enough'));
    await expect(planLock({ packs: { nginx: '*' } }, undefined, registry, { signal })).rejects.toThrow('enough');
  });
});

describe('whatever a project asks for', () => {
  const selector = fc.constantFrom(
    '*',
    'latest',
    '1.x',
    '>=1',
    '<2',
    '2.x',
    '>=6',
    '7.x',
    '7.0.0',
    '2.7.0',
    '1.x || 7.x',
  );
  const packs = fc.dictionary(fc.constantFrom('nginx', 'redis', 'caddy'), selector, { noNullPrototype: true });

  test('a lock is made again as it is, and however its packs are ordered', async () => {
    const registry = await directoryRegistry(COMMUNITY);
    await fc.assert(
      fc.asyncProperty(packs, packs, fc.boolean(), async (before, after, move) => {
        const first = await planned(before, undefined);
        const options: LockOptions = move ? { move: 'all' } : {};
        const next = await planned(after, first, options);
        fc.pre(next !== undefined);
        const again = await planned(after, next, options);
        expect(lockText(again ?? NOTHING)).toBe(lockText(next ?? NOTHING));
        const reversed = await planned(Object.fromEntries(Object.entries(after).toReversed()), first, options);
        expect(lockText(reversed ?? NOTHING)).toBe(lockText(next ?? NOTHING));
        for (const [name, pin] of next?.packs ?? []) {
          const kept = first?.packs.get(name);
          if (!move && kept?.selector === pin.selector) expect(pin).toEqual(kept);
        }
      }),
      { numRuns: 200 },
    );

    async function planned(
      wishes: Readonly<Record<string, string>>,
      lock: PackyardLock | undefined,
      options: LockOptions = {},
    ): Promise<PackyardLock | undefined> {
      return planLock({ packs: wishes }, lock, registry, options).then(
        (plan) => plan.lock,
        () => undefined,
      );
    }
  });
});

const NOTHING: PackyardLock = { packs: new Map() };
