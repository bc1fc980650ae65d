import { noIndex } from '../../remote/open-registry-source.ts';
import { PackyardError } from '../../errors.ts';
import type { DocumentLink, IndexDocument, PackSources, SearchPack, SourcesDocument } from '../../model/documents.ts';
import { LIMITS } from '../../model/limits.ts';
import { INDEX_DOCUMENT, SEARCH_DOCUMENT, SOURCES_DOCUMENT } from '../../remote/registry-documents.ts';
import { FileProblem, INDEX_PATH } from '../../remote/registry-files.ts';
import { sha256Of } from '../../remote/sha256.ts';
import { linkedDocument, parsedDocument } from './linked-document.ts';
import type { Verification } from './verification.ts';
import type { VerifyFinding } from './verify-finding.ts';

/** What a registry says of all of its packs. */
export interface SharedDocuments {
  /** Undefined where it cannot be used: nothing else can be found then. */
  readonly index: IndexDocument | undefined;
  readonly indexSha256: string;
  /** By name; undefined where the document cannot be used. */
  readonly search: ReadonlyMap<string, SearchPack> | undefined;
  /** In the order of the document. */
  readonly searchNames: readonly string[];
  readonly sources: Readonly<Record<string, PackSources>> | undefined;
}

/** Reads them. Rejects where there is no registry, or it cannot be reached. */
export async function sharedDocuments(verification: Verification, findings: VerifyFinding[]): Promise<SharedDocuments> {
  const { bytes, finding } = await indexBytes(verification);
  const nothing = { search: undefined, searchNames: [], sources: undefined };
  if (bytes === undefined) {
    findings.push(finding);
    return { index: undefined, indexSha256: '', ...nothing };
  }
  const indexSha256 = await sha256Of(bytes);
  const index = await usableIndex(verification, bytes, findings);
  if (index === undefined) return { index, indexSha256, ...nothing };
  const search = await linkedDocument(verification, index.search, SEARCH_DOCUMENT, findings, 'search.json');
  const sources = await linkedSources(verification, index, findings);
  return {
    index,
    indexSha256,
    search: search && new Map(search.packs.map((pack) => [pack.name, pack])),
    searchNames: search?.packs.map(({ name }) => name) ?? [],
    sources: sources?.packs,
  };
}

/** Where an older Packyard wrote the registry, it has none. */
async function linkedSources(
  verification: Verification,
  index: IndexDocument,
  findings: VerifyFinding[],
): Promise<SourcesDocument | undefined> {
  const link = index.sources as DocumentLink | undefined;
  return link === undefined ? undefined : linkedDocument(verification, link, SOURCES_DOCUMENT, findings);
}

type IndexBytes =
  | { readonly bytes: Uint8Array; readonly finding?: undefined }
  | { readonly bytes?: undefined; readonly finding: VerifyFinding };

async function indexBytes(verification: Verification): Promise<IndexBytes> {
  const { files, remote } = verification;
  try {
    const bytes = await files.read(INDEX_PATH, LIMITS.documents.bytes);
    verification.count(bytes.byteLength);
    return { bytes };
  } catch (error) {
    if (error instanceof FileProblem && error.problem === 'missing') throw noIndex(files);
    if (remote && error instanceof PackyardError) throw error;
    return { finding: await verification.problemOf(error, INDEX_PATH, LIMITS.documents.bytes) };
  }
}

/** Rejects where there is no sign of a registry, such as with a page of a login, and where a newer Packyard made it. */
async function usableIndex(
  { files }: Verification,
  bytes: Uint8Array,
  findings: VerifyFinding[],
): Promise<IndexDocument | undefined> {
  const beginning = new TextDecoder().decode(bytes.subarray(0, 65_536));
  const isOne = beginning.includes('"packyard-index/1"') || /^\s*\{[^]*"packs"/u.test(beginning);
  if (!isOne || /"packyard-index\/(?!1")\d+"/u.test(beginning))
    return INDEX_DOCUMENT.parse(bytes, files.addressOf(INDEX_PATH));
  return parsedDocument(bytes, INDEX_DOCUMENT, INDEX_PATH, findings);
}
