import { copyFile, lstat, mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import { askGit } from './ask-git.ts';
import { gitIn, type Git } from './git.ts';
import type { Repository } from './repository.ts';

/** The work tree as a Git tree, which lies with its new objects in a folder that `dispose` removes. */
export interface WorkTree {
  readonly tree: string;
  /** Environment under which Git finds the tree's objects. */
  readonly environment: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

/**
 * Whether everything that Git tracks or does not ignore below some paths, and not below the excluded one, is as the commit
 * has it. One quick command, which spares `writeWorkTree` in the common case.
 */
export async function isClean(repository: Repository, paths: readonly string[], excluded?: string): Promise<boolean> {
  const flags = [
    '--porcelain=v2',
    '--branch',
    '-z',
    '--untracked-files=all',
    '--ignore-submodules=none',
    '--no-renames',
  ];
  const pathspecs = [...paths.map(pathspecOf), ...exclusionOf(excluded)];
  const output = await askGit(repository.root, ['status', ...flags, '--', ...pathspecs]);
  return output.split('\0').every((line) => line === '' || line.startsWith('# '));
}

function pathspecOf(path: string): string {
  return `:(top,literal)${path === '.' ? '' : path}`;
}

function exclusionOf(excluded: string | undefined): string[] {
  return excluded === undefined ? [] : [`:(exclude,top,literal)${excluded}`];
}

/**
 * Writes what Git tracks, plus what it does not ignore, below some paths to a tree, as a commit of everything would.
 * Below the excluded path, as outside the paths, everything is as the index has it.
 * The repository's own index and objects stay as they are. Git itself applies `.gitattributes`, line endings and modes,
 * so that a clean work tree gives the very tree of its commit, on every platform.
 * Rejects with `git-failed`, also where a merge below the paths is not resolved.
 */
export async function writeWorkTree(
  repository: Repository,
  paths: readonly string[],
  excluded?: string,
): Promise<WorkTree> {
  const folder = await mkdtemp(join(tmpdir(), 'packyard-tree-'));
  const dispose = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const environment = await temporaryStore(repository, folder);
    const git = gitIn(repository.root, { environment, config: CONFIG });
    const exclusion = exclusionOf(excluded);
    await settleMerge(git, [...paths.map(pathspecOf), ...exclusion]);
    const { tracked, untracked } = await present(repository, paths, exclusion);
    if (tracked.length > 0) await git(['add', '--update', '--', ...tracked, ...exclusion]);
    if (untracked.length > 0) await git(['add', '--all', '--', ...untracked, ...exclusion]);
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

/** How many paths one command is given: a command line has an end. */
const PATHS_AT_ONCE = 100;

/** Git makes no tree while a merge is open. Elsewhere than below the paths, what both sides changed is left out of it. */
async function settleMerge(git: Git, pathspecs: readonly string[]): Promise<void> {
  const unmerged = await unmergedFiles(git, [':(top)']);
  if (unmerged.length === 0) return;
  const [inside] = await unmergedFiles(git, pathspecs);
  if (inside !== undefined) throw unmergedError(inside);
  for (let start = 0; start < unmerged.length; start += PATHS_AT_ONCE) {
    await git(['update-index', '--force-remove', '--', ...unmerged.slice(start, start + PATHS_AT_ONCE)]);
  }
}

/** Git lists each with the modes and ids that it has on the sides of the merge: `<mode> <oid> <side>\t<path>`. */
async function unmergedFiles(git: Git, pathspecs: readonly string[]): Promise<string[]> {
  const lines = (await git(['ls-files', '--unmerged', '-z', '--', ...pathspecs])).split('\0');
  const paths = lines.filter((line) => line !== '').map((line) => line.slice(line.indexOf('\t') + 1));
  return [...new Set(paths)];
}

function unmergedError(path: string): PackyardError {
  return new PackyardError({
    code: 'git-failed',
    message: `The merge of ${JSON.stringify(path)} is not resolved.`,
    hint: 'Resolve it, `git add` the file, and build again; or build a commit with --rev HEAD.',
  });
}

interface Present {
  /** Pathspecs below which Git tracks everything that it does not ignore. */
  readonly tracked: readonly string[];
  /** Pathspecs below which there is something that Git neither tracks nor ignores. */
  readonly untracked: readonly string[];
}

/** Git refuses to add a path that is nowhere, and, unless only what it tracks is updated, one that is ignored. */
async function present(
  repository: Repository,
  paths: readonly string[],
  exclusion: readonly string[],
): Promise<Present> {
  const listed = await Promise.all(
    paths
      .map(pathspecOf)
      .map(async (pathspec) => ({ pathspec, files: await repository.git([...LIST, '--', pathspec, ...exclusion]) })),
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
