import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';

import { sha256Of } from '../../helpers/registry-tree.ts';

/** Files that a cache takes for whole, though they do not have the bytes that their names say. */
export function damagedBlobs(cache: string): string[] {
  return blobsOf(cache).filter((path) => sha256Of(readFileSync(path)) !== basename(path));
}

/** Hashes of what a cache holds. */
export function blobNames(cache: string): string[] {
  return blobsOf(cache).map((path) => basename(path));
}

function blobsOf(cache: string): string[] {
  const blobs = join(cache, 'client/blobs');
  if (!existsSync(blobs)) return [];
  return readdirSync(blobs, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted();
}
