import { lstat, realpath } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { PackyardError } from '../errors.ts';
import { foldedPath } from '../model/portable-path.ts';
import { isInside, pathBelow } from '../remote/path-below.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { Repository } from '../repo/repository.ts';
import type { CheckOptions } from './check-options.ts';
import { differing } from './compare-packs.ts';
import type { Source } from './open-source.ts';

/**
 * The packs that are asked for: all, or those at some paths; of these, with the packs of an earlier commit, those that
 * differ from it. Rejects with `no-packs` when a path leads to none.
 */
export async function selectPacks(
  { snapshot }: Source,
  packs: readonly PackDirectory[],
  { paths, replacement }: CheckOptions,
  earlier: readonly PackDirectory[] | undefined,
): Promise<readonly PackDirectory[]> {
  if (replacement !== undefined) {
    const own = packs.filter(({ directory }) => isBelow(replacement.path, directory));
    if (own.length === 0) throw noPackAt(replacement.path);
    return own;
  }
  const named = paths === undefined ? packs : await packsAt(snapshot.repository, packs, paths);
  return earlier === undefined ? named : differing(named, earlier);
}

/** Whether a path is a directory or lies below it. */
export function isBelow(path: string, directory: string): boolean {
  return path === directory || path.startsWith(`${directory}/`);
}

/** The packs at, below or around paths of this machine. */
async function packsAt(
  repository: Repository,
  directories: readonly PackDirectory[],
  paths: readonly string[],
): Promise<readonly PackDirectory[]> {
  const selected = new Set<PackDirectory>();
  for (const path of paths) {
    const asked = await pathInRepository(repository, path);
    const found = await touching(repository, directories, asked);
    if (found.length === 0) throw noPackAt(path);
    for (const pack of found) selected.add(pack);
  }
  return directories.filter((pack) => selected.has(pack));
}

/** A path of this machine from the root of the repository; where the current folder is elsewhere, it starts at the root. */
export async function pathInRepository({ root }: Repository, path: string): Promise<string> {
  const current = await realpath('.').catch(() => root);
  const full = await withoutLinks(resolve(isInside(root, current) ? current : root, path));
  // What lies elsewhere is no pack, and is called by its own name.
  return pathBelow(root, full) ?? full;
}

/** The root has no links in its path, so what is compared with it must have none either; the end need not be there. */
async function withoutLinks(path: string): Promise<string> {
  const stats = await lstat(path).catch(() => undefined);
  // Where the disk takes a name in any case, it is the disk's own that Git knows.
  if (stats?.isSymbolicLink() === false) return realpath(path);
  const folder = dirname(path);
  if (folder === path) return path;
  const real = await realpath(folder).catch(() => withoutLinks(folder));
  return join(real, basename(path));
}

/** Git may know a folder by another case or composition than the disk has it in; where it is set to, that is the same. */
async function touching(
  { git }: Repository,
  directories: readonly PackDirectory[],
  path: string,
): Promise<readonly PackDirectory[]> {
  const found = directories.filter(({ directory }) => touches(directory, path));
  if (found.length > 0) return found;
  const folded = foldedPath(path);
  const near = directories.filter(({ directory }) => touches(foldedPath(directory), folded));
  if (near.length === 0) return [];
  const ignoresCase = await git(['config', '--type=bool', '--get', 'core.ignoreCase']).catch(() => 'false');
  return ignoresCase.trim() === 'true' ? near : [];
}

function touches(directory: string, path: string): boolean {
  return path === '' || isBelow(directory, path) || isBelow(path, directory);
}

function noPackAt(path: string): PackyardError {
  return new PackyardError({
    code: 'no-packs',
    message: `${path} is no pack, lies in none and holds none.`,
    hint: 'Name a folder of packs; "packs" in registry.yaml says where they are.',
  });
}
