import { existsSync } from 'node:fs';
import { copyFile, lstat, mkdir, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import { askGit } from './ask-git.ts';
import { gitIn, type Git } from './git.ts';
import type { Repository } from './repository.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from './temporary-folder.ts';

/** The work tree as a Git tree, which lies with its new objects in a folder that `dispose` removes. */
export interface WorkTree {
  readonly tree: string;
  /** Id of the commit that it is on top of; undefined before the first. */
  readonly head: string | undefined;
  /** Environment under which Git finds the tree's objects. */
  readonly environment: Readonly<Record<string, string>>;
  dispose(): Promise<void>;
}

/** What Git says of the work tree below some paths. */
export interface WorkTreeStatus {
  /** Id of the commit that it was compared with; undefined before the first. */
  readonly head: string | undefined;
  /** Whether everything that Git tracks or does not ignore is as the commit has it. */
  readonly clean: boolean;
  /** Whether it is as the index has it. */
  readonly added: boolean;
}

/**
 * Compares the work tree below some paths, and not below the excluded one, with its commit. One quick command, which
 * spares `writeWorkTree` in the common case.
 */
export async function workTreeStatus(
  repository: Repository,
  paths: readonly string[],
  excluded?: string,
): Promise<WorkTreeStatus> {
  const pathspecs = [...paths.map(pathspecOf), ...exclusionOf(excluded)];
  return parseStatus(await askGit(repository.root, [...STATUS, '--', ...pathspecs], repository.environment));
}

/** In a submodule Git would be at work under the settings of that, and none of its files is read anyway. */
const STATUS = [
  'status',
  '--porcelain=v2',
  '--branch',
  '-z',
  '--untracked-files=all',
  '--ignore-submodules=dirty',
  '--no-renames',
];

/** Source: https://git-scm.com/docs/git-status#_porcelain_format_version_2 */
function parseStatus(output: string): WorkTreeStatus {
  const lines = output.split('\0').filter((line) => line !== '');
  const oid = lines.find((line) => line.startsWith('# branch.oid '))?.slice('# branch.oid '.length);
  const entries = lines.filter((line) => !line.startsWith('# '));
  const added = entries.every((line) => /^[12] .\./u.test(line));
  return { head: oid === '(initial)' ? undefined : oid, clean: entries.length === 0, added };
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
 * Rejects with `repository-changed` when anything below the paths changes meanwhile, and with `git-failed`, also where a
 * merge below the paths is not resolved.
 */
export async function writeWorkTree(
  repository: Repository,
  paths: readonly string[],
  excluded?: string,
): Promise<WorkTree> {
  const folder = await makeTemporaryFolder('tree');
  const dispose = (): Promise<void> => removeTemporaryFolder(folder);
  try {
    const environment = { ...repository.environment, ...(await temporaryStore(repository, folder)) };
    const git = gitIn(repository.root, { environment, config: CONFIG });
    const excluding = exclusionOf(excluded);
    await settleMerge(git, [...paths.map(pathspecOf), ...excluding]);
    const { tracked, untracked, submodules } = await present(git, paths, excluding);
    const submoduleExclusion = submodules.filter(isRepository(repository)).flatMap(exclusionOf);
    const exclusion = [...excluding, ...submoduleExclusion];
    if (tracked.length > 0) await git(['add', '--update', '--', ...tracked, ...exclusion]);
    if (untracked.length > 0) {
      const needed = (await isIgnored(git, excluded)) ? submoduleExclusion : exclusion;
      await git(['add', '--all', '--', ...untracked, ...needed]);
    }
    const tree = (await git(['write-tree'])).trim();
    // Files are read one after the other: only if none has changed since was there a moment at which all were so.
    const { head, added } = parseStatus(await git([...STATUS, '--', ...paths.map(pathspecOf), ...exclusion]));
    if (!added && paths.length > 0) throw changedError(repository);
    return { tree, head, environment, dispose };
  } catch (error) {
    await dispose();
    throw vanished(error) ? changedError(repository, error) : error;
  }
}

/**
 * Whether Git ignores a folder and tracks nothing of it. To leave out a path that is ignored as well, Git takes for a wish
 * to add it, and fails.
 */
async function isIgnored(git: Git, folder: string | undefined): Promise<boolean> {
  if (folder === undefined) return false;
  const listed = await git([...IGNORED, '--', pathspecOf(folder)]);
  const [first = '', ...others] = listed.split('\0').filter((path) => path !== '');
  return others.length === 0 && first.endsWith('/') && `${folder}/`.startsWith(first);
}

const IGNORED = ['ls-files', '--others', '--ignored', '--exclude-standard', '--directory', '-z'];

/** Whether Git failed because what it had listed was there no more. */
function vanished(error: unknown): boolean {
  return error instanceof PackyardError && GONE.test(error.message);
}

const GONE = /No such file or directory|Not a directory|did not match any files|short read while indexing/u;

/** Something else changed a repository while it was read. */
export function changedError({ root }: Repository, cause?: unknown): PackyardError {
  return new PackyardError({
    code: 'repository-changed',
    message: `${root} was changed while it was read.`,
    hint: 'Run the command again when nothing else is at work there, or read a commit with --rev HEAD.',
    ...(cause !== undefined && { cause }),
  });
}

/** No shared index beside the repository's own, and no files left out because they are outside a sparse checkout. */
const CONFIG = ['advice.addEmbeddedRepo=false', 'core.splitIndex=false', 'core.sparseCheckout=false'];

async function temporaryStore(repository: Repository, folder: string): Promise<Record<string, string>> {
  const objects = join(folder, 'objects');
  const index = join(folder, 'index');
  await mkdir(join(objects, 'info'), { recursive: true });
  await writeFile(join(objects, 'info', 'alternates'), `${quoted(repository.objectDirectory)}\n`);
  await copyIndex(join(repository.gitDirectory, 'index'), index);
  return { GIT_INDEX_FILE: index, GIT_OBJECT_DIRECTORY: objects };
}

/** A path as Git reads it in a file of lines. */
function quoted(path: string): string {
  if (!path.includes('\n')) return path;
  return `"${path.replaceAll(/["\\]/gu, '\\$&').replaceAll('\n', '\\n')}"`;
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

/** How many paths one command is given: a command line has an end, on Windows after 32,767 characters. */
const PATHS_AT_ONCE = 25;

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
    hint: 'Resolve it, `git add` the file, and run the command again; or take a commit with --rev HEAD.',
  });
}

