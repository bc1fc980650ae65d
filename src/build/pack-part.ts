import type { DocumentLink, IndexPack, PackDocument, PackSources, SearchPack } from '../model/documents.ts';
import type { Finding } from '../model/finding.ts';
import { indexPackOf, packSourcesOf, searchPackOf } from '../model/pack-entries.ts';

/** What a registry's own documents say of one pack, with what a later build needs to take it over. */
export interface PackPart {
  /** Hash of everything that the pack was assembled from. */
  readonly key: string;
  readonly index: IndexPack;
  readonly search: SearchPack;
  readonly sources: PackSources;
  /** Of its directories. */
  readonly findings: readonly Finding[];
}

/** `status` is the hash of what the pack's status file says. */
export function packPart(
  key: string,
  document: PackDocument,
  link: DocumentLink,
  status: string | undefined,
  findings: readonly Finding[],
): PackPart {
  return {
    key,
    index: indexPackOf(document, link),
    search: searchPackOf(document),
    sources: packSourcesOf(document, status),
    findings,
  };
}
