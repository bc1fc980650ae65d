import type { Cache } from './cache.ts';
import { sameStamp, type FileStamp, type OutputFiles } from './output-files.ts';
import type { BuildPlan } from './plan.ts';

/** What the last build left in an output directory, so that the next one need not read it all again. */
export type OutputState = ReadonlyMap<string, { readonly sha256: string; readonly stamp: FileStamp }>;

export async function loadOutputState(cache: Cache, out: string): Promise<OutputState> {
  const record = await cache.record('outputs', stateKey(out));
  return new Map((record as [string, { sha256: string; stamp: FileStamp }][] | undefined) ?? []);
}

/**
 * Records an output directory that was just brought to a plan, unless it is as `known` says. Stamps are those of the
 * moment at which each file was seen to be right: a later one could be another build's.
 */
export async function recordOutput(
  cache: Cache,
  { out, keep, write }: BuildPlan,
  stamps: OutputFiles,
  known: OutputState,
): Promise<void> {
  const entries = [...keep, ...write.map(({ entry }) => entry)];
  const state = new Map(
    entries.flatMap(({ path, sha256 }) => {
      const stamp = stamps.get(path);
      return stamp === undefined ? [] : [[path, { sha256, stamp }] as const];
    }),
  );
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
