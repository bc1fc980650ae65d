import { readFileSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { LIMITS } from '../../model/limits.ts';
import type { ReleaseStatus } from '../../model/status.ts';
import { junkFilter } from '../../pack/junk.ts';
import { otherBytes } from '../../remote/file-failures.ts';
import type { Registry } from '../registry.ts';
import { composedPaths } from '../unpack/composed-paths.ts';
import { readArchive, type ArchiveFile } from '../unpack/read-archive.ts';
import { MANIFEST } from './archive-content.ts';
import { identityOf, type Identity } from './archive-findings.ts';
import { folderEntries, hashFolderFile, type FolderEntry } from './folder-files.ts';
import { released } from './released.ts';
import type { Verified } from './verification.ts';
import { hasErrors, sortedFindings, verifyFinding, type VerifyFinding } from './verify-finding.ts';
import type { VerifyProgress } from './verify-progress.ts';

export interface VerifyPackOptions {
  /** What the folder should hold; unless told, what its `pack.json` says. */
  readonly release?: Identity;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: VerifyProgress) => void;
}

export interface PackVerification extends Verified {
  readonly kind: 'pack';
  /** The folder. */
  readonly location: string;
  /** Of the registry. */
  readonly registry: string;
  readonly name: string;
  readonly version: string;
  /** Absent for an active release. */
  readonly status?: ReleaseStatus;
  /** Whether nothing is wrong but for warnings. */
  readonly ok: boolean;
  /** By path. */
  readonly findings: readonly VerifyFinding[];
}

/**
 * Compares a folder that a pack was unpacked into with the release in a registry: every file, by content and by whether
 * its owner may execute it (not on Windows, which does not know). Nothing is written, and links are not followed.
 * Rejects with `unknown-release` where the folder does not say what it is, `unknown-pack` or `no-version` where the
 * registry has no such release, and as `Registry` does.
 */
export async function verifyPack(
  directory: string,
  registry: Registry,
  options: VerifyPackOptions = {},
): Promise<PackVerification> {
  const { signal, onProgress } = options;
  const folder = resolve(directory);
  const { name, version } = options.release ?? identityIn(folder);
  const release = await released(registry, { name, version });
  const { path, sha256, size, contentSha256 } = release.artifact;
  const archive = await registry.fetchFile(path, { sha256, size }, signal && { signal });
  const reading = { root: `${name}-${version}`, contentSha256, ...(signal && { signal }) };
  const files = await readArchive(archive.open(), reading);
  const findings: VerifyFinding[] = [];
  const missing = new Map(files.map((file) => [file.path, file]));
  const folders = new Set(files.flatMap((file) => foldersOf(file.path)));
  let [done, bytes] = [0, 0];
  const inArchive = composedPaths([...missing.keys(), ...folders]);
  const isWanted = (each: string): boolean => folders.has(inArchive(each));
  for await (const found of entriesOf(folder, isWanted, signal)) {
    const entry = { ...found, path: inArchive(found.path) };
    const file = missing.get(entry.path);
    if (file === undefined) {
      findings.push(extra(entry));
      continue;
    }
    missing.delete(entry.path);
    findings.push(...(await differences(folder, file, entry)));
    done += 1;
    bytes += file.size;
    onProgress?.({ done, total: files.length, label: entry.path, bytes });
  }
  for (const file of missing.keys()) findings.push(verifyFinding('missing', file, 'is in the release, and not here'));
  return {
    kind: 'pack',
    location: directory,
    registry: registry.location,
    name,
    version,
    ...(release.status !== undefined && { status: release.status }),
    ok: !hasErrors(findings),
    findings: sortedFindings(findings),
    files: done,
    bytes,
  };
}

function identityIn(folder: string): Identity {
  const path = join(folder, MANIFEST);
  const found = identityOf(bytesOf(path));
  if (typeof found !== 'string') return found;
  throw unknownRelease(`${path} ${found}`);
}

