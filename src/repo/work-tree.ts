import { copyFile, lstat, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { systemCode } from '../errors.ts';
import { gitIn } from './git.ts';
import type { Repository } from './repository.ts';

/** The work tree as a Git tree, which lies with its new objects in a folder that `dispose` removes. */
export interface WorkTree {
  readonly tree: string;
  /** Environment under which Git finds the tree's objects. */
  readonly environment: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

/**
 * Whether everything that Git tracks or does not ignore below some paths is as the commit has it. One quick command, which
 * spares `writeWorkTree` in the common case.
 */
export async function isClean(repository: Repository, paths: readonly string[]): Promise<boolean> {
  const flags = [
    '--porcelain=v2',
    '--branch',
    '-z',
    '--untracked-files=all',
    '--ignore-submodules=none',
    '--no-renames',
  ];
  const output = await repository.git(['status', ...flags, '--', ...paths.map(pathspecOf)]);
  return output.split('\0').every((line) => line === '' || line.startsWith('# '));
}

function pathspecOf(path: string): string {
  return `:(top,literal)${path === '.' ? '' : path}`;
}

/**
 * Writes what Git tracks, plus what it does not ignore, below some paths to a tree, as a commit of everything would.
 * The repository's own index and objects stay as they are. Git itself applies `.gitattributes`, line endings and modes,
 * so that a clean work tree gives the very tree of its commit, on every platform.
 */
export async function writeWorkTree(repository: Repository, paths: readonly string[]): Promise<WorkTree> {
  const folder = await mkdtemp(join(tmpdir(), 'packyard-tree-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const environment = await temporaryStore(repository, folder);
    const git = gitIn(repository.root, { environment, config: CONFIG });
    const { tracked, untracked } = await present(repository, paths);
    if (tracked.length > 0) await git(['add', '--update', '--', ...tracked]);
    if (untracked.length > 0) await git(['add', '--all', '--', ...untracked]);
    return { tree: (await git(['write-tree'])).trim(), environment, dispose };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** No shared index beside the repository's own, and no files left out because they are outside a sparse checkout. */
const CONFIG = ['advice.addEmbeddedRepo=false', 'core.splitIndex=false', 'core.sparseCheckout=false'];

async function temporaryStore(repository: Repository, folder: string): Promise<Record<string, string>> {
  const objects = join(folder, 'objects');
  const index = join(folder, 'index');
  await mkdir(join(objects, 'info'), { recursive: true });
  await writeFile(join(objects, 'info', 'alternates'), `${repository.objectDirectory}\n`);
  await copyIndex(join(repository.gitDirectory, 'index'), index);
  return { GIT_INDEX_FILE: index, GIT_OBJECT_DIRECTORY: objects };
}

async function copyIndex(from: string, to: string): Promise<void> {
  try {
    const { mtimeMs } = await lstat(from);
    await copyFile(from, to);
    // Git compares file times with the index's own to know which entries it must read again: the copy must look as old,
    // and never newer, which rounding would do.
    const seconds = (Math.floor(mtimeMs) - 1) / 1000;
    await utimes(to, seconds, seconds);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw error;
  }
}

interface Present {
  /** Pathspecs below which Git tracks everything that it does not ignore. */
  readonly tracked: readonly string[];
  /** Pathspecs below which there is something that Git neither tracks nor ignores. */
  readonly untracked: readonly string[];
}

/** Git refuses to add a path that is nowhere, and, unless only what it tracks is updated, one that is ignored. */
async function present(repository: Repository, paths: readonly string[]): Promise<Present> {
  const listed = await Promise.all(
    paths
      .map(pathspecOf)
      .map(async (pathspec) => ({ pathspec, files: await repository.git([...LIST, '--', pathspec]) })),
  );
  const untracked = listed.filter(({ files }) => files.startsWith('? '));
  const tracked = listed.filter(({ files }) => !files.startsWith('? ') && /(?:^|\0)[^S\0]/u.test(files));
  return {
    tracked: tracked.map(({ pathspec }) => pathspec),
    untracked: untracked.map(({ pathspec }) => pathspec),
  };
}

/** Lists untracked files before tracked ones, with a letter in front: `S` where a sparse checkout leaves a file out. */
const LIST = ['ls-files', '--others', '--cached', '--exclude-standard', '-t', '-z'];
