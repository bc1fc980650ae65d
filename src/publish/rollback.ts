import { startOperation, type Operation } from '../client/operation.ts';
import { filesOfPack, logosOfPack, type MirrorFile } from '../client/mirror/mirror-file.ts';
import { PackyardError } from '../errors.ts';
import { contentOf } from '../model/content.ts';
import type { DocumentLink, IndexDocument } from '../model/documents.ts';
import { entryOf } from '../model/entry-of.ts';
import { inParallel } from '../model/in-parallel.ts';
import { LIMITS } from '../model/limits.ts';
import { INDEX_DOCUMENT, packDocument } from '../remote/registry-documents.ts';
import { INDEX_PATH } from '../remote/registry-files.ts';
import { sha256Of } from '../remote/sha256.ts';
import type { BuiltFile } from './built-folder.ts';
import { parseHistoryPath, type HistoryEntry } from './history-path.ts';
import { readLiveIndex, type LiveIndex } from './live-index.ts';
import { listStore, referredFiles } from './place-state.ts';
import { indexFacts, type WantedRegistry } from './plan-publish.ts';
import { publishRun } from './publish-run.ts';
import type { PublishEvent, PublishResult, RollbackOptions } from './publish-options.ts';
import type { Store, StoredFile } from './store.ts';

const WIDTH = 8;

/** Paths that a message names. */
const NAMED = 3;

/**
 * Makes an index that was live before the live one again, with the copies under paths that stay. Nothing else is sent:
 * what it refers to is still there, or it is refused. The next `publish` of a higher serial takes its place.
 *
 * Rejects with `usage` where the serial is none, `unknown-serial` where the place knows none such or more than one,
 * `registry-damaged` where files of it are gone, `registry-changed` where somebody publishes meanwhile, and as the store
 * does.
 */
export function rollback(options: RollbackOptions): Operation<PublishEvent, PublishResult> {
  const { signal, onEvent } = options;
  return startOperation((emit, stop) => work({ ...options, signal: stop }, emit, stop), {
    ...(signal !== undefined && { signal }),
    ...(onEvent !== undefined && { onEvent }),
  });
}

async function work(
  options: RollbackOptions,
  emit: (event: PublishEvent) => void,
  signal: AbortSignal,
): Promise<PublishResult> {
  const { store, serial, width = WIDTH } = options;
  const live = await readLiveIndex(store);
  const stored = await listStore(store, signal);
  const entry = chosenEntry(serial, stored, live, store);
  const { wanted, immutable } = await wantedOf(entry, stored, live, store, width);
  const result = await publishRun(wanted, options, {
    emit,
    signal,
    documents: new Map(),
    ...(live !== undefined && { backFrom: live.sha256 }),
  });
  if (!store.atomic && result.outcome === 'published') {
    const after = await listStore(store, signal);
    const missing = immutable.filter(({ path }) => !after.has(path)).map(({ path }) => path);
    if (missing.length > 0) throw takenAway(store, entry, missing, result.before);
  }
  return result;
}

/** What is live already is not meant where there is another of its serial. */
function chosenEntry(
  wish: string,
  stored: ReadonlyMap<string, StoredFile>,
  live: LiveIndex | undefined,
  store: Store,
): HistoryEntry {
  const [, serial, beginning = ''] = /^(\d{1,15})(?:-([0-9a-f]{1,64}))?$/u.exec(wish) ?? [];
  if (serial === undefined) {
    throw new PackyardError({
      code: 'usage',
      message: `${JSON.stringify(wish.slice(0, 100))} is no serial of a registry.`,
      hint: 'It is a number, such as 228; where there are two of it, with the beginning of a hash: 228-3f2a.',
    });
  }
  const known = [...stored.keys()].flatMap((path) => parseHistoryPath(path) ?? []);
  const fitting = known.filter((each) => each.serial === Number(serial) && each.sha256.startsWith(beginning));
  const others = fitting.filter(({ sha256 }) => sha256 !== live?.sha256);
  const [first, second] = others.length === 1 ? others : fitting;
  if (first === undefined) throw unknownSerial(wish, known, store);
  if (second === undefined) return first;
  throw new PackyardError({
    code: 'unknown-serial',
    message: `${store.location} had ${fitting.length} registries of serial ${serial}.`,
    hint: `Say which: ${fitting.map(({ sha256 }) => `${serial}-${sha256.slice(0, 8)}`).join(' or ')}.`,
  });
}