interface Present {
  /** Pathspecs below which Git tracks everything that it does not ignore. */
  readonly tracked: readonly string[];
  /** Pathspecs below which there is something that Git neither tracks nor ignores. */
  readonly untracked: readonly string[];
  /** Paths of the submodules that Git tracks. */
  readonly submodules: readonly string[];
}

/** Git refuses to add a path that is nowhere, and, unless only what it tracks is updated, one that is ignored. */
async function present(git: Git, paths: readonly string[], exclusion: readonly string[]): Promise<Present> {
  const listed = await Promise.all(
    paths
      .map(pathspecOf)
      .map(async (pathspec) => ({ pathspec, files: await git([...LIST, '--', pathspec, ...exclusion]) })),
  );
  const untracked = listed.filter(({ files }) => files.startsWith('? '));
  const tracked = listed.filter(({ files }) => !files.startsWith('? ') && /(?:^|\0)[^S\0]/u.test(files));
  return {
    tracked: tracked.map(({ pathspec }) => pathspec),
    untracked: untracked.map(({ pathspec }) => pathspec),
    submodules: [
      ...new Set(listed.flatMap(({ files }) => Array.from(files.matchAll(SUBMODULE), ([, path = '']) => path))),
    ],
  };
}

/**
 * Lists untracked files before tracked ones, with a letter in front: `S` where a sparse checkout leaves a file out. Of
 * tracked ones it says `<letter> <mode> <oid> <side>\t<path>`.
 */
const LIST = ['ls-files', '--others', '--cached', '--stage', '--exclude-standard', '-t', '-z'];

const SUBMODULE = /(?<=^|\0)[A-Z] 160000 [^\t]*\t([^\0]*)/gu;

/**
 * Whether a submodule is checked out. To add one, Git would look for changes in it, under its own settings and with its
 * own programs; none of its files is read anyway, so that it stays as the index has it.
 */
function isRepository({ root }: Repository): (submodule: string) => boolean {
  return (path) => {
    if (path.includes('\ufffd')) {
      throw new PackyardError({
        code: 'git-failed',
        message: `The path of the submodule ${JSON.stringify(path)} is not UTF-8.`,
        hint: 'Move it to another one, or read a commit with --rev HEAD.',
      });
    }
    return existsSync(join(root, path, '.git'));
  };
}
