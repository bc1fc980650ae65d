import { lstat, readFile } from 'node:fs/promises';
import { join } from 'node:path';

import { PackyardError, systemCode } from '../errors.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { openGitObjects, type GitObjects } from './git-objects.ts';
import { resolveCommit, type Commit, type Repository } from './repository.ts';
import { entryAt, treesOf, type Trees } from './tree.ts';
import { changedError, workTreeStatus, writeWorkTree } from './work-tree.ts';

/** A repository at one moment: a commit, or the work tree on top of one. Everything is read from Git's objects. */
export interface Snapshot {
  readonly repository: Repository;
  readonly commit: Commit;
  /** Tree id of the root. */
  readonly tree: string;
  /** True when what was read for it differs from the commit. */
  readonly dirty: boolean;
  readonly objects: GitObjects;
  readonly trees: Trees;
  close(): Promise<void>;
}

/** The repository as a commit has it. Works in bare repositories and for any commit. */
export async function snapshotOfRevision(repository: Repository, revision: string): Promise<Snapshot> {
  const objects = openGitObjects(repository.root, repository.environment);
  try {
    return snapshotOf(repository, await resolveCommit(repository, revision, objects), objects);
  } catch (error) {
    await objects.close();
    throw error;
  }
}

function snapshotOf(repository: Repository, commit: Commit, objects: GitObjects): Snapshot {
  const trees = treesOf(objects);
  return { repository, commit, tree: commit.tree, dirty: false, objects, trees, close: () => objects.close() };
}

/**
 * The repository as the work tree has it below some paths, less what lies below the excluded one: as it was at one
 * moment. Rejects with `no-work-tree` in a bare repository, and with `repository-changed` when there is no such moment.
 */
export async function snapshotOfWorkTree(
  repository: Repository,
  paths: readonly string[],
  excluded?: string,
): Promise<Snapshot> {
  if (repository.bare) throw bareError(repository);
  // No path has the one character that no argument of a process can hold.
  const read = paths.filter((path) => !path.includes('\0'));
  // Started while Git looks around, because the work tree is mostly clean.
  const objects = openGitObjects(repository.root, repository.environment);
  // Both at once; where there is no commit, that is what has to be said.
  const [resolved, status] = await Promise.allSettled([
    resolveCommit(repository, 'HEAD', objects),
    workTreeStatus(repository, read, excluded),
  ]);
  try {
    if (resolved.status === 'rejected') throw resolved.reason;
    if (status.status === 'rejected') throw status.reason;
    const commit = resolved.value;
    // Git asked twice what HEAD is, once before it looked at files: what is true now was so all the time.
    const now = await resolveCommit(repository, 'HEAD', objects);
    if (status.value.head !== commit.oid || now.oid !== commit.oid) throw changedError(repository);
    if (status.value.clean) return snapshotOf(repository, commit, objects);
    await objects.close();
    return await changedSnapshot(repository, commit, read, excluded);
  } catch (error) {
    await objects.close();
    throw error;
  }
}

async function changedSnapshot(
  repository: Repository,
  commit: Commit,
  paths: readonly string[],
  excluded: string | undefined,
): Promise<Snapshot> {
  const { tree, head, environment, dispose } = await writeWorkTree(repository, paths, excluded);
  const objects = openGitObjects(repository.root, environment);
  const trees = treesOf(objects);
  const close = async (): Promise<void> => {
    await objects.close();
    await dispose();
  };
  try {
    if (head !== commit.oid) throw changedError(repository);
    const dirty = tree !== commit.tree && (await differs(trees, commit.tree, tree, paths));
    return { repository, commit, tree, dirty, objects, trees, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function differs(trees: Trees, from: string, to: string, paths: readonly string[]): Promise<boolean> {
  for (const path of paths) {
    const [before, after] = [await entryAt(trees, from, path), await entryAt(trees, to, path)];
    if (before?.oid !== after?.oid || before?.type !== after?.type) return true;
  }
  return false;
}

function bareError(repository: Repository): PackyardError {
  return new PackyardError({
    code: 'no-work-tree',
    message: `${repository.root} is a bare repository: it has no work tree to build from.`,
    hint: 'Name a commit: --rev HEAD',
  });
}

/** A file below the root of a snapshot, or undefined when there is none. Rejects with `file-too-large`. */
export async function readSnapshotFile(
  snapshot: Snapshot,
  path: string,
  maxBytes: number,
): Promise<Buffer | undefined> {
  const entry = await entryAt(snapshot.trees, snapshot.tree, path);
  if (entry === undefined || entry.type === 'directory' || entry.type === 'submodule') return undefined;
  const { data } = await snapshot.objects.read(entry.oid, maxBytes);
  if (data === undefined) throw tooLarge(path, maxBytes);
  return data;
}

/**
 * A file of the work tree as it lies there, or undefined when there is none. A symbolic link could lead anywhere, so it
 * is none. Rejects with `file-too-large`.
 */
export async function readWorkTreeFile(
  repository: Repository,
  path: string,
  maxBytes: number,
): Promise<Buffer | undefined> {
  try {
    const file = join(repository.root, path);
    const stats = await lstat(file);
    if (!stats.isFile()) return undefined;
    if (stats.size > maxBytes) throw tooLarge(path, maxBytes);
    return await readFile(file);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

function tooLarge(path: string, maxBytes: number): PackyardError {
  return new PackyardError({
    code: 'file-too-large',
    message: `${path} is larger than ${formatBytes(maxBytes)}.`,
    hint: 'Look for what got into it by mistake.',
  });
}
