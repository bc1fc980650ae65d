import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { foldedPath } from '../../model/portable-path.ts';
import { linkStats } from '../../remote/link-stats.ts';
import { pathBelow } from '../../remote/path-below.ts';
import { directoryIn, layoutFor } from '../pack-layout.ts';
import { openRegistryRepository, type RegistryRepository } from '../registry-repository.ts';

/** Where a new pack goes. */
export interface PackPlace {
  /** Absolute path that `directory` starts from. */
  readonly root: string;
  /** With `/`; empty where `root` is the pack. */
  readonly directory: string;
  readonly inRepository: boolean;
}

/**
 * The repository that a new pack becomes part of: that of a folder, by default the current one; undefined where that
 * belongs to none, unless it was asked for, and for a pack that is put elsewhere. Rejects as `openRegistryRepository`
 * does.
 */
export async function repositoryAround(
  directory: string | undefined,
  out: string | undefined,
  cache: string | false | undefined,
): Promise<RegistryRepository | undefined> {
  try {
    const repository = await openRegistryRepository(directory ?? '.', cache === undefined ? {} : { cache });
    if (out === undefined) return repository;
    return pathBelow(repository.root, realPath(resolve(out))) ? repository : undefined;
  } catch (error) {
    const isNone =
      error instanceof PackyardError && ['no-repository', 'git-missing', 'no-work-tree'].includes(error.code);
    if (isNone && directory === undefined) return undefined;
    throw error;
  }
}

/**
 * The place of a release: where the repository's layout puts it, or in a folder of its own in the current one. Throws
 * `output-unwritable` when there is something already.
 */
export function placeOf(
  repository: RegistryRepository | undefined,
  { name, version }: { readonly name: string; readonly version: string },
  out: string | undefined,
): PackPlace {
  const place = chosenPlace(repository, name, version, out);
  const folder = join(place.root, place.directory);
  if (!isFree(folder)) {
    throw new PackyardError({
      code: 'output-unwritable',
      message: `${folder} is there already, and nothing is overwritten.`,
      hint: 'Choose another folder with --out, or move what is there out of the way.',
    });
  }
  const other =
    place.inRepository &&
    repository?.packs.find((pack) => isInside(foldedPath(place.directory), foldedPath(pack.directory)));
  if (other === undefined || other === false) return place;
  throw new PackyardError({
    code: 'output-unwritable',
    message: `${place.directory} lies in the pack ${other.directory}, and a pack holds no other.`,
    hint: 'Choose another folder with --out.',
  });
}

function chosenPlace(
  repository: RegistryRepository | undefined,
  name: string,
  version: string,
  out: string | undefined,
): PackPlace {
  if (out === undefined && repository !== undefined) {
    return {
      root: repository.root,
      directory: directoryIn(layoutFor(name, repository), name, version),
      inRepository: true,
    };
  }
  const folder = realPath(resolve(out ?? `${name}-${version}`));
  const inside = repository === undefined ? undefined : pathBelow(repository.root, folder);
  if (repository !== undefined && inside) return { root: repository.root, directory: inside, inRepository: true };
  return { root: folder, directory: '', inRepository: false };
}

/** Links above a folder that need not be there are followed. */
function realPath(path: string): string {
  if (existsSync(path)) return realpathSync.native(path);
  const parent = dirname(path);
  return parent === path ? path : join(realPath(parent), basename(path));
}

function isInside(path: string, folder: string): boolean {
  return path === folder || folder === '' || path.startsWith(`${folder}/`);
}

/** Not there, or an empty folder. */
function isFree(folder: string): boolean {
  const stats = linkStats(folder);
  return stats === undefined || (stats.isDirectory() && readdirSync(folder).length === 0);
}
