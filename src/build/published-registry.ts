import type { DocumentLink, PackDocument, PackSources, SearchPack } from '../model/documents.ts';
import type { Content, Entry } from '../model/entry.ts';
import type { RegistryConfig } from '../model/registry-config.ts';
import type { PackEntries, PublishedFile } from '../model/registry.ts';
import type { WantedPack, WantedRelease } from './assemble-pack.ts';
import type { Cache } from './cache.ts';
import { entryOf } from '../model/entry-of.ts';
import { inParallel } from '../model/in-parallel.ts';
import { INDEX_PATH } from './native-index.ts';
import { assemblyKey } from './pack-key.ts';
import type { PackPart } from './pack-part.ts';
import { publishedRelease } from './published-release.ts';
import { RECIPE } from './recipe.ts';
import type { RegistrySource } from '../remote/registry-source.ts';

/** A registry that was published before, as a build needs it. */
export interface PublishedRegistry {
  readonly source: RegistrySource;
  readonly documents: ReadonlyMap<string, DocumentLink>;
  readonly sources: ReadonlyMap<string, PackSources>;
  readonly search: ReadonlyMap<string, SearchPack>;
  /** Whether its documents were put together as this build would: then packs are taken over as they are. */
  readonly alike: boolean;
  document(name: string): Promise<PackDocument | undefined>;
  /** All files of a pack, none of them new. Rejects where there is no such pack. */
  files(name: string): Promise<PackEntries>;
  /** A published file as one of the registry at hand; read once where nothing else says how large it is. */
  entry(file: PublishedFile): Promise<Entry>;
}

/** How many documents are asked for at once. */
const WIDTH = 16;

export async function publishedRegistry(
  source: RegistrySource,
  cache: Cache,
  config: RegistryConfig,
): Promise<PublishedRegistry> {
  const { packs } = source.index;
  const documents = new Map(Object.entries(packs).map(([name, { document }]) => [name, document]));
  const documentsByName = new Map<string, Promise<PackDocument | undefined>>();
  const document = (name: string): Promise<PackDocument | undefined> => {
    const known = documentsByName.get(name) ?? source.document(name);
    documentsByName.set(name, known);
    return known;
  };
  const [search, sources] = await Promise.all([source.search(), source.sources()]);
  return {
    source,
    documents,
    document,
    alike: sources?.assembly === assemblyKey(config),
    search: new Map(search.packs.map((pack) => [pack.name, pack])),
    sources:
      sources === undefined ? await sourcesIn([...documents.keys()], document) : new Map(Object.entries(sources.packs)),
    files: async (name) => filesOf(name, documents.get(name), await document(name)),
    entry: async (file) => entryOf(file.path, await contentOf(file, source, cache), cachingOf(file.path)),
  };
}

/** A registry that says nothing of its sources says it in each pack's document. */
async function sourcesIn(
  names: readonly string[],
  documentOf: PublishedRegistry['document'],
): Promise<Map<string, PackSources>> {
  const documents = await inParallel(names, WIDTH, documentOf);
  return new Map(
    documents.flatMap((document) =>
      document === undefined
        ? []
        : [
            [
              document.name,
              { releases: document.releases.map(({ version, source, recipe }) => ({ version, ...source, recipe })) },
            ],
          ],
    ),
  );
}

function filesOf(name: string, link: DocumentLink | undefined, document: PackDocument | undefined): PackEntries {
  if (link === undefined || document === undefined) throw new TypeError(`${name} is not published`);
  const { path, sha256 } = link;
  const published = [
    ...document.releases.flatMap((release) => publishedRelease(release).published),
    { path, sha256 },
    { path: `packs/${name}/index.json`, sha256 },
  ];
  return { document, made: [], published };
}

async function contentOf(
  { path, sha256, size }: PublishedFile,
  source: RegistrySource,
  cache: Cache,
): Promise<Content> {
  const known = size ?? (await source.sizeOf(path));
  if (known !== undefined) return { sha256, size: known, open: () => source.open(path, { sha256, size: known }) };
  return cache.storeStream(source.open(path, { sha256 }));
}

function cachingOf(path: string): Entry['cache'] {
  return path === INDEX_PATH || /^packs\/[^/]+\/index\.json$/u.test(path) ? 'revalidate' : 'immutable';
}

/** Whether what is wanted of a pack is just what is published, from the same directories, by the recipe of now. */
export function sameAsPublished(
  { releases, kept }: WantedPack,
  status: string | undefined,
  published: PackSources | undefined,
): boolean {
  if (published === undefined || published.status !== status) return false;
  const rows = new Map(published.releases.map((row) => [row.version, row]));
  if (rows.size !== releases.length + kept.length) return false;
  const same = ({ version, directory, tree, removedIn }: WantedRelease): boolean => {
    const row = rows.get(version);
    return row?.directory === directory && row.tree === tree && row.removedIn === removedIn;
  };
  return releases.every((release) => same(release) && rows.get(release.version)?.recipe === RECIPE) && kept.every(same);
}

/** What a published registry says of a pack; undefined where one of its documents leaves it out. */
export function publishedPack(name: string, key: string, published: PublishedRegistry): PackPart | undefined {
  const index = Object.hasOwn(published.source.index.packs, name) ? published.source.index.packs[name] : undefined;
  const [search, sources] = [published.search.get(name), published.sources.get(name)];
  if (index === undefined || search === undefined || sources === undefined) return undefined;
  return { key, index, search, sources, findings: [] };
}
