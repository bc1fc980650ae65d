import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { EMPTY_BASELINE, parseBaseline, type Baseline } from '../check/baseline.ts';
import { PackyardError, systemCode } from '../errors.ts';
import { readSnapshotFile, readWorkTreeFile, type Snapshot } from '../repo/snapshot.ts';

/** Bytes of a baseline: a hundred thousand findings. */
const LIMIT = 64 * 1_048_576;

export interface BaselineSource {
  readonly snapshot: Snapshot;
  /** Whether the snapshot is of the work tree, where the baseline may be newer than the commit. */
  readonly workTree: boolean;
  /** From the root of the repository. */
  readonly configured: string;
  /** A file of this machine to read instead; false for none at all. */
  readonly named: string | false | undefined;
  /** Where it lies is all that is asked for: it will be written anew. */
  readonly replaced: boolean;
}

/** The baseline; empty where there is no such file. Rejects with `baseline-invalid`. */
export async function readBaseline({
  snapshot,
  workTree,
  configured,
  named,
  replaced,
}: BaselineSource): Promise<{ readonly path: string; readonly baseline: Baseline }> {
  const path = named === undefined || named === false ? join(snapshot.repository.root, configured) : resolve(named);
  if (named === false || replaced) return { path, baseline: EMPTY_BASELINE };
  const text = named === undefined ? await configuredText(snapshot, workTree, configured) : await namedText(path);
  return { path, baseline: text === undefined ? EMPTY_BASELINE : parsed(path, text) };
}

async function configuredText(snapshot: Snapshot, workTree: boolean, path: string): Promise<string | undefined> {
  const data = workTree
    ? await readWorkTreeFile(snapshot.repository, path, LIMIT)
    : await readSnapshotFile(snapshot, path, LIMIT);
  return data?.toString('utf8');
}

async function namedText(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // It will be written there.
    if (systemCode(error) === 'ENOENT') return undefined;
    throw new PackyardError({
      code: 'baseline-invalid',
      message: `The baseline ${path} cannot be read (${systemCode(error) ?? 'unknown error'}).`,
      hint: 'Name a file, or make one with --update-baseline.',
      cause: error,
    });
  }
}

function parsed(path: string, text: string): Baseline {
  try {
    return parseBaseline(text);
  } catch (error) {
    if (!(error instanceof PackyardError)) throw error;
    const { code, message, hint } = error;
    throw new PackyardError({
      code,
      message: `${path}: ${message}`,
      ...(hint !== undefined && { hint }),
      cause: error,
    });
  }
}
