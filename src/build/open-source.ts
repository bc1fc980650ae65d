import { CONFIG_FILE } from '../model/registry-config.ts';
import { LIMITS } from '../model/limits.ts';
import { STATUS_FOLDER } from '../model/status.ts';
import { pathBelow } from '../remote/path-below.ts';
import { globBases } from '../repo/pack-directories.ts';
import type { Repository } from '../repo/repository.ts';
import {
  readSnapshotFile,
  readWorkTreeFile,
  snapshotOfRevision,
  snapshotOfWorkTree,
  type Snapshot,
} from '../repo/snapshot.ts';
import { changedError } from '../repo/work-tree.ts';
import type { Cache } from './cache.ts';
import { loadConfig, type LoadedConfig } from './load-config.ts';

/** What a build reads: a repository at one moment, and the configuration that it has there. */
export interface Source extends LoadedConfig {
  readonly snapshot: Snapshot;
  /** Path of the build's output from the root of the work tree that it lies in: what is there is nobody's source. */
  readonly output: string | undefined;
}

/**
 * Opens a revision, or the work tree where none is named. `out` is the absolute path of the output directory, links
 * resolved. The caller closes the snapshot.
 */
export async function openSource(
  repository: Repository,
  revision: string | undefined,
  out: string,
  cache: Cache,
): Promise<Source> {
  // The root itself is nowhere in it.
  const output = repository.bare ? undefined : pathBelow(repository.root, out) || undefined;
  if (revision !== undefined) {
    const snapshot = await snapshotOfRevision(repository, revision);
    return { ...(await withConfig(snapshot, cache)), output };
  }
  // The folders to look into stand in the work tree's own configuration, which is read again from the snapshot.
  const file = repository.bare ? undefined : await readWorkTreeFile(repository, CONFIG_FILE, LIMITS.configBytes);
  const { config } = await loadConfig(file, cache);
  return { ...(await openWorkTree(repository, globBases(config.packs), output, cache)), output };
}

/** Where Git does not take the file as it lies there, the configuration of the snapshot can name other folders. */
async function openWorkTree(
  repository: Repository,
  bases: readonly string[],
  output: string | undefined,
  cache: Cache,
): Promise<Omit<Source, 'output'>> {
  const read = new Set<string>();
  let wanted = bases;
  for (let attempt = 0; attempt < 2; attempt += 1) {
    for (const base of wanted) read.add(base);
    const source = await withConfig(
      await snapshotOfWorkTree(repository, [CONFIG_FILE, STATUS_FOLDER, ...read], output),
      cache,
    );
    wanted = globBases(source.config.packs);
    if (wanted.every((base) => read.has(base))) return source;
    await source.snapshot.close();
  }
  throw changedError(repository);
}

async function withConfig(snapshot: Snapshot, cache: Cache): Promise<Omit<Source, 'output'>> {
  try {
    const file = await readSnapshotFile(snapshot, CONFIG_FILE, LIMITS.configBytes);
    return { snapshot, ...(await loadConfig(file, cache)) };
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}
