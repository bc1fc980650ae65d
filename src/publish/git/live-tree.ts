import { PackyardError } from '../../errors.ts';
import { isOwnPath } from '../../model/own-path.ts';
import { notPortable } from '../../model/portable-path.ts';
import { sha256 } from '../../model/content.ts';
import { isHostFile } from '../../model/host-file.ts';
import { parseBranchFiles, parseBranchLinks } from './branch-files.ts';
import { KNOWN_BLOBS_PATH, parseKnownBlobs, type KnownBlob } from './known-blobs.ts';
import type { LiveRepository } from './live-repository.ts';

/** A remote branch as it was when it was fetched. */
export interface LiveTree {
  readonly commit: string | undefined;
  /** Object ids by path: regular files of the branch, the registry's and others. */
  readonly files: ReadonlyMap<string, string>;
}

const NO_TREE: LiveTree = { commit: undefined, files: new Map() };

/** Bytes of the list of known blobs: a million of them. */
const LONGEST_LIST = 134_217_728;

/** Whether a path of a branch is one that a publisher looks after. */
export function isPublished(path: string): boolean {
  return (isOwnPath(path) || isHostFile(path)) && notPortable(path) === undefined;
}

/** Fetches a branch. What is known of its blobs goes into `known`. Rejects with `output-foreign`, or as `fetch` does. */
export async function readLiveTree(
  repository: LiveRepository,
  known: Map<string, KnownBlob>,
  location: string,
): Promise<LiveTree> {
  const { commit } = await repository.fetch();
  if (commit === undefined) return NO_TREE;
  const listed = await repository.files(commit);
  const files = parseBranchFiles(listed);
  const list = files.get(KNOWN_BLOBS_PATH);
  requireRegistry(files, list, location);
  if (!files.has('index.json') && list === undefined) requireNoLinks(parseBranchLinks(listed), location);
  if (list !== undefined) {
    await repository.fetchBlobs(commit, new Set([list]));
    const { data } = await repository.objects.read(list, LONGEST_LIST);
    for (const [oid, blob] of parseKnownBlobs(data?.toString('latin1') ?? '')) {
      if (!known.has(oid)) known.set(oid, blob);
    }
  }
  return { commit, files };
}

/** A branch of packs' sources has folders of the same names, and must not lose them. */
function requireRegistry(files: ReadonlyMap<string, string>, list: string | undefined, location: string): void {
  if (files.has('index.json') || list !== undefined) return;
  const stranger = [...files.keys()].find((path) => isOwnPath(path));
  if (stranger === undefined) return;
  throw new PackyardError({
    code: 'output-foreign',
    message: `${location} holds ${JSON.stringify(stranger)} but no registry: publishing would write over other people's files.`,
    hint: 'Name a branch of its own, such as gh-pages. It need not exist.',
  });
}

/** Where there is no registry yet, somebody else put it there. */
function requireNoLinks(links: readonly string[], location: string): void {
  const link = links.find((path) => isOwnPath(path) || isHostFile(path));
  if (link === undefined) return;
  throw new PackyardError({
    code: 'output-foreign',
    message: `${location} has a link or a submodule at ${JSON.stringify(link)}, where a registry has its files.`,
    hint: 'Remove it from the branch and publish again, or name another branch; nothing was changed.',
  });
}

/** Fetches and reads those blobs of the registry of which nothing is known yet: none, where a publisher left its list. */
export async function learnBlobs(
  repository: LiveRepository,
  { commit, files }: LiveTree,
  known: Map<string, KnownBlob>,
): Promise<void> {
  const oids = [...files].flatMap(([path, oid]) => (isPublished(path) && !known.has(oid) ? [oid] : []));
  if (commit === undefined || oids.length === 0) return;
  await repository.fetchBlobs(commit, new Set(oids));
  for (const oid of new Set(oids)) {
    // One after the other: all of them at once could be more than the memory holds.
    // eslint-disable-next-line no-await-in-loop
    const { data } = await repository.objects.read(oid);
    if (data !== undefined) known.set(oid, { sha256: sha256(data), size: data.byteLength, since: 0 });
  }
}
