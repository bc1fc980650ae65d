import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { join } from 'node:path';

import { systemCode } from '../errors.ts';
import type { MadeEntry } from '../model/registry.ts';
import { inParallel } from '../model/in-parallel.ts';
import { sameStamp, type FileStamp, type OutputFiles } from '../remote/output-files.ts';
import type { FileState } from './output-state.ts';
import type { PlannedWrite } from './plan.ts';

/** What has to be written of some entries, and what is right as it lies there. */
export interface ComparedFiles {
  readonly write: readonly PlannedWrite[];
  readonly keep: readonly MadeEntry[];
}

/** Compares entries with the files of an output directory. Reads only those that may have been changed. */
export async function compareFiles(
  entries: readonly MadeEntry[],
  out: string,
  files: OutputFiles,
  known: ReadonlyMap<string, FileState> = new Map(),
): Promise<ComparedFiles> {
  const states = await inParallel(entries, 8, (entry) => stateOf(entry, out, files, known));
  const write: PlannedWrite[] = [];
  const keep: MadeEntry[] = [];
  for (const [index, entry] of entries.entries()) {
    const reason = states[index];
    if (reason === 'new' || reason === 'changed') write.push({ entry, reason });
    else keep.push(entry);
  }
  return { write, keep };
}

async function stateOf(
  { path, size, sha256 }: MadeEntry,
  out: string,
  files: OutputFiles,
  known: ReadonlyMap<string, FileState>,
): Promise<PlannedWrite['reason'] | 'same'> {
  if (!files.has(path)) return 'new';
  const stamp = files.get(path);
  if (stamp === undefined || stamp.size !== size) return 'changed';
  return (await hashOf(join(out, path), stamp, known.get(path))) === sha256 ? 'same' : 'changed';
}

async function hashOf(path: string, stamp: FileStamp, known: FileState | undefined): Promise<string> {
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
