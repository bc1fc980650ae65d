import type { Finding } from '../model/finding.ts';
import { formatBytes } from '../model/format-bytes.ts';
import { LIMITS } from '../model/limits.ts';
import { MANIFEST_FILE, type PackFile, type PackFiles } from '../pack/pack.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import { readFiles, type PackFileEntry } from '../repo/pack-files.ts';
import type { Snapshot } from '../repo/snapshot.ts';
import { differing, type EarlierPacks } from './compare-packs.ts';
import { earlierReleases } from './compare-releases.ts';
import type { ListPacks, ListedTree } from './listed-packs.ts';
import { describeChange } from './published-change.ts';
import { publishedEntries } from './published-entries.ts';
import { publishedReleaseFinding, type ChangedContent } from './published-release-finding.ts';
import type { Supersedes } from './supersede.ts';

export interface ChangedSinceOptions {
  readonly snapshot: Snapshot;
  readonly list: ListPacks;
  /** What counts as published, from `earlierPacks`. */
  readonly earlier: EarlierPacks;
  readonly now: readonly PackDirectory[];
  /** The versions that a pack has now. */
  readonly versionsOf: (name: string) => Iterable<string>;
  readonly supersedes: Supersedes;
}

export interface ChangedSince {
  /** Of releases that may not change. */
  readonly findings: readonly Finding[];
  /** Releases that change on somebody's word, by `name@version`, with what they were. */
  readonly superseded: ReadonlyMap<string, PackDirectory>;
  /** What the refused releases were, by the directory in which they are now. */
  readonly refused: ReadonlyMap<string, PackDirectory>;
}

/**
 * The releases of an earlier commit that have other content now, where nothing says what is published. Reads what
 * differs and nothing else.
 */
export async function changedSince(options: ChangedSinceOptions): Promise<ChangedSince> {
  const { snapshot, list, earlier, now, supersedes } = options;
  const before = await list(differing(earlier.directories, now));
  const after = before.length === 0 ? [] : await list(differing(now, earlier.directories));
  const findings: Finding[] = [];
  const superseded = new Map<string, PackDirectory>();
  const refused = new Map<string, PackDirectory>();
  for (const { name, version, old, found } of earlierReleases(before, after)) {
    if (found === undefined || found.tree === old.tree) continue;
    const pair = await differingEntries(snapshot, old, found);
    if (pair.before.length === 0 && pair.after.length === 0) continue;
    if (supersedes.get(name)?.has(version) === true)
      superseded.set(`${name}@${version}`, { directory: old.directory, tree: old.tree });
    else {
      refused.set(found.directory, { directory: old.directory, tree: old.tree });
      findings.push(findingFor({ name, version }, found, await changeOf(snapshot, pair), options));
    }
  }
  return { findings, superseded, refused };
}

function findingFor(
  identity: { readonly name: string; readonly version: string },
  found: ListedTree,
  change: NonNullable<ChangedContent['change']>,
  { earlier, versionsOf }: ChangedSinceOptions,
): Finding {
  return publishedReleaseFinding({
    ...identity,
    file: found.directory === '' ? MANIFEST_FILE : `${found.directory}/${MANIFEST_FILE}`,
    place: found.manifest.place(['version']),
    published: `commit ${earlier.commit}`,
    taken: versionsOf(identity.name),
    change,
  });
}

interface EntryPair {
  readonly before: readonly PackFileEntry[];
  readonly after: readonly PackFileEntry[];
}

async function differingEntries(snapshot: Snapshot, old: ListedTree, found: ListedTree): Promise<EntryPair> {
  const filesOf = async ({ tree }: ListedTree): Promise<PackFileEntry[]> =>
    // No release holds anything else.
    (await publishedEntries(snapshot, tree)).filter(({ type }) => type === 'file' || type === 'executable');
  const [before, after] = [await filesOf(old), await filesOf(found)];
  return { before: entriesWithout(before, after), after: entriesWithout(after, before) };
}

/** The files that are not the same among others. */
function entriesWithout(entries: readonly PackFileEntry[], others: readonly PackFileEntry[]): readonly PackFileEntry[] {
  const keyOf = ({ path, type, oid }: PackFileEntry): string => `${type} ${oid} ${path}`;
  const known = new Set(others.map(keyOf));
  return entries.filter((entry) => !known.has(keyOf(entry)));
}

async function changeOf(
  { objects }: Snapshot,
  { before, after }: EntryPair,
): Promise<NonNullable<ChangedContent['change']>> {
  let left: number = LIMITS.packBytes;
  const read = async (entries: readonly PackFileEntry[]): Promise<PackFiles> => {
    const files = new Map<string, PackFile>();
    await readFiles(
      objects,
      entries,
      () => Math.max(left, 0),
      ({ entry: { path, type }, size, data }) => {
        left -= size;
        if (data !== undefined) files.set(path, { path, executable: type === 'executable', data });
      },
    );
    return files;
  };
  const [was, is] = [await read(before), await read(after)];
  return left < 0 ? { reason: `more than ${formatBytes(LIMITS.packBytes)} differ` } : describeChange(was, is);
}
