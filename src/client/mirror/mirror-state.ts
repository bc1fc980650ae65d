import { createHash, randomUUID } from 'node:crypto';
import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { systemCode } from '../../errors.ts';
import { isMapping, propertyOf } from '../../model/json-value.ts';
import { makeFolder } from '../../remote/make-folder.ts';
import type { FileStamp } from '../../remote/output-files.ts';
import { CLIENT_FOLDER } from '../cache/client-folder.ts';

/**
 * What the last run left in a folder, so that the next one need not read it all again. It is kept elsewhere, because
 * the folder is a copy of its source.
 */
export interface MirrorState {
  /** SHA-256 of the source's index of which everything was taken. */
  readonly source: string;
  /** SHA-256 of the mirror's own index. */
  readonly index: string;
  /** What was taken of it. */
  readonly selection: string;
  /** By name of the pack. */
  readonly packs: ReadonlyMap<string, PackState>;
  /** Files that belong to no pack, by path. */
  readonly shared: ReadonlyMap<string, FileState>;
  /** Packs and releases of the mirror, and images in its list. */
  readonly counts: MirrorCounts;
}

export interface MirrorCounts {
  readonly packs: number;
  readonly releases: number;
  readonly images: number;
  readonly files: number;
  readonly bytes: number;
  /** Files that the mirror has no use for. */
  readonly stale: number;
}

/** A pack's folder as it was when every file of it was seen to be right. */
export interface PackState {
  /** SHA-256 of the pack's document. */
  readonly document: string;
  /** Of the folder's paths and stamps. */
  readonly digest: string;
}

export interface FileState {
  readonly sha256: string;
  readonly stamp: FileStamp;
}

const FORMAT = 'packyard-mirror-state/1';

/** Undefined where there is none that this Packyard can use. */
export async function loadMirrorState(folder: string, destination: string): Promise<MirrorState | undefined> {
  let value: unknown;
  try {
    value = JSON.parse(await readFile(statePath(folder, destination), 'utf8'));
  } catch {
    return undefined;
  }
  if (propertyOf(value, 'format') !== FORMAT || propertyOf(value, 'destination') !== destination) return undefined;
  const [source, index] = [propertyOf(value, 'source'), propertyOf(value, 'index')];
  const selection = propertyOf(value, 'selection');
  const [packs, shared, counts] = [
    propertyOf(value, 'packs'),
    propertyOf(value, 'shared'),
    propertyOf(value, 'counts'),
  ];
  if (typeof source !== 'string' || typeof index !== 'string' || typeof selection !== 'string') return undefined;
  if (!isCounts(counts)) return undefined;
  return { source, index, selection, packs: listed(packs, isPackState), shared: listed(shared, isFileState), counts };
}

/** Writes it in one step. A state that cannot be kept costs time only. */
export async function recordMirrorState(folder: string, destination: string, state: MirrorState): Promise<void> {
  const path = statePath(folder, destination);
  const temporary = `${path}.${randomUUID()}`;
  const stored = { format: FORMAT, destination, ...state, packs: [...state.packs], shared: [...state.shared] };
  try {
    makeFolder(dirname(path));
    await writeFile(temporary, JSON.stringify(stored), { mode: 0o600, flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

function statePath(folder: string, destination: string): string {
  return join(folder, CLIENT_FOLDER, 'mirrors', `${createHash('sha256').update(destination).digest('hex')}.json`);
}

function listed<Value>(list: unknown, isValue: (value: unknown) => value is Value): ReadonlyMap<string, Value> {
  const entries = Array.isArray(list) ? (list as unknown[]) : [];
  return new Map(
    entries.flatMap((entry): [string, Value][] => {
      const [key, value] = Array.isArray(entry) ? (entry as unknown[]) : [];
      return typeof key === 'string' && isValue(value) ? [[key, value]] : [];
    }),
  );
}

function isCounts(value: unknown): value is MirrorCounts {
  return ['packs', 'releases', 'images', 'files', 'bytes', 'stale'].every((key) =>
    Number.isSafeInteger(propertyOf(value, key)),
  );
}

function isPackState(value: unknown): value is PackState {
  return typeof propertyOf(value, 'document') === 'string' && typeof propertyOf(value, 'digest') === 'string';
}

function isFileState(value: unknown): value is FileState {
  const stamp = propertyOf(value, 'stamp');
  if (typeof propertyOf(value, 'sha256') !== 'string' || !isMapping(stamp)) return false;
  return ['size', 'mtimeMs', 'ctimeMs', 'inode'].every((key) => typeof propertyOf(stamp, key) === 'number');
}
