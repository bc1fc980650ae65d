import { resolve } from 'node:path';

import { findPacks } from '../build/find-packs.ts';
import { openCache, temporaryCache, type Cache } from '../build/cache.ts';
import { identityOf, packLister } from '../build/listed-packs.ts';
import { loadConfig } from '../build/load-config.ts';
import { openSource, type Source } from '../build/open-source.ts';
import type { ListedPack } from '../check/lint-registry.ts';
import { PackyardError } from '../errors.ts';
import { propertyOf } from '../model/json-value.ts';
import { LAYERS, type Layer } from '../model/layer.ts';
import { LIMITS } from '../model/limits.ts';
import { CONFIG_FILE, type RegistryConfig } from '../model/registry-config.ts';
import { defaultCacheDirectory } from '../remote/cache-directory.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import { openRepository, type Repository } from '../repo/repository.ts';
import { readWorkTreeFile } from '../repo/snapshot.ts';
import { uncommittedPacks } from './uncommitted-packs.ts';

/** A pack that a repository has, by what its `pack.json` says. */
export interface KnownPack {
  readonly name: string;
  readonly version: string;
  /** Undefined where it says none that there is. */
  readonly layer?: Layer;
  readonly displayName?: string;
  readonly addonType?: string;
  /** From the root of the repository, with `/`. */
  readonly directory: string;
}

/** A repository of packs as whoever adds one sees it. */
export interface RegistryRepository {
  /** Absolute path of the work tree, as this system writes paths. */
  readonly root: string;
  readonly config: RegistryConfig;
  /** Ordered by directory; none where nothing has been added yet. */
  readonly packs: readonly KnownPack[];
}

export interface OpenRegistryRepositoryOptions {
  /** A commit, branch or tag instead of the work tree. */
  readonly revision?: string;
  /** Folder of the cache, or false for none. Default: `defaultCacheDirectory()`. */
  readonly cache?: string | false;
}

/**
 * Looks at the repository that a folder belongs to. Rejects as `openRepository` does, and with `config-invalid`; no
 * packs are no reason.
 */
export async function openRegistryRepository(
  directory: string,
  { revision, cache: folder }: OpenRegistryRepositoryOptions = {},
): Promise<RegistryRepository> {
  const cache = folder === false ? await temporaryCache() : openCache(folder ?? defaultCacheDirectory());
  try {
    const repository = await openRepository(directory);
    return await openCommitted(repository, revision, cache).catch(async (error: unknown) => {
      const isFirst = error instanceof PackyardError && error.code === 'no-commit' && revision === undefined;
      if (isFirst) return openUncommitted(repository, cache);
      throw error;
    });
  } finally {
    await cache.dispose();
  }
}

/** The same of a source that is open already. */
export async function registryRepositoryOf(source: Source, cache: Cache): Promise<RegistryRepository> {
  const listed = await packLister(source.snapshot)(await directoriesOf(source, cache));
  return { root: source.snapshot.repository.root, config: source.config, packs: knownPacks(listed) };
}

async function openCommitted(
  repository: Repository,
  revision: string | undefined,
  cache: Cache,
): Promise<RegistryRepository> {
  const source = await openSource(repository, revision, resolve('public'), cache);
  try {
    return await registryRepositoryOf(source, cache);
  } finally {
    await source.snapshot.close();
  }
}

/** A repository that was made a moment ago: packs can be added to it before anything is committed. */
async function openUncommitted(repository: Repository, cache: Cache): Promise<RegistryRepository> {
  const file = await readWorkTreeFile(repository, CONFIG_FILE, LIMITS.configBytes);
  const { config } = await loadConfig(file, cache);
  return { root: repository.root, config, packs: knownPacks(await uncommittedPacks(repository, config.packs)) };
}

function knownPacks(listed: readonly ListedPack[]): KnownPack[] {
  return listed.flatMap((pack): KnownPack[] => {
    const identity = identityOf(pack);
    if (identity === undefined) return [];
    const layer = LAYERS.find((each) => each === propertyOf(pack.manifest.value, 'layer'));
    return [
      {
        ...identity,
        ...(layer !== undefined && { layer }),
        ...textOf(pack.manifest.value, 'displayName'),
        ...textOf(pack.manifest.value, 'addonType'),
        directory: pack.directory,
      },
    ];
  });
}

async function directoriesOf(source: Source, cache: Cache): Promise<readonly PackDirectory[]> {
  try {
    return (await findPacks(source, cache)).packs;
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'no-packs') return [];
    throw error;
  }
}

function textOf(manifest: unknown, key: 'displayName' | 'addonType'): Partial<Record<typeof key, string>> {
  const value = propertyOf(manifest, key);
  return typeof value === 'string' ? { [key]: value } : {};
}
