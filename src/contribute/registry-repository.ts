import { resolve } from 'node:path';

import { findPacks } from '../build/find-packs.ts';
import { openCache, temporaryCache, type Cache } from '../build/cache.ts';
import { identityOf, packLister } from '../build/listed-packs.ts';
import { openSource, type Source } from '../build/open-source.ts';
import { PackyardError } from '../errors.ts';
import { propertyOf } from '../model/json-value.ts';
import { LAYERS, type Layer } from '../model/layer.ts';
import type { RegistryConfig } from '../model/registry-config.ts';
import { defaultCacheDirectory } from '../remote/cache-directory.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import { openRepository } from '../repo/repository.ts';

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
    const source = await openSource(repository, revision, resolve('public'), cache);
    try {
      return { root: repository.root, config: source.config, packs: await packsOf(source, cache) };
    } finally {
      await source.snapshot.close();
    }
  } finally {
    await cache.dispose();
  }
}

async function packsOf(source: Source, cache: Cache): Promise<KnownPack[]> {
  const listed = await packLister(source.snapshot)(await directoriesOf(source, cache));
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
