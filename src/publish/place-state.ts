import type { DocumentLink, IndexDocument } from '../model/documents.ts';
import { isHostFile } from '../model/host-file.ts';
import { inParallel } from '../model/in-parallel.ts';
import { LIMITS } from '../model/limits.ts';
import { filesOfPack, logosOfPack } from '../client/mirror/mirror-file.ts';
import { PackyardError } from '../errors.ts';
import { packDocument } from '../remote/registry-documents.ts';
import { sha256Of } from '../remote/sha256.ts';
import { isOwnPath } from '../model/own-path.ts';
import { notPortable } from '../model/portable-path.ts';
import type { KnownDocuments } from './built-folder.ts';
import type { Store, StoredFile } from './store.ts';

/** Everything of a registry that a place has, by path. */
export async function listStore(
  store: Store,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, StoredFile>> {
  const stored = new Map<string, StoredFile>();
  for await (const file of store.list()) {
    signal?.throwIfAborted();
    if ((isOwnPath(file.path) || isHostFile(file.path)) && notPortable(file.path) === undefined) {
      stored.set(file.path, file);
    }
  }
  return stored;
}

/**
 * SHA-256 by path of everything that an index refers to. Documents that are known are not asked for; of one that is not
 * there, or is damaged, nothing is said, and its path comes to `onMissing`.
 */
export async function referredFiles(
  store: Store,
  index: IndexDocument,
  known: KnownDocuments,
  options: { readonly width: number; readonly onMissing?: (path: string) => void },
): Promise<ReadonlyMap<string, string>> {
  const all = new Map<string, string>();
  const { search } = index;
  const sources = index.sources as DocumentLink | undefined;
  for (const link of [search, sources]) if (link !== undefined) all.set(link.path, link.sha256);
  all.set('search.json', search.sha256);
  await inParallel(Object.entries(index.packs), options.width, async ([name, { document }]) => {
    const here = known.get(name);
    const files = here?.sha256 === document.sha256 ? here.files : await storedPackFiles(store, name, document);
    if (files === undefined) {
      all.set(document.path, document.sha256);
      all.set(`packs/${name}/index.json`, document.sha256);
      options.onMissing?.(document.path);
    } else for (const [path, sha256] of files) all.set(path, sha256);
  });
  return all;
}

async function storedPackFiles(
  store: Store,
  name: string,
  { path, sha256 }: DocumentLink,
): Promise<ReadonlyMap<string, string> | undefined> {
  const found = await store.read(path, LIMITS.documents.bytes);
  if (found === undefined || (await sha256Of(found.bytes)) !== sha256) return undefined;
  try {
    const document = await packDocument(name).parse(found.bytes, `${path} in ${store.location}`);
    const pack = { name, document, bytes: found.bytes, sha256 };
    return new Map([...filesOfPack(pack), ...logosOfPack(pack)].map((file) => [file.path, file.sha256]));
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'registry-invalid') return undefined;
    throw error;
  }
}
