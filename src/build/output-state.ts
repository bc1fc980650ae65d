import { join } from 'node:path';

import type { Cache } from './cache.ts';
import { sameStamp, stampOf, type FileStamp } from './output-files.ts';
import type { BuildPlan } from './plan.ts';

/** What the last build left in an output directory, so that the next one need not read it all again. */
export type OutputState = ReadonlyMap<string, { readonly sha256: string; readonly stamp: FileStamp }>;

export async function loadOutputState(cache: Cache, out: string): Promise<OutputState> {
  const record = await cache.record('outputs', stateKey(out));
  return new Map((record as [string, { sha256: string; stamp: FileStamp }][] | undefined) ?? []);
}

/** Records an output directory that was just brought to a plan, unless it is as `known` says. */
export async function recordOutput(cache: Cache, plan: BuildPlan, known: OutputState): Promise<void> {
  const { out, keep, write } = plan;
  const entries = [...keep, ...write.map(({ entry }) => entry)];
  const state = new Map(entries.map(({ path, sha256 }) => [path, { sha256, stamp: stampOf(join(out, path)) }]));
  if (!sameState(state, known)) await cache.putRecord('outputs', stateKey(out), [...state]);
}

function sameState(a: OutputState, b: OutputState): boolean {
  if (a.size !== b.size) return false;
  return [...a].every(([path, { sha256, stamp }]) => {
    const other = b.get(path);
    return other?.sha256 === sha256 && sameStamp(other.stamp, stamp);
  });
}

function stateKey(out: string): string {
  return `output 1 ${out}`;
}
