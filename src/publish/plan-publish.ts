import { compareText } from '../model/compare-text.ts';
import type { IndexDocument } from '../model/documents.ts';
import type { Content, Entry } from '../model/entry.ts';
import { entryOf } from '../model/entry-of.ts';
import type { BuiltFile } from './built-folder.ts';
import { historyPath } from './history-path.ts';
import type { LiveIndex } from './live-index.ts';
import {
  countOf,
  UPLOAD_ROLES,
  type PlannedIndex,
  type PlannedUpload,
  type PublishPlan,
  type UploadRole,
} from './publish-plan.ts';
import type { StoredFile } from './store.ts';

/** A registry that is to be at a place. */
export interface WantedRegistry {
  readonly document: IndexDocument;
  readonly index: PlannedIndex;
  readonly indexContent: Content;
  /** `index.json` among them. */
  readonly files: readonly BuiltFile[];
}

/** What a place has. */
export interface PlaceState {
  readonly location: string;
  readonly atomic: boolean;
  readonly limit: number | undefined;
  readonly stored: ReadonlyMap<string, StoredFile>;
  readonly live: LiveIndex | undefined;
  /** SHA-256 by path, as the live index's documents say. */
  readonly liveFiles: ReadonlyMap<string, string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Milliseconds for which a file that nothing refers to is safe from somebody else's `--prune`. */
const SAFE_AGE: number = 30 * 60_000;

const NAMED_BY_HASH = /(?:^|[/-])([0-9a-f]{64})(?:\.json|-\d+\.(?:png|webp))$/u;

/** Compares a registry with what a place has. Removals are planned apart. */
export function planPublish(wanted: WantedRegistry, place: PlaceState): PublishPlan {
  const { live, location } = place;
  const uploads: PlannedUpload[] = [];
  const unchanged: Entry[] = [];
  for (const file of [...wanted.files, ...historyFiles(wanted, place)]) {
    const upload = uploadOf(file, place, wanted);
    if (upload === undefined) unchanged.push(file.entry);
    else uploads.push(upload);
  }
  const pointer = uploads.find(({ role }) => role === 'index');
  const upload = uploads.toSorted(byAppearance);
  const { bytes } = countOf(upload.map(({ entry }) => entry));
  return {
    location,
    index: wanted.index,
    live: live === undefined ? undefined : indexFacts(live),
    upload,
    unchanged: countOf(unchanged),
    pointer: pointer === undefined ? 'unchanged' : live === undefined ? 'new' : 'changed',
    remove: [],
    waiting: { files: 0, bytes: 0 },
    bytes,
    requests: place.atomic ? Math.min(upload.length, 2) : upload.length + checksOf(upload),
    budget: {
      total: totalAfter(upload, place),
      ...(place.limit !== undefined && { limit: place.limit }),
    },
  };
}

export function indexFacts({ index, sha256 }: Pick<LiveIndex, 'index' | 'sha256'>): PlannedIndex {
  return { serial: index.serial, sha256, commit: index.source.commit };
}

/** What was live goes into the history too, where whoever published it did not put it there. */
function historyFiles(
  { index, indexContent }: WantedRegistry,
  { live, stored }: PlaceState,
): readonly (Omit<BuiltFile, 'role'> & { readonly role: 'history' })[] {
  const own = entryOf(historyPath(index, index.sha256), indexContent, 'immutable');
  if (live === undefined || live.sha256 === index.sha256) return [{ entry: own, role: 'history' }];
  const before = historyPath(live.index, live.sha256);
  if (stored.has(before)) return [{ entry: own, role: 'history' }];
  const { bytes, sha256 } = live;
  const content: Content = {
    sha256,
    size: bytes.byteLength,
    async *open() {
      yield bytes;
    },
  };
  return [
    { entry: entryOf(before, content, 'immutable'), role: 'history' },
    { entry: own, role: 'history' },
  ];
}

function uploadOf(
  { entry, role }: { readonly entry: Entry; readonly role: BuiltFile['role'] | 'history' },
  place: PlaceState,
  wanted: WantedRegistry,
): PlannedUpload | undefined {
  const { stored, live } = place;
  if (role === 'index') return pointerUpload(entry, live, wanted);
  const found = stored.get(entry.path);
  const named = isNamedByHash(entry);
  if (found === undefined) {
    const condition = { kind: 'absent' } as const;
    return { entry, role, reason: 'new', ...(!named && { condition }) };
  }
  if (isThere(entry, found, place)) {
    // Its age says since when it is live, which may be for another time.
    const again = role === 'history' && live?.sha256 !== wanted.index.sha256;
    if (!again && (role !== 'immutable' || !mayGo(found, place))) return undefined;
    return { entry, role, reason: 'renewed' };
  }
  const condition = found.etag === undefined ? undefined : ({ kind: 'unchanged', etag: found.etag } as const);
  const late: UploadRole = role === 'immutable' && !named ? 'superseding' : role;
  return { entry, role: late, reason: 'changed', ...(condition !== undefined && !named && { condition }) };
}

function pointerUpload(
  entry: Entry,
  live: LiveIndex | undefined,
  { index }: WantedRegistry,
): PlannedUpload | undefined {
  if (live === undefined) return { entry, role: 'index', reason: 'new', condition: { kind: 'absent' } };
  if (live.sha256 === index.sha256) return undefined;
  const { etag } = live;
  return {
    entry,
    role: 'index',
    reason: 'changed',
    ...(etag !== undefined && { condition: { kind: 'unchanged', etag } }),
  };
}

export function isNamedByHash({ path, sha256 }: Pick<Entry, 'path' | 'sha256'>): boolean {
  return NAMED_BY_HASH.exec(path)?.[1] === sha256;
}

/** Whether a place has a file's bytes, as far as can be told without reading them. */
function isThere(entry: Entry, found: StoredFile, { liveFiles }: PlaceState): boolean {
  if (found.size !== entry.size) return false;
  if (found.sha256 !== undefined) return found.sha256 === entry.sha256;
  return isNamedByHash(entry) || (entry.cache === 'immutable' && liveFiles.get(entry.path) === entry.sha256);
}

/** Whether somebody else may be about to remove a file, because nothing that is live refers to it. */
function mayGo({ path, modifiedAt }: StoredFile, { liveFiles, live, now, atomic }: PlaceState): boolean {
  if (atomic || live === undefined || liveFiles.has(path) || modifiedAt === undefined) return false;
  return now - modifiedAt > SAFE_AGE;
}

/** Requests that are no uploads: two looks at the index, and one at each stable copy that changed. */
function checksOf(upload: readonly PlannedUpload[]): number {
  return 2 + upload.filter(({ role }) => role === 'stable').length;
}

function totalAfter(upload: readonly PlannedUpload[], { stored }: PlaceState): number {
  const before = [...stored.values()].reduce((sum, { size }) => sum + size, 0);
  return upload.reduce((sum, { entry }) => sum + entry.size - (stored.get(entry.path)?.size ?? 0), before);
}

function byAppearance(a: PlannedUpload, b: PlannedUpload): number {
  return UPLOAD_ROLES.indexOf(a.role) - UPLOAD_ROLES.indexOf(b.role) || compareText(a.entry.path, b.entry.path);
}
