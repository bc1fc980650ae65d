import { compareText } from '../model/compare-text.ts';
import type { IndexDocument } from '../model/documents.ts';
import { LIMITS } from '../model/limits.ts';
import { PackyardError } from '../errors.ts';
import { INDEX_DOCUMENT } from '../remote/registry-documents.ts';
import { INDEX_PATH } from '../remote/registry-files.ts';
import { sha256Of } from '../remote/sha256.ts';
import type { KnownDocuments } from './built-folder.ts';
import { historyPath, parseHistoryPath, type HistoryEntry } from './history-path.ts';
import { referredFiles } from './place-state.ts';
import type { PlaceState, WantedRegistry } from './plan-publish.ts';
import type { PublishWarning } from './publish-options.ts';
import { isRegistryFile } from './registry-file.ts';
import { countOf, type FileCount, type PlannedRemoval } from './publish-plan.ts';
import type { Store, StoredFile } from './store.ts';

export interface RemovalOptions {
  readonly store: Store;
  /** Milliseconds for which what was live stays whole. */
  readonly keep: number;
  readonly width: number;
  readonly documents: KnownDocuments;
}

export interface PlannedRemovals {
  readonly remove: readonly PlannedRemoval[];
  /** What nothing refers to and is too new to go. */
  readonly waiting: FileCount;
  readonly warnings: readonly PublishWarning[];
}

/**
 * What of a place can go: what neither the new index refers to nor one that was live within the time for which readers
 * may hold on to it, and was put before that time.
 */
export async function planRemovals(
  wanted: WantedRegistry,
  place: PlaceState,
  { store, keep, width, documents }: RemovalOptions,
): Promise<PlannedRemovals> {
  const kept = keptHistory(place, keep);
  const needed = new Set([
    INDEX_PATH,
    ...wanted.files.map(({ entry }) => entry.path),
    historyPath(wanted.index, wanted.index.sha256),
    ...kept.map(({ path }) => path),
    ...(keep > 0 ? place.liveFiles.keys() : []),
  ]);
  for (const entry of kept) {
    if (entry.sha256 === wanted.index.sha256 || entry.sha256 === place.live?.sha256) continue;
    const index = await storedIndex(store, entry);
    if (index === undefined) return { ...NOTHING, warnings: [postponed(store, entry)] };
    for (const path of (await referredFiles(store, index, documents, { width })).keys()) needed.add(path);
  }
  const unneeded = [...place.stored.values()].filter(({ path }) => isRegistryFile(path) && !needed.has(path));
  const old = unneeded.filter((file) => isOld(file, place.now, keep));
  return {
    remove: old.map(({ path, size }) => ({ path, size })).toSorted((a, b) => compareText(a.path, b.path)),
    waiting: countOf(unneeded.filter((file) => !old.includes(file))),
    warnings: [],
  };
}

const NOTHING = { remove: [], waiting: { files: 0, bytes: 0 } };

/** Whether a file was put before a time began that lasts until now. Of an unknown age none is. */
export function isOld({ modifiedAt }: StoredFile, now: number, keep: number): boolean {
  return modifiedAt !== undefined && modifiedAt <= now - keep;
}

/** Indexes that were live at some time within `keep`: each until the next one was put. */
function keptHistory(
  { stored, now, live }: Pick<PlaceState, 'stored' | 'now' | 'live'>,
  keep: number,
): readonly HistoryEntry[] {
  const entries = [...stored.values()].flatMap(({ path, modifiedAt }) => {
    const entry = parseHistoryPath(path);
    return entry === undefined ? [] : [{ entry, modifiedAt }];
  });
  const times = entries.flatMap(({ modifiedAt }) => (modifiedAt === undefined ? [] : [modifiedAt])).toSorted(byNumber);
  const kept = entries.filter(({ entry, modifiedAt }) => {
    if (entry.sha256 === live?.sha256) return keep > 0;
    if (modifiedAt === undefined) return true;
    const until = times.find((time) => time > modifiedAt) ?? now;
    return until > now - keep;
  });
  return kept.map(({ entry }) => entry);
}

function byNumber(a: number, b: number): number {
  return a - b;
}

/** Undefined where it is not what its name says. */
async function storedIndex(store: Store, { path, sha256 }: HistoryEntry): Promise<IndexDocument | undefined> {
  const found = await store.read(path, LIMITS.documents.bytes);
  if (found === undefined || (await sha256Of(found.bytes)) !== sha256) return undefined;
  try {
    return await INDEX_DOCUMENT.parse(found.bytes, `${path} in ${store.location}`);
  } catch (error) {
    if (error instanceof PackyardError && error.code === 'registry-invalid') return undefined;
    throw error;
  }
}

function postponed(store: Store, { path }: HistoryEntry): PublishWarning {
  return {
    code: 'removal-postponed',
    message: `Nothing is removed from ${store.location}: what ${path} refers to cannot be told, for it is damaged.`,
    hint: 'Remove that file, and publish with --prune again.',
  };
}
