import { basename, join } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { readProject, type ProjectFile } from '../settings/project-file.ts';
import { readLockFile, replaceFile } from './lock-file.ts';
import { LOCK_FILE, lockText, type PackyardLock } from './packyard-lock.ts';

/** A project with the lock beside its `packyard.json`. */
export interface ProjectLock {
  readonly project: ProjectFile;
  /** Path of `packyard.lock`, whether it exists or not. */
  readonly file: string;
  /** Undefined where there is none. */
  readonly lock: PackyardLock | undefined;
  /** What stands in the file. */
  readonly text: string | undefined;
}

/** The project that a folder is in. Rejects with `project-invalid`, also where there is none, and with `lock-invalid`. */
export async function readProjectLock(start: string): Promise<ProjectLock> {
  const project = await readProject(start);
  if (project !== undefined) return projectLock(project);
  throw new PackyardError({
    code: 'project-invalid',
    message: `There is no packyard.json in ${start}, nor in a folder above it.`,
    hint: 'Make one by naming the packs that you use: packyard lock nginx@1.x',
  });
}

/** A project with its lock. Rejects with `lock-invalid`. */
export async function projectLock(project: ProjectFile): Promise<ProjectLock> {
  const file = join(project.folder, LOCK_FILE);
  const read = await readLockFile(file);
  return { project, file, lock: read?.lock, text: read?.text };
}

/** A file beside `packyard.json`, and what is to stand in it. */
export interface PlannedFile {
  readonly path: string;
  readonly text: string;
}

/** The file that a lock needs written; undefined where it says so already, or there is nothing to say. */
export function plannedLock({ file, text }: ProjectLock, lock: PackyardLock): PlannedFile | undefined {
  const next = lockText(lock);
  const needless = text === undefined && lock.packs.size === 0;
  return needless || next === text ? undefined : { path: file, text: next };
}

/** Writes files, each in one step. Rejects with `output-unwritable`; then what was written before stays. */
export async function writePlanned(files: readonly PlannedFile[]): Promise<void> {
  for (const { path, text } of files) await replaceFile(path, text);
}

/** Names of files, for a sentence. */
export function fileNames(files: readonly PlannedFile[]): string {
  return files.map(({ path }) => basename(path)).join(' and ');
}
