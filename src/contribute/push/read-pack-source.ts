import { constants } from 'node:fs';
import { lstat, open, readlink, realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { propertyOf } from '../../model/json-value.ts';
import { LIMITS } from '../../model/limits.ts';
import { isPackName } from '../../model/pack-name.ts';
import { notPortable } from '../../model/portable-path.ts';
import { parseJson } from '../../pack/json-document.ts';
import { junkFilter } from '../../pack/junk.ts';
import { IGNORE_FILE, MANIFEST_FILE } from '../../pack/pack.ts';
import { decodeText } from '../../pack/text.ts';
import { askGit } from '../../repo/ask-git.ts';
import { openRepository, type Repository } from '../../repo/repository.ts';
import type { LeftOut } from './push-options.ts';

/** One file of a pack as it is going to stand in a commit. */
export interface SourceFile {
  /** From the pack's directory, with `/`. */
  readonly path: string;
  /** As Git writes them. */
  readonly mode: '100644' | '100755' | '120000';
  /** Of a link, where it leads to. */
  readonly data: Buffer;
}

/** A pack's directory on this machine, read as it lies there. */
export interface PackSource {
  readonly name: string;
  readonly version: string;
  readonly displayName?: string;
  readonly layer?: string;
  /** Absolute path, links resolved. */
  readonly folder: string;
  /** Ordered by path. */
  readonly files: readonly SourceFile[];
  readonly leftOut: readonly LeftOut[];
  /** The repository that it lies in. */
  readonly repository?: Repository;
}

/**
 * Reads a pack's directory: everything but junk and what Git is told to ignore. No filter or line ending is applied, and
 * no link is followed. Rejects with `pack-refused` where it is no pack, and with `file-too-large`.
 */
export async function readPackSource(directory: string): Promise<PackSource> {
  const folder = await realFolder(directory);
  const repository = await repositoryOf(folder);
  const listed = await listFiles(folder, repository, ['--cached', '--others']);
  const ignored = await listFiles(folder, repository, ['--others', '--ignored', '--directory']);
  const isJunk = junkFilter();
  const junk = listed.filter((path) => path !== IGNORE_FILE && isJunk(path));
  const wanted = listed.filter((path) => path === IGNORE_FILE || !isJunk(path));
  if (!wanted.includes(MANIFEST_FILE)) throw noManifest(folder);
  if (wanted.length > LIMITS.packFiles.entries) throw tooMany(folder);
  const files: SourceFile[] = [];
  let room: number = LIMITS.packBytes;
  for (const path of wanted) {
    const file = await readSourceFile(folder, path, room);
    if (file === undefined) continue;
    room -= file.data.length;
    files.push(file);
  }
  const identity = identityIn(folder, files);
  const leftOut = [
    ...junk.map((path): LeftOut => ({ path, reason: 'junk' })),
    ...ignored.map((path): LeftOut => ({ path, reason: 'ignored' })),
  ].toSorted((a, b) => compareUtf8(a.path, b.path));
  return { ...identity, folder, files, leftOut, ...(repository !== undefined && { repository }) };
}

async function realFolder(directory: string): Promise<string> {
  try {
    const folder = await realpath(resolve(directory));
    if ((await lstat(folder)).isDirectory()) return folder;
  } catch (error) {
    if (!['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) throw error;
  }
  throw refused(
    `${resolve(directory)} is not a directory.`,
    'Name the directory of a pack: the one with its pack.json.',
  );
}

async function repositoryOf(folder: string): Promise<Repository | undefined> {
  try {
    const repository = await openRepository(folder);
    return repository.bare ? undefined : repository;
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'no-repository') return undefined;
    throw error;
  }
}

/** Where there is no repository, one that is not there lends its rules: those of `.gitignore` and of the user. */
async function listFiles(
  folder: string,
  repository: Repository | undefined,
  which: readonly string[],
): Promise<string[]> {
  const args = ['ls-files', '-z', ...which, '--exclude-standard', '--', '.'];
  const listed =
    repository === undefined ? await listWithout(folder, which) : await askGit(folder, args, repository.environment);
  return [...new Set(listed.split('\0').filter((path) => path !== ''))].toSorted(compareUtf8);
}

async function listWithout(folder: string, which: readonly string[]): Promise<string> {
  const { makeTemporaryFolder, removeTemporaryFolder } = await import('../../repo/temporary-folder.ts');
  const temporary = await makeTemporaryFolder('tree');
  try {
    const empty = join(temporary, 'empty.git');
    await askGit(temporary, ['init', '--quiet', '--bare', '--template=', '--', empty]);
    return await askGit(folder, ['ls-files', '-z', ...which, '--exclude-standard', '--', '.'], {
      GIT_DIR: empty,
      GIT_WORK_TREE: folder,
    });
  } finally {
    await removeTemporaryFolder(temporary);
  }
}

/** Undefined for what Git lists and is not there any more. */
async function readSourceFile(folder: string, path: string, room: number): Promise<SourceFile | undefined> {
  const absolute = join(folder, ...path.split('/'));
  try {
    const stats = await lstat(absolute);
    if (stats.isSymbolicLink()) return { path, mode: '120000', data: Buffer.from(await readlink(absolute)) };
    if (stats.isDirectory()) {
      throw refused(
        `${absolute} is a Git repository of its own, which a pack cannot hold.`,
        'Copy its files into the pack, without its .git, and push again.',
      );
    }
    if (!stats.isFile()) {
      throw refused(`${absolute} is neither a file nor a directory.`, 'Remove it, and push again.');
    }
    return await readRegular(absolute, path, room);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}

async function readRegular(absolute: string, path: string, room: number): Promise<SourceFile> {
  // What was a file a moment ago may be something else now.
  const handle = await open(absolute, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const { size, mode } = await handle.stat();
    const most = Math.min(room, LIMITS.fileBytes);
    if (size > most) throw tooLarge(absolute, most === room ? LIMITS.packBytes : most);
    const data = Buffer.alloc(size);
    const { bytesRead } = await handle.read(data, 0, size, 0);
    if (bytesRead !== size) throw changed(absolute);
    return { path, mode: (mode & 0o100) === 0 ? '100644' : '100755', data };
  } finally {
    await handle.close();
  }
}

function identityIn(folder: string, files: readonly SourceFile[]): Omit<PackSource, 'folder' | 'files' | 'leftOut'> {
  const file = files.find(({ path, mode }) => path === MANIFEST_FILE && mode !== '120000');
  if (file === undefined) throw noManifest(folder);
  const decoded = decodeText(file.data);
  const parsed = 'text' in decoded ? parseJson(decoded.text, LIMITS.depth) : undefined;
  const value = parsed !== undefined && 'document' in parsed ? parsed.document.value : undefined;
  const [name, version] = [propertyOf(value, 'name'), propertyOf(value, 'version')];
  if (typeof name !== 'string' || typeof version !== 'string') {
    throw refused(
      `${join(folder, MANIFEST_FILE)} does not say the name and the version of the pack.`,
      'Both are needed as texts. `packyard check` says what else is wrong.',
    );
  }
  if (!isPackName(name))
    throw refused(
      `${JSON.stringify(name)} cannot be the name of a pack.`,
      'Use lower case letters, digits and hyphens.',
    );
  if (version.includes('/') || notPortable(`${name}-${version}`) !== undefined) {
    throw refused(`${JSON.stringify(version)} cannot be the version of a pack.`, 'Write one such as 1.2.3.');
  }
  return { name, version, ...textOf(value, 'displayName'), ...textOf(value, 'layer') };
}

function textOf(manifest: unknown, key: 'displayName' | 'layer'): Partial<Record<typeof key, string>> {
  const value = propertyOf(manifest, key);
  return typeof value === 'string' && value.length < 200 ? { [key]: value } : {};
}

function noManifest(folder: string): PackyardError {
  return refused(
    `${folder} holds no ${MANIFEST_FILE}, so it is no pack.`,
    'Name the directory of a pack, or make one with `packyard new`.',
  );
}

function refused(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'pack-refused', message, hint });
}

function tooMany(folder: string): PackyardError {
  return refused(
    `${folder} holds more than ${LIMITS.packFiles.entries} files.`,
    'Look for what got into it by mistake.',
  );
}

function tooLarge(path: string, limit: number): PackyardError {
  return new PackyardError({
    code: 'file-too-large',
    message: `${path} makes the pack larger than ${formatBytes(limit)} allow.`,
    hint: 'Look for what got into it by mistake.',
  });
}

function changed(path: string): PackyardError {
  return new PackyardError({
    code: 'repository-changed',
    message: `${path} was changed while it was read.`,
    hint: 'Push again when nothing else is at work there.',
  });
}
