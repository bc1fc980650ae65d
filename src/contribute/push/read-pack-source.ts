import { existsSync, type Stats } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { join, relative, resolve, sep } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { compareUtf8 } from '../../model/compare-utf8.ts';
import { propertyOf } from '../../model/json-value.ts';
import { LIMITS } from '../../model/limits.ts';
import { isPackName } from '../../model/pack-name.ts';
import { notPortable } from '../../model/portable-path.ts';
import { parseJson } from '../../pack/json-document.ts';
import { junkFilter } from '../../pack/junk.ts';
import { IGNORE_FILE, MANIFEST_FILE } from '../../pack/pack.ts';
import { decodeText } from '../../pack/text.ts';
import { askGit } from '../../repo/ask-git.ts';
import type { Repository } from '../../repo/repository.ts';
import { placeOfFolder } from './place-of-folder.ts';
import type { LeftOut } from './push-options.ts';
import { spaceError } from './workspace.ts';
import {
  nested,
  readWorkFiles,
  refused,
  tooLarge,
  type ListedFile,
  type ListedFiles,
  type SourceFile,
} from './read-work-files.ts';

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
 * Reads a pack's directory: everything but junk and what Git is told to ignore, with the modes, line endings and filters
 * that Git would give it there; no link is followed. Rejects with `pack-refused` where it is no pack, with
 * `file-too-large`, and with `repository-changed`.
 */
export async function readPackSource(directory: string): Promise<PackSource> {
  const folder = await realFolder(directory);
  const place = await placeOfFolder(folder).catch((error: unknown) => {
    throw spaceError(error);
  });
  try {
    const listed = await listFiles(folder, place.repository);
    const isJunk = junkFilter();
    const isWanted = (path: string): boolean => path === IGNORE_FILE || !isJunk(path);
    await requireReadable(
      folder,
      listed.files.filter(({ path }) => isWanted(path)),
    );
    const files = (await readWorkFiles(folder, place.repository, listed)).filter(({ path }) => isWanted(path));
    const identity = identityIn(folder, files);
    const stored = files.find(({ data }) => data.subarray(0, LFS_POINTER.length).equals(LFS_POINTER));
    if (stored !== undefined) throw storedElsewhere(join(folder, ...stored.path.split('/')));
    const junk = listed.files.filter(({ path }) => !isWanted(path));
    const leftOut = [
      ...junk.map(({ path }): LeftOut => ({ path, reason: 'junk' })),
      ...listed.ignored.map((path): LeftOut => ({ path, reason: 'ignored' })),
    ].toSorted((a, b) => compareUtf8(a.path, b.path));
    return { ...identity, folder, files, leftOut, ...(place.isLent ? {} : { repository: place.repository }) };
  } finally {
    await place.dispose();
  }
}

/** Source: https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
const LFS_POINTER = Buffer.from('version https://git-lfs.github.com/spec/');

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

async function listFiles(folder: string, { root, environment }: Repository): Promise<ListedFiles> {
  const args = ['ls-files', '-z', '--exclude-standard'];
  const inside = relative(root, folder).split(sep).join('/');
  const above = inside === '' ? '' : `${inside}/`;
  const [listed, ignored] = await Promise.all([
    askGit(folder, [...args, '-t', '--cached', '--others', '--', '.'], environment),
    // From the root: where a folder above is ignored, Git fails to say so elsewhere.
    askGit(root, [...args, '--others', '--ignored', '--directory', '--', `:(literal)${inside || '.'}`], environment),
  ]);
  // Of a merge that is open, each side is listed.
  const files = new Map(entriesOf(listed).map((entry) => [entry.slice(2), entry.startsWith('? ')]));
  return {
    files: [...files].map(([path, untracked]) => ({ path, untracked })).toSorted((a, b) => compareUtf8(a.path, b.path)),
    ignored: entriesOf(ignored)
      .filter((path) => path.startsWith(above) && path !== above)
      .map((path) => path.slice(above.length))
      .toSorted(compareUtf8),
  };
}

function entriesOf(listed: string): string[] {
  return listed.split('\0').filter((entry) => entry !== '');
}

/** Before Git reads them, which it would do without end. */
async function requireReadable(folder: string, files: readonly ListedFile[]): Promise<void> {
  if (!files.some(({ path }) => path === MANIFEST_FILE)) throw noManifest(folder);
  if (files.length > LIMITS.packFiles.entries) throw tooMany(folder);
  let room: number = LIMITS.packBytes;
  for (const { path } of files) {
    const absolute = join(folder, ...path.split('/'));
    const stats = await statsOf(absolute);
    if (stats === undefined) {
      // What Git tracks may be gone; the name of what it found may be none that can be read back.
      if (path.includes('\ufffd')) throw refused(`The name of ${absolute} is not UTF-8.`, 'Give it another one.');
      continue;
    }
    if (stats.isDirectory()) throw nested(absolute);
    if (!stats.isFile() && !stats.isSymbolicLink())
      throw refused(`${absolute} is neither a file nor a directory.`, 'Remove it, and push again.');
    const most = Math.min(room, LIMITS.fileBytes);
    if (stats.size > most) throw tooLarge(absolute, most === room ? LIMITS.packBytes : most);
    room -= stats.size;
  }
}

async function statsOf(path: string): Promise<Stats | undefined> {
  try {
    return await lstat(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT' || systemCode(error) === 'ENOTDIR') return undefined;
    throw error;
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
  if (existsSync(join(folder, MANIFEST_FILE))) {
    return refused(
      `Git is told to ignore ${join(folder, MANIFEST_FILE)}, so that there is no pack to push.`,
      'Look which rule does: git check-ignore --verbose pack.json. Or copy the pack to another place.',
    );
  }
  return refused(
    `${folder} holds no ${MANIFEST_FILE}, so it is no pack.`,
    'Name the directory of a pack, or make one with `packyard new`.',
  );
}

function tooMany(folder: string): PackyardError {
  return refused(
    `${folder} holds more than ${LIMITS.packFiles.entries} files.`,
    'Look for what got into it by mistake.',
  );
}

function storedElsewhere(path: string): PackyardError {
  return refused(
    `Git LFS stores ${path} elsewhere, where no registry that is built from Git finds it.`,
    'Take it out of LFS in .gitattributes, and push again: packs hold the files themselves.',
  );
}
