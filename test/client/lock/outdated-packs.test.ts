import { expect, test } from 'vitest';

import { outdatedLines, isBehind } from '../../../src/client/lock/outdated-lines.ts';
import { outdatedPacks, type OutdatedPack } from '../../../src/client/lock/outdated-packs.ts';
import { planLock } from '../../../src/client/lock/plan-lock.ts';
import { linesText } from '../../../src/client/view/pieces.ts';
import { directoryRegistry, namedRegistry } from '../../helpers/lock-project.ts';

const OLD = namedRegistry('community', {
  caddy: ['2.7.0'],
  nginx: ['1.2.0', '1.3.1'],
  redis: ['7.0.0'],
  traefik: ['1.0.0'],
  vault: ['1.0.0'],
});
const NEW = namedRegistry('community', {
  caddy: [{ version: '2.7.0', status: { state: 'yanked', reason: 'It loses\n data.', at: '2026-05-01' } }],
  nginx: ['1.2.0', '1.3.1', '1.4.0', '2.0.0'],
  redis: ['7.0.0', '8.0.0'],
  traefik: [{ version: '1.0.0', files: { 'values.yaml': 'pack: {}\n' } }],
  vault: ['1.0.0'],
});
const PROJECT = { packs: { nginx: '1.x', redis: '7.x', caddy: '2.x', vault: '*', traefik: '*' } };

const text = (packs: readonly OutdatedPack[]): string => linesText(outdatedLines(packs), (_, words) => words);

test('says what is locked, what fits, and what is newest', async () => {
  const { lock } = await planLock(PROJECT, undefined, await directoryRegistry(OLD));
  const project = { packs: { ...PROJECT.packs, fresh: '*', nothing: '*' } };
  const packs = await outdatedPacks(project, lock, await directoryRegistry(NEW));
  expect(text(packs)).toMatchInlineSnapshot(`
    "PACK     LOCKED  FITS   NEWEST  ASKED FOR  STATUS
    caddy    2.7.0   2.7.0  -       2.x        yanked since 2026-05-01: It loses data.
    fresh    -       -      -       *
    nginx    1.3.1   1.4.0  2.0.0   1.x
    nothing  -       -      -       *
    redis    7.0.0   7.0.0  8.0.0   7.x
    traefik  1.0.0   -      1.0.0   *
    vault    1.0.0   1.0.0  1.0.0   *
    "
  `);
  expect(packs.map(({ name, outdated, problem }) => [name, outdated, problem?.code])).toEqual([
    ['caddy', true, undefined],
    ['fresh', true, 'unknown-pack'],
    ['nginx', true, undefined],
    ['nothing', true, 'unknown-pack'],
    ['redis', false, undefined],
    ['traefik', true, 'registry-damaged'],
    ['vault', false, undefined],
  ]);
  expect(packs.filter(isBehind).map(({ name }) => name)).toEqual([
    'caddy',
    'fresh',
    'nginx',
    'nothing',
    'redis',
    'traefik',
  ]);
});

test('without a lock every pack is outdated', async () => {
  const packs = await outdatedPacks({ packs: { vault: '1.x' } }, undefined, await directoryRegistry(OLD));
  expect(packs).toEqual([
    {
      name: 'vault',
      selector: '1.x',
      fits: { version: '1.0.0', registry: 'community', publishedAt: '2026-01-01T00:00:00Z' },
      newest: { version: '1.0.0', registry: 'community', publishedAt: '2026-01-01T00:00:00Z' },
      outdated: true,
    },
  ]);
  expect(text(packs)).toBe('PACK   LOCKED  FITS   NEWEST  ASKED FOR\nvault  -       1.0.0  1.0.0   1.x\n');
});
