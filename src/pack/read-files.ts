import { dirname } from 'node:path/posix';

import { compareUtf8 } from '../model/compare-utf8.ts';
import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import type { GitObjects } from '../repo/git-objects.ts';
import { listFiles, readFiles, type PackFileEntry } from '../repo/pack-files.ts';
import type { Trees } from '../repo/tree.ts';
import { findingOf } from './finding-of.ts';
import type { PackFile, PackFiles } from './pack.ts';
import { foldedPath, notPortable } from '../model/portable-path.ts';
import { withoutJunk } from './without-junk.ts';

export interface ReadFiles {
  readonly files: PackFiles;
  /** Git object ids of the files, by path. */
  readonly oids: ReadonlyMap<string, string>;
  /** Paths of what is always left out of releases. */
  readonly junk: readonly string[];
  readonly findings: readonly Finding[];
}

/** How many files are asked for at once: enough to keep Git busy, few enough to stop in time. */
const WINDOW = 256;

/**
 * Reads a pack's directory from Git, less its junk, and says which files no release may hold. Where many are read at
 * once, `alone` holds a large one back until no other large one is in memory.
 */
export async function readPackFiles(
  trees: Trees,
  objects: GitObjects,
  tree: string,
  alone: () => Promise<void> = () => Promise.resolve(),
): Promise<ReadFiles> {
  const listed = await listFiles(trees, tree, LIMITS.packFiles);
  if ('beyond' in listed) {
    const { beyond } = listed;
    return nothing(findingOf('file/too-many', '', { of: beyond, limit: LIMITS.packFiles[beyond] }));
  }
  const { kept, junk, findings: junkFindings } = await withoutJunk(objects, listed.files);
  kept.sort((a, b) => compareUtf8(a.path, b.path));
  const findings = [...junkFindings, ...kept.flatMap(unwanted), ...collisions(kept)];
  const wanted = kept.filter((entry) => entry.type === 'file' || entry.type === 'executable');
  const read =
    (await readContents(objects, wanted, LIMITS.smallPackBytes)) ?? (await readLarge(objects, wanted, alone));
  const oids = new Map(wanted.map(({ path, oid }) => [path, oid]));
  return { files: read.files, oids, junk, findings: [...findings, ...read.findings] };
}

function unwanted({ path, type }: PackFileEntry): Finding[] {
  if (type === 'symlink') return [findingOf('file/symlink', path, { path })];
  if (type === 'submodule') return [findingOf('file/submodule', path, { path })];
  const reason = notPortable(path);
  return reason === undefined ? [] : [findingOf('file/not-portable', path, { path, reason })];
}

/** Names, of files and of the directories above them, that are one name where case does not count. */
function collisions(entries: readonly PackFileEntry[]): Finding[] {
  const first = new Map<string, string>();
  const sound = new Set<string>();
  const findings: Finding[] = [];
  for (const { path } of entries) {
    // Most files lie beside one that was looked at.
    for (const prefix of sound.has(dirname(path)) ? [path] : prefixes(path)) {
      if (sound.has(prefix)) continue;
      const folded = foldedPath(prefix);
      const other = first.get(folded);
      if (other !== undefined && other !== prefix) {
        findings.push(findingOf('file/case-collision', path, { path: prefix, other }));
        break;
      }
      first.set(folded, prefix);
      sound.add(prefix);
    }
  }
  return findings;
}

/** The directories above a path from the outermost on, and the path. */
function* prefixes(path: string): Generator<string> {
  for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) yield path.slice(0, end);
  yield path;
}

type Contents = Pick<ReadFiles, 'files' | 'findings'>;

async function readLarge(
  objects: GitObjects,
  entries: readonly PackFileEntry[],
  alone: () => Promise<void>,
): Promise<Contents> {
  await alone();
  const size = LIMITS.packBytes;
  return (await readContents(objects, entries, size)) ?? nothing(findingOf('file/pack-too-large', '', { limit: size }));
}

/** Reads files up to a limit on all of them, beyond which there is no result; a file over its own limit is not held. */
async function readContents(
  objects: GitObjects,
  entries: readonly PackFileEntry[],
  limit: number,
): Promise<Contents | undefined> {
  const files = new Map<string, PackFile>();
  const findings: Finding[] = [];
  let total = 0;
  const room = (): number => Math.min(LIMITS.fileBytes, limit - total);
  for (let start = 0; start < entries.length && total <= limit; start += WINDOW) {
    await readFiles(objects, entries.slice(start, start + WINDOW), room, ({ entry, size, data }) => {
      const { path } = entry;
      if (size > LIMITS.fileBytes)
        findings.push(findingOf('file/too-large', path, { path, size, limit: LIMITS.fileBytes }));
      else total += size;
      if (data !== undefined) files.set(path, { path, executable: entry.type === 'executable', data });
    });
  }
  return total <= limit ? { files, findings } : undefined;
}

function nothing(...findings: readonly Finding[]): ReadFiles {
  return { files: new Map(), oids: new Map(), junk: [], findings };
}
