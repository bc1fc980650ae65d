import { PackyardError } from '../errors.ts';
import { LIMITS } from '../model/limits.ts';
import type { RegistryDocument } from '../remote/registry-documents.ts';
import { sha256Of } from '../remote/sha256.ts';
import type { ClientCache, Pointer } from './cache/client-cache.ts';
import type { Place } from './places.ts';

/** `usual` asks when the host said that its last answer has run out; `offline` asks nobody. */
export type Freshness = 'usual' | 'refresh' | 'offline';

export interface PointerRead<Document> {
  readonly document: Document;
  readonly sha256: string;
  /** Whether somebody was asked for it just now. */
  readonly asked: boolean;
  /** What the same address said before, where that was another one and is in the cache. */
  readonly before?: Uint8Array;
}

/**
 * A mutable document, whose bytes nobody knows the hash of: from the cache while the host says that it lasts, else by a
 * conditional request. What cannot be read never takes the place of what the cache has. Rejects with `FileProblem` where
 * the place has no such file, and with `registry-offline`.
 */
export async function readPointer<Document>(
  place: Place,
  path: string,
  kind: RegistryDocument<Document>,
  cache: ClientCache,
  freshness: Freshness,
): Promise<PointerRead<Document>> {
  const { files, remote } = place;
  const address = files.addressOf(path);
  if (!remote) return parsed(await files.read(path, LIMITS.documents.bytes), kind, address);
  const pointer = await cache.pointer(address);
  const known = pointer === undefined ? undefined : await cache.document(pointer.sha256);
  if (known !== undefined && pointer !== undefined && (freshness === 'offline' || lasts(pointer, freshness))) {
    return { ...(await parsed(known, kind, address)), asked: false };
  }
  if (freshness === 'offline') throw notCached(address);
  const validators = known === undefined ? undefined : pointer?.validators;
  const { bytes, ...answer } = await files.revalidate(path, LIMITS.documents.bytes, validators);
  const read = await parsed(bytes ?? known ?? new Uint8Array(), kind, address);
  if (answer.keep) {
    if (bytes !== undefined) await cache.keepDocument(read.sha256, bytes);
    const { validators: own, freshFor } = answer;
    await cache.keepPointer(address, { sha256: read.sha256, validators: own, freshFor, fetchedAt: Date.now() });
  }
  return known !== undefined && pointer?.sha256 !== read.sha256 ? { ...read, before: known } : read;
}

async function parsed<Document>(
  bytes: Uint8Array,
  kind: RegistryDocument<Document>,
  address: string,
): Promise<PointerRead<Document>> {
  return { document: await kind.parse(bytes, address), sha256: await sha256Of(bytes), asked: true };
}

/** A clock that was turned back must not make an answer last. */
function lasts({ fetchedAt, freshFor }: Pointer, freshness: Freshness): boolean {
  const age = Date.now() - fetchedAt;
  return freshness === 'usual' && age >= 0 && age < freshFor;
}

export function notCached(address: string): PackyardError {
  return new PackyardError({
    code: 'registry-offline',
    message: `${address} is not in the cache, and nobody was asked for it.`,
    hint: 'Run the command once without --offline.',
  });
}
