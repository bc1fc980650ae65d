import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { describe, expect, test } from 'vitest';

import { outcomeOf, runCli, startCli, type CliResult } from '../helpers/cli.ts';
import { gitRepository, type FileMap, type TestRepository } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { brokenLinks, readIndex, treeOf } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';

const DIE_AT = fileURLToPath(new URL('../helpers/die-at.mjs', import.meta.url));

interface Upgrade {
  readonly repository: TestRepository;
  readonly cache: string;
  /** The registry of the first commit, and a place for others. */
  readonly out: string;
  /** The registry that a build of the second commit must give. */
  readonly expected: Record<string, string>;
}

function packs(from: number, to: number): FileMap {
  const numbers = Array.from({ length: to - from }, (_, index) => from + index);
  return Object.assign({}, ...numbers.map((number) => packFiles(`packs/p${number}`, { name: `pack-${number}` })));
}

/** A registry, and a commit that adds to it, takes from it, and puts folders where files were. */
async function upgrade(): Promise<Upgrade> {
  const repository = await gitRepository(packs(0, 12));
  const removed = Object.fromEntries([0, 1, 2, 3].map((number) => [`packs/p${number}`, null]));
  repository.commit({ ...packs(12, 20), ...packFiles('packs/new', { name: 'pack-5', version: '2.0.0' }), ...removed });
  const cache = await scratch();
  const upgraded = { repository, cache, out: join(await scratch(), 'public'), expected: {} };
  await build({ ...upgraded, out: join(await scratch(), 'public') });
  const fresh = join(await scratch(), 'public');
  await build(upgraded, '--out', fresh);
  return { ...upgraded, expected: treeOf(fresh) };
}

function build({ repository, cache, out }: Upgrade, ...args: string[]): Promise<CliResult> {
  const env = { PACKYARD_CACHE_DIR: cache };
  return runCli(['build', '--quiet', '--out', out, ...args], { cwd: repository.path, env });
}

async function buildOld(state: Upgrade): Promise<void> {
  expect(await build(state, '--rev', 'HEAD~1')).toEqual({ status: 0, stdout: '', stderr: '' });
}

/** Builds the second commit in a process that dies by itself, or counts how often it could. */
function buildAndDie({ repository, cache, out }: Upgrade, env: Readonly<Record<string, string>>): Promise<CliResult> {
  return runCli(['build', '--quiet', '--out', out], {
    cwd: repository.path,
    node: ['--import', DIE_AT],
    env: { PACKYARD_CACHE_DIR: cache, DIE_BELOW: out, ...env },
  });
}

/** What must be true after a build was killed, and after the next one. */
async function expectWholeThenRepaired(state: Upgrade, when: string): Promise<void> {
  const oldOrNew = Object.keys(readIndex(state.out).packs).length;
  expect([12, 16], when).toContain(oldOrNew);
  expect({ when, broken: brokenLinks(state.out) }).toEqual({ when, broken: [] });
  expect(await build(state), when).toEqual({ status: 0, stdout: '', stderr: '' });
  expect(treeOf(state.out), when).toEqual(state.expected);
}

describe.skipIf(process.platform === 'win32')('a build over a registry that is killed', () => {
  test('right before any of its changes to the output', { timeout: 120_000 }, async () => {
    const state = await upgrade();
    await buildOld(state);
    const countFile = join(await scratch(), 'count');
    await buildAndDie(state, { DIE_COUNT: countFile });
    const changes = Number(readFileSync(countFile, 'utf8'));
    expect(changes).toBeGreaterThan(100);
    expect(treeOf(state.out)).toEqual(state.expected);
    const moments = Array.from({ length: 14 }, (_, index) => 1 + Math.round((index * (changes - 1)) / 13));
    const indexes = new Set<number>();
    for (const moment of moments) {
      await buildOld(state);
      const killed = await buildAndDie(state, { DIE_AT: String(moment) });
      expect({ moment, status: killed.status }).toEqual({ moment, status: null });
      indexes.add(readIndex(state.out).serial);
      await expectWholeThenRepaired(state, `before change ${moment} of ${changes}`);
    }
    expect(indexes).toEqual(new Set([1, 2]));
  });

  test('from outside, while it writes', { timeout: 120_000 }, async () => {
    const state = await upgrade();
    const staging = join(state.out, '.packyard');
    for (const files of [0, 20, 60]) {
      await buildOld(state);
      const child = startCli(['build', '--quiet', '--out', state.out], {
        cwd: state.repository.path,
        env: { PACKYARD_CACHE_DIR: state.cache },
      });
      const ended = outcomeOf(child);
      while (child.exitCode === null && !(existsSync(staging) && namesIn(staging) > files)) await setTimeout(0);
      child.kill('SIGKILL');
      await ended;
      await expectWholeThenRepaired(state, `with more than ${files} files staged`);
    }
  });
});

describe('two builds at once', () => {
  test('into one output: it is the registry of one commit, whole', { timeout: 120_000 }, async () => {
    const state = await upgrade();
    const older = join(await scratch(), 'public');
    await build({ ...state, out: older }, '--rev', 'HEAD~1');
    const trees = [treeOf(older), state.expected];
    for (let round = 0; round < 4; round += 1) {
      const out = join(await scratch(), 'public');
      const [cacheA, cacheB] = [await scratch(), await scratch()];
      const results = await Promise.all([
        build({ ...state, out, cache: cacheA }, '--rev', 'HEAD~1'),
        build({ ...state, out, cache: cacheB }, '--rev', 'HEAD'),
      ]);
      for (const { status, stderr } of results) {
        const busy = /^error Another build (?:is writing to|changed) /u.test(stderr);
        expect({ status, busy, stderr }).toEqual({ status: busy ? 2 : 0, busy, stderr: busy ? stderr : '' });
      }
      expect(results.some(({ status }) => status === 0)).toBe(true);
      expect(trees).toContainEqual(treeOf(out));
    }
  });

  test('of one commit into one output with one cache', { timeout: 120_000 }, async () => {
    const state = await upgrade();
    for (let round = 0; round < 3; round += 1) {
      const [out, cache] = [join(await scratch(), 'public'), await scratch()];
      const results = await Promise.all([0, 1, 2].map(() => build({ ...state, out, cache })));
      expect(results.map(({ status }) => status).toSorted()[0]).toBe(0);
      expect(treeOf(out)).toEqual(state.expected);
    }
  });
});

function namesIn(folder: string): number {
  try {
    return readdirSync(folder).length;
  } catch {
    return 0;
  }
}
