import { CONFIG_FILE } from '../model/registry-config.ts';
import { LIMITS } from '../model/limits.ts';
import { globBases } from '../repo/pack-directories.ts';
import { openRepository } from '../repo/repository.ts';
import {
  readSnapshotFile,
  readWorkTreeFile,
  snapshotOfRevision,
  snapshotOfWorkTree,
  type Snapshot,
} from '../repo/snapshot.ts';
import type { Cache } from './cache.ts';
import { loadConfig, type LoadedConfig } from './load-config.ts';

/** What a build reads: a repository at one moment, and the configuration that it has there. */
export interface Source extends LoadedConfig {
  readonly snapshot: Snapshot;
}

/** Opens a revision, or the work tree where none is named. The caller closes the snapshot. */
export async function openSource(directory: string, revision: string | undefined, cache: Cache): Promise<Source> {
  const repository = await openRepository(directory);
  if (revision !== undefined) {
    const snapshot = await snapshotOfRevision(repository, revision);
    return withConfig(snapshot, cache);
  }
  // The folders to look into stand in the work tree's own configuration, which is read again from the snapshot.
  const file = repository.bare ? undefined : await readWorkTreeFile(repository, CONFIG_FILE, LIMITS.configBytes);
  const { config } = await loadConfig(file, cache);
  const snapshot = await snapshotOfWorkTree(repository, [CONFIG_FILE, ...globBases(config.packs)]);
  return withConfig(snapshot, cache);
}

async function withConfig(snapshot: Snapshot, cache: Cache): Promise<Source> {
  try {
    const file = await readSnapshotFile(snapshot, CONFIG_FILE, LIMITS.configBytes);
    return { snapshot, ...(await loadConfig(file, cache)) };
  } catch (error) {
    await snapshot.close();
    throw error;
  }
}