function unknownSerial(wish: string, known: readonly HistoryEntry[], { location }: Store): PackyardError {
  const serials = [...new Set(known.map(({ serial }) => serial))].toSorted((a, b) => b - a).slice(0, 10);
  const hint = 'Each publishing leaves its index below history/, until --prune removes it.';
  return new PackyardError({
    code: 'unknown-serial',
    message: `${location} has no registry of serial ${wish} to go back to.`,
    hint: serials.length === 0 ? `It has none at all. ${hint}` : `It has ${serials.join(', ')}. ${hint}`,
  });
}

async function wantedOf(
  { path, serial, sha256 }: HistoryEntry,
  stored: ReadonlyMap<string, StoredFile>,
  live: LiveIndex | undefined,
  store: Store,
  width: number,
): Promise<{ readonly wanted: WantedRegistry; readonly immutable: readonly MirrorFile[] }> {
  const bytes = await documentBytes(store, { path, sha256 });
  if (bytes === undefined) throw gone(store, serial, [path]);
  const document = await INDEX_DOCUMENT.parse(bytes, `${path} in ${store.location}`);
  const read = await inParallel(Object.entries(document.packs), width, async ([name, { document: link }]) => {
    const found = await documentBytes(store, link);
    if (found === undefined) throw gone(store, serial, [link.path]);
    const pack = await packDocument(name).parse(found, `${link.path} in ${store.location}`);
    return { name, document: pack, bytes: found, sha256: link.sha256 };
  });
  const linked = [...read.flatMap((pack) => [...filesOfPack(pack), ...logosOfPack(pack)]), ...sharedFiles(document)];
  const immutable = linked.filter(({ role }) => role === 'immutable');
  const liveFiles = live === undefined ? new Map() : await referredFiles(store, live.index, new Map(), { width });
  const missing = immutable.filter((file) => !isThere(file, stored, liveFiles));
  if (missing.length > 0) throw gone(store, serial, [...new Set(missing.map((file) => file.path))]);
  const search = await documentBytes(store, document.search);
  if (search === undefined) throw gone(store, serial, [document.search.path]);
  const copies = read.map((pack) => copyOf(`packs/${pack.name}/index.json`, pack.bytes));
  const wanted: WantedRegistry = {
    document,
    index: indexFacts({ index: document, sha256 }),
    indexContent: contentOf(bytes),
    files: [
      ...copies,
      copyOf('search.json', search),
      { entry: entryOf(INDEX_PATH, contentOf(bytes), 'revalidate'), role: 'index' },
    ],
  };
  return { wanted, immutable };
}

function copyOf(path: string, bytes: Uint8Array): BuiltFile {
  return { entry: entryOf(path, contentOf(bytes), 'revalidate'), role: 'stable' };
}

function sharedFiles({ search, sources }: IndexDocument): readonly MirrorFile[] {
  const links = [search, sources as DocumentLink | undefined].filter((link) => link !== undefined);
  return links.map((link) => ({ ...link, role: 'immutable' }));
}

/** Whether a file is there, and nothing says that another one took its place. */
function isThere(
  { path, size, sha256 }: MirrorFile,
  stored: ReadonlyMap<string, StoredFile>,
  liveFiles: ReadonlyMap<string, string>,
): boolean {
  const found = stored.get(path);
  if (found === undefined || (size !== undefined && size !== found.size)) return false;
  return (found.sha256 ?? liveFiles.get(path) ?? sha256) === sha256;
}

/** Undefined where they are not there, or are others. */
async function documentBytes(store: Store, { path, sha256 }: DocumentLink): Promise<Uint8Array | undefined> {
  const found = await store.read(path, LIMITS.documents.bytes);
  return found !== undefined && (await sha256Of(found.bytes)) === sha256 ? found.bytes : undefined;
}

function gone({ location }: Store, serial: number, paths: readonly string[]): PackyardError {
  const named = paths.slice(0, NAMED).join(', ');
  const more = paths.length > NAMED ? ` and ${paths.length - NAMED} more` : '';
  return new PackyardError({
    code: 'registry-damaged',
    message: `${location} cannot go back to serial ${serial}: ${named}${more} ${paths.length === 1 ? 'is' : 'are'} not there any more, or changed.`,
    hint: 'Go back to another serial, or revert in Git and publish that. Nothing was changed.',
  });
}

/** Somebody else's `--prune` may have looked before, and removed after. */
function takenAway(
  { location }: Store,
  { serial }: HistoryEntry,
  paths: readonly string[],
  before: number | undefined,
): PackyardError {
  const more = paths.length > 1 ? ` and ${paths.length - 1} more` : '';
  return new PackyardError({
    code: 'registry-damaged',
    message: `${location} went back to serial ${serial}, but another publisher removed ${paths[0]}${more} meanwhile.`,
    hint: `Go on with --rollback ${before ?? 'SERIAL'}, or revert in Git and publish that.`,
  });
}
