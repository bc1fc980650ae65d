import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { expect } from 'vitest';

import { outcomeOf, runCli, startCli } from '../../helpers/cli.ts';
import { treeOf } from '../../helpers/registry-tree.ts';
import { scratch } from '../../helpers/scratch.ts';
import { damagedBlobs } from './whole-cache.ts';

export const KILLS = 100;

/** Commands at once. */
const WIDTH = 3;

/** Numbers from 0 to 1 that are the same in every run. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

/** Folders of a user's own. */
export interface Place {
  readonly folder: string;
  /** What the command writes to. */
  readonly target: string;
  readonly cache: string;
}

export interface Situation {
  readonly name: string;
  /** What is there before. */
  prepare(place: Place): void;
  args(place: Place): readonly string[];
  /** What is wrong with what users and programs see. */
  problems(place: Place): string[];
  /** What must be there after an undisturbed run, by path. */
  readonly expected: Record<string, string>;
}

async function place(): Promise<Place> {
  const folder = await scratch();
  return { folder, target: join(folder, 'target'), cache: join(folder, 'cache') };
}

function environment({ folder, cache }: Place): Record<string, string> {
  return { PACKYARD_CACHE_DIR: cache, HOME: folder, XDG_CONFIG_HOME: join(folder, 'config') };
}

async function run({ args }: Situation, where: Place): Promise<void> {
  const { status, stderr } = await runCli(args(where), { env: environment(where), cwd: where.folder });
  expect({ status, stderr }).toEqual({ status: 0, stderr: expect.any(String) as string });
}

/** Starts a command and kills it after some milliseconds; tells whether it was still at work. */
async function killAfter(delay: number, { args }: Situation, where: Place): Promise<boolean> {
  const child = startCli(args(where), { env: environment(where), cwd: where.folder });
  const ended = outcomeOf(child);
  await Promise.race([setTimeout(delay), ended]);
  child.kill('SIGKILL');
  const { status, stderr } = await ended;
  if (status !== null) expect({ status, stderr }).toMatchObject({ status: 0 });
  return status === null;
}

/** How long a command takes on this machine while it is as busy as it will be, in milliseconds. */
async function durationOf(situation: Situation): Promise<number> {
  const start = performance.now();
  await Promise.all(
    Array.from({ length: WIDTH }, async () => {
      const where = await place();
      situation.prepare(where);
      await run(situation, where);
    }),
  );
  return performance.now() - start;
}

/** Kills a command at moments over all of its time; looks at what is there, runs it again, and looks again. */
export async function killAndRepair(situations: readonly Situation[], seed: number): Promise<void> {
  const random = generator(seed);
  const durations = new Map<Situation, number>();
  for (const situation of situations) durations.set(situation, await durationOf(situation));
  const rounds = Array.from({ length: KILLS }, (_, number) => ({
    situation: situations[number % situations.length] as Situation,
    moment: Math.min(1, (number + random()) / KILLS),
  }));
  let hits = 0;
  const work = async (): Promise<void> => {
    for (let round = rounds.shift(); round !== undefined; round = rounds.shift()) {
      const { situation, moment } = round;
      const where = await place();
      situation.prepare(where);
      const when = `${situation.name}, killed at ${moment.toFixed(3)} of its time`;
      if (await killAfter(moment * (durations.get(situation) ?? 0), situation, where)) hits += 1;
      expect({ when, problems: [...situation.problems(where), ...damagedBlobs(where.cache)] }).toEqual({
        when,
        problems: [],
      });
      await run(situation, where);
      expect({ when, tree: treeOf(where.target) }).toEqual({ when, tree: situation.expected });
      expect(damagedBlobs(where.cache)).toEqual([]);
    }
  };
  await Promise.all(Array.from({ length: WIDTH }, work));
  expect(hits).toBeGreaterThanOrEqual(KILLS / 2);
}

/** What an undisturbed run gives. */
export async function undisturbed(situation: Omit<Situation, 'expected'>): Promise<Situation> {
  const where = await place();
  situation.prepare(where);
  const whole = { ...situation, expected: {} };
  await run(whole, where);
  return { ...situation, expected: treeOf(where.target) };
}
