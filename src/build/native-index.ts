import { SCHEMA_NAMES, readSchema } from '../check/schema-files.ts';
import {
  INDEX_FORMAT,
  SEARCH_FORMAT,
  SOURCES_FORMAT,
  type DocumentLink,
  type IndexDocument,
  type SearchDocument,
  type SourcesDocument,
} from '../model/documents.ts';
import type { Entry } from '../model/entry.ts';
import type { Registry } from '../model/registry.ts';
import { contentOf } from '../model/content.ts';
import { documentContent, entryOf } from '../model/entry-of.ts';
import { optional } from '../model/optional.ts';
import { assemblyKey } from './pack-key.ts';

export const INDEX_PATH = 'index.json';

/** The native protocol's files that belong to no pack: those that DESIGN's table lists, `index.json` last. */
export async function nativeIndex(registry: Registry): Promise<Entry[]> {
  const entries: Entry[] = [];
  const linked = (folder: string, document: SearchDocument | SourcesDocument): DocumentLink => {
    const content = documentContent(document);
    const path = `${folder}/${content.sha256}.json`;
    entries.push(entryOf(path, content, 'immutable'));
    return { path, sha256: content.sha256 };
  };
  const search = searchDocument(registry);
  const links = { search: linked('search', search), sources: linked('sources', sourcesDocument(registry)) };
  entries.push(entryOf('search.json', documentContent(search), 'revalidate'));
  for (const name of SCHEMA_NAMES) {
    entries.push(entryOf(`schemas/${name}.schema.json`, contentOf(await readSchema(name)), 'revalidate'));
  }
  entries.push(entryOf(INDEX_PATH, documentContent(indexDocument(registry, links)), 'revalidate'));
  return entries;
}

function indexDocument(
  { config, source, serial, packs }: Registry,
  links: { readonly search: DocumentLink; readonly sources: DocumentLink },
): IndexDocument {
  const { name, title, description, homepage, repository } = config;
  return {
    format: INDEX_FORMAT,
    registry: { name, title, ...optional({ description, homepage }) },
    source: {
      ...optional({ repository }),
      commit: source.commit,
      committedAt: source.committedAt,
      ...(source.dirty && { dirty: true }),
    },
    serial,
    ...links,
    packs: Object.fromEntries(packs.map((pack) => [pack.name, pack.index])),
  };
}

function searchDocument({ packs }: Registry): SearchDocument {
  return { format: SEARCH_FORMAT, packs: packs.map(({ search }) => search) };
}

function sourcesDocument({ config, packs }: Registry): SourcesDocument {
  return {
    format: SOURCES_FORMAT,
    assembly: assemblyKey(config),
    packs: Object.fromEntries(packs.map(({ name, sources }) => [name, sources])),
  };
}
