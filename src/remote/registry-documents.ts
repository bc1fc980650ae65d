import {
  INDEX_FORMAT,
  PACK_FORMAT,
  SEARCH_FORMAT,
  SOURCES_FORMAT,
  type IndexDocument,
  type PackDocument,
  type SearchDocument,
  type SourcesDocument,
} from '../model/documents.ts';
import { strayInIndex, strayInPack, strayInSearch, strayInSources } from './document-paths.ts';
import { invalidDocument, parseDocument, withoutPrototype, type DocumentKind } from './parse-document.ts';

/** One kind of document: what it must be, and how its bytes are read. */
export interface RegistryDocument<Document> extends DocumentKind {
  /** `address` is for messages. Rejects with `registry-invalid`. */
  parse(bytes: Uint8Array, address: string): Promise<Document>;
}

/** Its `packs` have no prototype. */
export const INDEX_DOCUMENT: RegistryDocument<IndexDocument> = documentKind(
  { schema: 'index', format: INDEX_FORMAT, name: "a registry's index" },
  strayInIndex,
  'packs',
);

export const SEARCH_DOCUMENT: RegistryDocument<SearchDocument> = documentKind(
  { schema: 'search', format: SEARCH_FORMAT, name: "a catalogue's list of packs" },
  strayInSearch,
);

/** Its `packs` have no prototype. */
export const SOURCES_DOCUMENT: RegistryDocument<SourcesDocument> = documentKind(
  { schema: 'sources', format: SOURCES_FORMAT, name: "a registry's list of sources" },
  strayInSources,
  'packs',
);

/** The document of the pack that is called so. */
export function packDocument(name: string): RegistryDocument<PackDocument> {
  return documentKind({ schema: 'pack-document', format: PACK_FORMAT, name: "a pack's document" }, (document) =>
    strayInPack(document, name),
  );
}

function documentKind<Document>(
  kind: DocumentKind,
  strayIn: (document: Document) => string | undefined,
  mapping?: string,
): RegistryDocument<Document> {
  return {
    ...kind,
    async parse(bytes, address) {
      const document = (await parseDocument(bytes, kind, address)) as Document;
      if (mapping !== undefined) withoutPrototype(document, mapping);
      const stray = strayIn(document);
      if (stray !== undefined) throw invalidDocument(address, kind, stray);
      return document;
    },
  };
}
