import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { expect, test } from 'vitest';

import { outcomeOf, runCli, startCli } from '../helpers/cli.ts';
import { gitRepository, type FileMap } from '../helpers/git-repository.ts';
import { packFiles } from '../helpers/pack-fixture.ts';
import { png } from '../helpers/png.ts';
import { treeOf } from '../helpers/registry-tree.ts';
import { scratch } from '../helpers/scratch.ts';
import { problemsOf } from '../helpers/whole-registry.ts';

const KILLS = 200;

/** Builds at once. */
const WIDTH = 3;

/** What is killed: a first build, one over an older registry, and one of a work tree that differs from its commit. */
const SITUATIONS = ['first', 'over', 'dirty'] as const;
type Situation = (typeof SITUATIONS)[number];

interface Stage {
  readonly repository: string;
  /** A registry and the cache of the build that made it; nothing before a first build. */
  readonly before: { readonly out: string; readonly cache: string } | undefined;
  /** The registry that an undisturbed build gives. */
  readonly expected: Record<string, string>;
  /** `index.json` of the old registry and of the new one. */
  readonly indexes: readonly string[];
}

/** Numbers from 0 to 1 that are the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

function pack(number: number, version: string): FileMap {
  const logo = number % 2 === 0 ? { 'logo.png': png(100 + 8 * number, 60, 0) } : {};
  const files = { ...logo, 'manifests/a.yaml': `kind: Job${number}\n` };
  return packFiles(`packs/p${number}`, { name: `pack-${number}`, version, files });
}

const OLD: FileMap = Object.assign(
  { 'registry.yaml': 'name: yard\n' },
  ...[0, 1, 2, 3, 4, 5].map((n) => pack(n, '1.0.0')),
);
const CHANGE: FileMap = { ...pack(0, '2.0.0'), ...pack(6, '1.0.0'), 'packs/p5': null };

async function build(repository: string, out: string, cache: string, ...args: string[]): Promise<void> {
  const env = { PACKYARD_CACHE_DIR: cache };
  const result = await runCli(['build', '--quiet', '--repo', repository, '--out', out, ...args], { env });
  expect(result).toEqual({ status: 0, stdout: '', stderr: '' });
}

async function stages(): Promise<Record<Situation, Stage>> {
  const committed = await gitRepository(OLD);
  committed.commit(CHANGE);
  const edited = await gitRepository(OLD);
  edited.write(CHANGE);
  const folder = await scratch();
  const at = (name: string): string => join(folder, name);
  await build(committed.path, at('old'), at('cache'), '--rev', 'HEAD~1');
  await build(committed.path, at('new'), at('unused'));
  await build(edited.path, at('edited'), at('unused'));
  const indexOf = (name: string): string => readFileSync(at(`${name}/index.json`), 'utf8');
  const before = { out: at('old'), cache: at('cache') };
  const expected = treeOf(at('new'));
  return {
    first: { repository: committed.path, before: undefined, expected, indexes: [indexOf('new')] },
    over: { repository: committed.path, before, expected, indexes: [indexOf('old'), indexOf('new')] },
    dirty: {
      repository: edited.path,
      before,
      expected: treeOf(at('edited')),
      indexes: [indexOf('old'), indexOf('edited')],
    },
  };
}

interface Place {
  readonly out: string;
  readonly cache: string;
}

async function placeFor({ before }: Stage): Promise<Place> {
  const folder = await scratch();
  const place = { out: join(folder, 'public'), cache: join(folder, 'cache') };
  if (before === undefined) return place;
  cpSync(before.out, place.out, { recursive: true });
  cpSync(before.cache, place.cache, { recursive: true });
  return place;
}

/** Starts a build and kills it after some milliseconds; tells whether it was still at work. */
async function killAfter(delay: number, { repository }: Stage, { out, cache }: Place): Promise<boolean> {
  const temporary = `${cache}.tmp`;
  mkdirSync(temporary);
  const child = startCli(['build', '--quiet', '--repo', repository, '--out', out], {
    env: { PACKYARD_CACHE_DIR: cache, TMPDIR: temporary },
  });
  const ended = outcomeOf(child);
  await Promise.race([setTimeout(delay), ended]);
  child.kill('SIGKILL');
  const { status, stderr } = await ended;
  if (status !== null) expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
  return status === null;
}

function expectWhole({ before, indexes }: Stage, { out }: Place, when: string): void {
  const index = join(out, 'index.json');
  if (before === undefined && !existsSync(index)) return;
  expect(indexes, when).toContain(readFileSync(index, 'utf8'));
  expect({ when, problems: problemsOf(out) }).toEqual({ when, problems: [] });
}

/** How long builds take on this machine while it is as busy as it will be, in milliseconds. */
async function durationOf(stage: Stage): Promise<number> {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: WIDTH }, async () => {
      const { out, cache } = await placeFor(stage);
      await build(stage.repository, out, cache);
    }),
  );
  return performance.now() - start;
}

test.skipIf(process.platform === 'win32')(
  `${KILLS} kills of a build leave the old registry or the new one, and the next build repairs`,
  { timeout: 600_000 },
  async () => {
    const all = await stages();
    const random = generator(4);
    const durations = new Map<Situation, number>();
    for (const situation of SITUATIONS) durations.set(situation, await durationOf(all[situation]));
    const rounds = Array.from({ length: KILLS }, (_, number) => ({
      situation: SITUATIONS[number % SITUATIONS.length] ?? 'first',
      moment: Math.min(1, (number + random()) / KILLS),
    }));
    let hits = 0;
    const work = async (): Promise<void> => {
      for (let round = rounds.shift(); round !== undefined; round = rounds.shift()) {
        const { situation, moment } = round;
        const stage = all[situation];
        const place = await placeFor(stage);
        const when = `${situation}, killed at ${moment.toFixed(3)} of its time`;
        if (await killAfter(moment * (durations.get(situation) ?? 0), stage, place)) hits += 1;
        expectWhole(stage, place, when);
        await build(stage.repository, place.out, place.cache);
        expect({ when, tree: treeOf(place.out) }).toEqual({ when, tree: stage.expected });
      }
    };
    await Promise.all(Array.from({ length: WIDTH }, work));
    expect(hits).toBeGreaterThanOrEqual(KILLS / 2);
  },
);
