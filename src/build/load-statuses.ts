import { byPlace } from '../check/by-place.ts';
import { firstFindings } from '../check/first-findings.ts';
import { compareText } from '../model/compare-text.ts';
import { isError, type Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { STATUS_FOLDER, type PackStatus, type StatusEntry } from '../model/status.ts';
import { findingOf } from '../pack/finding-of.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import { entryAt, type TreeEntry } from '../repo/tree.ts';
import type { Cache } from './cache.ts';
import { codeIdentity } from './code-identity.ts';
import { sha256 } from '../model/content.ts';
import { inParallel } from '../model/in-parallel.ts';
import { placedStatusFiles, type StatusBlob } from './status-files.ts';

/** What `status/` says. */
export interface Statuses {
  /** By name of the pack. Packs of which nothing is said are not in it. */
  readonly statuses: ReadonlyMap<string, PackStatus>;
  /** Names of packs whose file cannot be used: what was said of them before must stay. */
  readonly broken: ReadonlySet<string>;
  /** True where the folder as a whole cannot be used: then every pack is as good as broken. */
  readonly unusable?: true;
  readonly findings: readonly Finding[];
}

type StatusReader = Pick<Snapshot, 'tree' | 'trees' | 'objects'>;

/** Files that are parsed, and kept in the cache, together: one that changes costs the parsing of as many. */
const GROUP = 128;
/** Blobs that are read at once. */
const WIDTH = 32;

/** What was found in one file. */
interface FileRecord {
  readonly name: string;
  readonly entries?: readonly StatusEntry[];
  readonly hash?: string;
  readonly findings: readonly Finding[];
}

/**
 * Reads `status/` of a snapshot; nothing is parsed that was parsed before. Findings come by file, at most 50 of a rule.
 * Which packs and versions there are is asked by `statusFindings`.
 */
export async function loadStatuses({ tree, trees, objects }: StatusReader, cache: Cache): Promise<Statuses> {
  const folder = await entryAt(trees, tree, STATUS_FOLDER);
  if (folder === undefined) return nothing([]);
  if (folder.type !== 'directory') return nothing([misplacedFolder(folder)]);
  const entries = await trees.read(folder.oid);
  const [count, limit] = [entries.length, LIMITS.statusFiles];
  if (count > limit) return nothing([findingOf('status/too-many-files', STATUS_FOLDER, { count, limit })]);
  const { files, refused, findings } = placedStatusFiles(entries);
  const records = await inParallel(groupsOf(files), 8, (group) => recordsOf(objects, cache, group));
  return joined(records.flat(), refused, findings);
}

function nothing(findings: readonly Finding[]): Statuses {
  return {
    statuses: new Map(),
    broken: new Set(),
    findings,
    ...(findings.some(isError) && { unusable: true as const }),
  };
}

function misplacedFolder({ type }: TreeEntry): Finding {
  if (type === 'symlink') return findingOf('status/not-a-file', STATUS_FOLDER, { what: 'a symbolic link' });
  if (type === 'submodule') return findingOf('status/not-a-file', STATUS_FOLDER, { what: 'a submodule' });
  return findingOf('status/misplaced-file', STATUS_FOLDER, { what: 'the file' }, { severity: 'warning' });
}

/** By the hash of the name, so that a new file changes the group of no other one until there are twice as many. */
function groupsOf(files: readonly StatusBlob[]): StatusBlob[][] {
  const count = 2 ** Math.max(0, Math.ceil(Math.log2(files.length / GROUP)));
  if (count === 1) return [[...files]];
  const groups = Array.from({ length: count }, (): StatusBlob[] => []);
  for (const file of files) groups[Number.parseInt(sha256(file.name).slice(0, 8), 16) % count]?.push(file);
  return groups;
}

async function recordsOf(
  objects: Snapshot['objects'],
  cache: Cache,
  group: readonly StatusBlob[],
): Promise<readonly FileRecord[]> {
  if (group.length === 0) return [];
  const key = JSON.stringify([
    'statuses',
    1,
    codeIdentity(),
    sha256(group.map(({ name, oid }) => `${name} ${oid}`).join('\n')),
  ]);
  const known = await cache.record('statuses', key);
  if (known !== undefined) return known as readonly FileRecord[];
  const records = await inParallel(group, WIDTH, (file) => recordOf(objects, file));
  await cache.putRecord('statuses', key, records);
  return records;
}

async function recordOf(objects: Snapshot['objects'], { name, file, oid }: StatusBlob): Promise<FileRecord> {
  const limit = LIMITS.statusBytes;
  const { data, size } = await objects.read(oid, limit);
  if (data === undefined) return { name, findings: [findingOf('status/too-large', file, { size, limit })] };
  // Parser and validator are loaded only for what is new.
  const { parseStatus } = await import('./parse-status.ts');
  const { entries, findings } = await parseStatus(file, data);
  return { name, findings, ...(entries !== undefined && { entries, hash: statusHash(entries) }) };
}

/** The same for entries that mean the same. */
export function statusHash(entries: readonly StatusEntry[]): string {
  return sha256(
    JSON.stringify(
      entries.map(({ versions, state, reason = null, at = null, replacement = null }) => [
        versions,
        state,
        reason,
        at,
        replacement,
      ]),
    ),
  );
}

function joined(records: readonly FileRecord[], refused: readonly string[], misplaced: readonly Finding[]): Statuses {
  const statuses = new Map<string, PackStatus>();
  const broken = new Set(refused);
  for (const { name, entries, hash } of records.toSorted((a, b) => compareText(a.name, b.name))) {
    if (entries === undefined || hash === undefined) broken.add(name);
    else if (entries.length > 0) statuses.set(name, { name, entries, hash });
  }
  return {
    statuses,
    broken,
    findings: firstOfEach([...misplaced, ...records.flatMap((record) => record.findings)]),
  };
}

/** By file, and of each rule the first ones. */
export function firstOfEach(findings: readonly Finding[]): Finding[] {
  const byRule = new Map<string, Finding[]>();
  for (const finding of findings.toSorted(byPlace)) {
    const rule = `${finding.rule} ${finding.severity}`;
    const same = byRule.get(rule);
    if (same === undefined) byRule.set(rule, [finding]);
    else same.push(finding);
  }
  return [...byRule.values()].flatMap((same) => [...firstFindings(same)]).toSorted(byPlace);
}
