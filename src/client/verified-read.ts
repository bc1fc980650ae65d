import type { DocumentLink } from '../model/documents.ts';
import { LIMITS } from '../model/limits.ts';
import { otherBytes, tooLarge } from '../remote/file-failures.ts';
import { invalidDocument, webPage, type DocumentKind } from '../remote/parse-document.ts';
import { FileProblem, type RegistryFiles } from '../remote/registry-files.ts';
import { sha256Of } from '../remote/sha256.ts';
import type { ClientCache } from './cache/client-cache.ts';
import { WrongBytes, type Place } from './places.ts';
import { notCached } from './read-pointer.ts';

/** The bytes of a document whose hash is known, from the cache or from a place. Rejects with `WrongBytes` too. */
export async function verifiedRead(
  { files, remote }: Place,
  { path, sha256 }: DocumentLink,
  kind: DocumentKind,
  cache: ClientCache,
  offline: boolean,
): Promise<Uint8Array> {
  const cached = remote ? await cache.document(sha256) : undefined;
  if (cached !== undefined) return cached;
  const address = files.addressOf(path);
  if (offline && remote) throw notCached(address);
  let bytes = await readDocument(files, path, kind);
  let found = await sha256Of(bytes);
  if (found !== sha256 && remote) {
    // An answer that was cut off cannot always be told from a whole one.
    bytes = await readDocument(files, path, kind);
    found = await sha256Of(bytes);
  }
  if (found !== sha256)
    throw webPage(bytes, kind, address) ?? new WrongBytes(`${address} ${otherBytes(sha256, found)}`);
  if (remote) await cache.keepDocument(sha256, bytes);
  return bytes;
}

/** The bytes of a document, as many as there may be. Rejects with `registry-invalid` where there are more. */
async function readDocument(files: RegistryFiles, path: string, kind: DocumentKind): Promise<Uint8Array> {
  try {
    return await files.read(path, LIMITS.documents.bytes);
  } catch (error) {
    if (!(error instanceof FileProblem) || error.problem !== 'too-large') throw error;
    throw invalidDocument(files.addressOf(path), kind, tooLarge(LIMITS.documents.bytes));
  }
}
