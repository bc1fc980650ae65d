import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';

import { systemCode } from '../errors.ts';
import type { Entry } from '../model/entry.ts';
import { compareText } from '../model/compare-text.ts';
import { inParallel } from './in-parallel.ts';
import { INDEX_PATH } from './native-index.ts';
import { sameStamp, type FileStamp, type OutputFiles } from './output-files.ts';
import type { OutputState } from './output-state.ts';
import { isOwnPath } from './own-path.ts';
import type { BuildPlan, PlannedWrite } from './plan.ts';

/** Compares a registry's entries with what is in the output directory. Reads only files that may have been changed. */
export async function reconcile(
  entries: readonly Entry[],
  out: string,
  files: OutputFiles,
  state: OutputState,
): Promise<BuildPlan> {
  const states = await inParallel(entries, 8, (entry) => stateOf(entry, out, files, state));
  const write: PlannedWrite[] = [];
  const keep: Entry[] = [];
  for (const [index, entry] of entries.entries()) {
    const reason = states[index];
    if (reason === 'new' || reason === 'changed') write.push({ entry, reason });
    else keep.push(entry);
  }
  const wanted = new Set(entries.map(({ path }) => path));
  const remove = [...files.keys()].filter((path) => isOwnPath(path) && !wanted.has(path)).toSorted(compareText);
  return { out, write: write.toSorted(byAppearance), keep, remove };
}

async function stateOf(
  { path, size, sha256 }: Entry,
  out: string,
  files: OutputFiles,
  state: OutputState,
): Promise<PlannedWrite['reason'] | 'same'> {
  if (!files.has(path)) return 'new';
  const stamp = files.get(path);
  if (stamp === undefined || stamp.size !== size) return 'changed';
  return (await hashOf(join(out, path), stamp, state.get(path))) === sha256 ? 'same' : 'changed';
}

async function hashOf(
  path: string,
  stamp: FileStamp,
  known: { readonly sha256: string; readonly stamp: FileStamp } | undefined,
): Promise<string> {
  if (known !== undefined && sameStamp(stamp, known.stamp)) return known.sha256;
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    // What another build removed, or what may not be read, is written anew.
    if (systemCode(error) === undefined) throw error;
    return '';
  }
  return hash.digest('hex');
}

/** Nothing appears before what it refers to; what replaces something comes as late as it can. */
function byAppearance(a: PlannedWrite, b: PlannedWrite): number {
  return rank(a) - rank(b) || compareText(a.entry.path, b.entry.path);
}

function rank({ entry: { path, cache }, reason }: PlannedWrite): number {
  if (cache === 'immutable') return reason === 'new' ? 0 : 1;
  return path === INDEX_PATH ? 3 : 2;
}
