import type { PlacedRelease } from '../check/check-registry.ts';
import type { ListedPack } from '../check/lint-registry.ts';
import { LIMITS } from '../model/limits.ts';
import { parseJson } from '../pack/json-document.ts';
import { isMapping, propertyOf } from '../model/json-value.ts';
import { MANIFEST_FILE } from '../pack/pack.ts';
import type { SourceDocument } from '../pack/source-document.ts';
import { decodeText } from '../pack/text.ts';
import type { PackDirectory } from '../repo/pack-directories.ts';
import type { Snapshot } from '../repo/snapshot.ts';

/** A pack by its `pack.json`, with the tree that it is. */
export interface ListedTree extends ListedPack {
  /** Git tree id of the directory. */
  readonly tree: string;
}

/** Reads the `pack.json` of pack directories, and nothing else of them; what cannot be read is left out. */
export type ListPacks = (directories: readonly PackDirectory[]) => Promise<ListedTree[]>;

/** A reader that parses each `pack.json` once, in however many directories and revisions it stands. */
export function packLister({ trees, objects }: Snapshot, replaced: ReadonlyMap<string, Buffer> = new Map()): ListPacks {
  const known = new Map<string, Promise<SourceDocument | undefined>>();
  const manifestOf = async ({ directory, tree }: PackDirectory): Promise<SourceDocument | undefined> => {
    const replacement = replaced.get(`${directory}/${MANIFEST_FILE}`);
    if (replacement !== undefined) return parsedManifest(replacement);
    const entry = await trees.find(tree, MANIFEST_FILE);
    if (entry === undefined || entry.type === 'symlink' || entry.type === 'submodule') return undefined;
    const manifest =
      known.get(entry.oid) ?? objects.read(entry.oid, LIMITS.packJsonBytes).then(({ data }) => parsedManifest(data));
    known.set(entry.oid, manifest);
    return manifest;
  };
  return async (directories) => {
    const manifests = await Promise.all(directories.map(manifestOf));
    return directories.flatMap(({ directory, tree }, index): ListedTree[] => {
      const manifest = manifests[index];
      return manifest === undefined ? [] : [{ directory, tree, manifest }];
    });
  };
}

/** Name and version as `pack.json` has them; undefined where one is no text. */
export function identityOf({
  manifest: { value },
}: ListedPack): { readonly name: string; readonly version: string } | undefined {
  const [name, version] = [propertyOf(value, 'name'), propertyOf(value, 'version')];
  return typeof name === 'string' && typeof version === 'string' ? { name, version } : undefined;
}

/** Those that have name and version. */
export function placedReleases(packs: readonly ListedTree[]): PlacedRelease[] {
  return packs.flatMap((pack) => {
    const identity = identityOf(pack);
    const { directory, manifest } = pack;
    return identity === undefined ? [] : [{ ...identity, directory, place: () => manifest.place(['version']) }];
  });
}

/** What a `pack.json` holds; undefined where it is missing or no mapping that can be read. */
export function parsedManifest(data: Buffer | undefined): SourceDocument | undefined {
  const decoded = data === undefined ? undefined : decodeText(data);
  if (decoded === undefined || !('text' in decoded)) return undefined;
  const parsed = parseJson(decoded.text, LIMITS.depth);
  if (!('document' in parsed)) return undefined;
  const { value } = parsed.document;
  return isMapping(value) ? parsed.document : undefined;
}
