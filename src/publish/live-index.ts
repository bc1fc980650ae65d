import { PackyardError } from '../errors.ts';
import type { IndexDocument } from '../model/documents.ts';
import { LIMITS } from '../model/limits.ts';
import { INDEX_DOCUMENT } from '../remote/registry-documents.ts';
import { INDEX_PATH } from '../remote/registry-files.ts';
import { sha256Of } from '../remote/sha256.ts';
import { isOwnPath } from '../model/own-path.ts';
import { isRegistryFile } from './registry-file.ts';
import type { Store, StoredFile } from './store.ts';

/** The index that readers of a place get now. */
export interface LiveIndex {
  readonly index: IndexDocument;
  readonly bytes: Uint8Array;
  readonly sha256: string;
  /** Where the store has them. */
  readonly etag: string | undefined;
}

/**
 * Undefined where nothing is published yet. Rejects with `output-foreign` where `index.json` is somebody else's file, or
 * of a newer Packyard.
 */
export async function readLiveIndex(store: Store): Promise<LiveIndex | undefined> {
  const found = await store.read(INDEX_PATH, LIMITS.documents.bytes);
  if (found === undefined) return undefined;
  const { bytes, etag } = found;
  try {
    const index = await INDEX_DOCUMENT.parse(bytes, `${INDEX_PATH} in ${store.location}`);
    return { index, bytes, sha256: await sha256Of(bytes), etag };
  } catch (error) {
    if (!(error instanceof PackyardError) || error.code !== 'registry-invalid') throw error;
    throw new PackyardError({
      code: 'output-foreign',
      message: `Nothing is published to ${store.location}: ${error.message}`,
      hint: 'Name another place, or remove that file first. A newer Packyard may know it.',
      cause: error,
    });
  }
}

/** Rejects where a place holds another registry than the one that is to be published. */
export function requireSameRegistry(store: Store, live: LiveIndex | undefined, { registry }: IndexDocument): void {
  if (live === undefined || live.index.registry.name === registry.name) return;
  const [theirs, ours] = [live.index.registry.name, registry.name].map((name) => JSON.stringify(name));
  throw new PackyardError({
    code: 'output-foreign',
    message: `${store.location} holds the registry ${theirs}, and ${ours} is to be published.`,
    hint: `Name another place: each registry has its own. If it was renamed, remove ${INDEX_PATH} there first.`,
  });
}

/**
 * Rejects where a place without a registry has other files in the folders that one uses, such as the sources of packs.
 * What a publisher left that was stopped before its index is none of them.
 */
export function requireNoStrangers(
  { location }: Store,
  live: LiveIndex | undefined,
  stored: ReadonlyMap<string, StoredFile>,
): void {
  if (live !== undefined) return;
  const stranger = [...stored.keys()].find((path) => isOwnPath(path) && !isRegistryFile(path));
  if (stranger === undefined) return;
  throw new PackyardError({
    code: 'output-foreign',
    message: `${location} holds ${JSON.stringify(stranger)} but no registry: publishing would mix with other people's files.`,
    hint: 'Name an empty place, or another folder or prefix in it; nothing in this one was touched.',
  });
}