function bytesOf(path: string): Uint8Array {
  try {
    const stats = statSync(path);
    if (!stats.isFile()) throw unknownRelease(`${path} is not a file`);
    if (stats.size > LIMITS.packJsonBytes) {
      throw unknownRelease(`${path} is larger than ${formatBytes(LIMITS.packJsonBytes)}`);
    }
    return readFileSync(path);
  } catch (error) {
    if (error instanceof PackyardError) throw error;
    throw unknownRelease(`${path} cannot be read (${systemCode(error) ?? 'unknown error'})`, error);
  }
}

function unknownRelease(what: string, cause?: unknown): PackyardError {
  return new PackyardError({
    code: 'unknown-release',
    message: `It is not known which release to compare with: ${what}.`,
    hint: 'Name the folder of an unpacked pack, in which pack.json is whole; or pull the pack again.',
    cause,
  });
}

/** `a/b/c` lies in `a` and `a/b`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/').slice(0, -1);
  return parts.map((_part, at) => parts.slice(0, at + 1).join('/'));
}

async function* entriesOf(
  folder: string,
  isWanted: (path: string) => boolean,
  signal: AbortSignal | undefined,
): AsyncGenerator<FolderEntry> {
  try {
    yield* folderEntries(folder, isWanted, signal);
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined || error instanceof PackyardError) throw error;
    throw new PackyardError({
      code: 'unknown-release',
      message: `The folder ${folder} cannot be read (${code}).`,
      hint: 'Check who owns it and its permissions.',
      cause: error,
    });
  }
}

const isJunk = junkFilter();

function extra({ path, kind }: FolderEntry): VerifyFinding {
  const what = {
    file: 'is',
    folder: 'is a folder that is',
    link: 'is a link that is',
    special: 'is a special file that is',
  }[kind];
  // A folder's rule looks at what is in it.
  if (kind !== 'link' && isJunk(kind === 'folder' ? `${path}/any` : path)) {
    return verifyFinding('junk', path, `${what} not in the release, as what systems and editors leave behind`);
  }
  return verifyFinding('extra', path, `${what} not in the release`);
}

async function differences(folder: string, file: ArchiveFile, { path, kind }: FolderEntry): Promise<VerifyFinding[]> {
  if (kind !== 'file') {
    const what = { folder: 'a folder', link: 'a link', special: 'a special file' }[kind];
    return [verifyFinding('not-a-file', path, `is ${what}, where the release has a file`)];
  }
  try {
    const found = await hashFolderFile(join(folder, ...path.split('/')), file.size);
    return [...contentFinding(file, found), ...modeFinding(file, found)];
  } catch (error) {
    const code = systemCode(error);
    if (code === undefined) throw error;
    return [verifyFinding('unreadable', path, `cannot be read (${code})`)];
  }
}

function contentFinding(
  file: ArchiveFile,
  found: { readonly size: number; readonly sha256?: string },
): VerifyFinding[] {
  const { path, size, sha256 } = file;
  if (found.size !== size) {
    const message = `has ${found.size} bytes, not the ${size} of the release`;
    return [verifyFinding('changed', path, message, { expected: String(size), found: String(found.size) })];
  }
  if (found.sha256 === sha256) return [];
  const parts = { expected: sha256, ...(found.sha256 !== undefined && { found: found.sha256 }) };
  return [verifyFinding('changed', path, otherBytes(sha256, found.sha256 ?? ''), parts)];
}

function modeFinding({ path, executable }: ArchiveFile, found: { readonly executable: boolean }): VerifyFinding[] {
  if (process.platform === 'win32' || found.executable === executable) return [];
  const [expected, there] = executable ? ['executable', 'not executable'] : ['not executable', 'executable'];
  return [
    verifyFinding('executable', path, `is ${there}; in the release it is ${expected}`, { expected, found: there }),
  ];
}
