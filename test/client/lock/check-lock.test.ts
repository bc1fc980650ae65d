import { expect, test } from 'vitest';

import { checkLock } from '../../../src/client/lock/check-lock.ts';
import { planLock } from '../../../src/client/lock/plan-lock.ts';
import { directoryRegistry, namedRegistry, withArtifact } from '../../helpers/lock-project.ts';
import { failureOf } from '../../helpers/rejection.ts';

const FILES = namedRegistry('community', { caddy: ['2.7.0'], nginx: ['1.2.0', '1.3.1'], redis: ['7.0.0'] });
const PROJECT = { packs: { caddy: '*', nginx: '1.x', redis: '*' } };

test('a lock that was just made has no problem, also when there are newer releases', async () => {
  const { lock } = await planLock(PROJECT, undefined, await directoryRegistry(FILES));
  const newer = namedRegistry('community', { caddy: ['2.7.0', '3.0.0'], nginx: ['1.3.1', '1.4.0'], redis: ['7.0.0'] });
  expect(await checkLock(PROJECT, lock, await directoryRegistry(newer))).toEqual([]);
});

test('all problems are found, by name', async () => {
  const { lock } = await planLock(PROJECT, undefined, await directoryRegistry(FILES));
  const status = { state: 'disabled', reason: 'no images', at: '2026-05-01' } as const;
  const yanked = withArtifact(
    namedRegistry('community', { nginx: ['1.3.1'], redis: ['7.0.0'] }),
    'nginx',
    '1.3.1',
    () => ({
      status,
    }),
  );
  const files = withArtifact(yanked, 'redis', '7.0.0', ({ artifact }) => ({
    artifact: { ...artifact, contentSha256: '9'.repeat(64) },
  }));
  const project = { packs: { nginx: '*', redis: '*', vault: '*' } };
  const problems = await checkLock(project, lock, await directoryRegistry(files));
  expect(problems.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    'caddy unwanted',
    'nginx other-versions',
    'nginx withdrawn',
    'redis changed',
    'vault unlocked',
  ]);
  const gone = await checkLock({ packs: { caddy: '*' } }, lock, await directoryRegistry(files));
  expect(gone.filter(({ name }) => name === 'caddy').map(({ kind }) => kind)).toEqual(['gone']);
});

test('a lock that is not there is out of date where there is something to lock', async () => {
  const registry = await directoryRegistry(FILES);
  expect(await checkLock({ packs: {} }, undefined, registry)).toEqual([]);
  expect(await failureOf(checkLock(PROJECT, undefined, registry))).toEqual({
    code: 'lock-outdated',
    message: 'There is no packyard.lock beside packyard.json.',
    hint: 'Make it with "packyard lock", and commit it.',
  });
});
