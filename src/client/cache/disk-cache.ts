import { createHash, randomBytes } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

import { PackyardError, systemCode } from '../../errors.ts';
import { isMapping, propertyOf } from '../../model/json-value.ts';
import { LIMITS } from '../../model/limits.ts';
import { makeFolder } from '../../remote/make-folder.ts';
import type { Validators } from '../../remote/registry-files.ts';
import { readSmallFile } from '../../remote/read-small-file.ts';
import { diskFile, isWhole } from './disk-file.ts';
import { diskDownload } from './disk-download.ts';
import type { ClientCache, Pointer } from './client-cache.ts';

const HASH = /^[0-9a-f]{64}$/u;

/**
 * A cache below a folder of this machine: `blobs/<2 characters>/<sha256>`, `pointers/<sha256 of the address>.json`,
 * `partial/`. Files appear by a rename, so that processes share it without a lock. A cache that cannot be written is
 * read, and nothing is kept; only a download needs a place.
 */
export function diskCache(folder: string): ClientCache {
  const blobPath = (sha256: string): string => join(folder, 'blobs', sha256.slice(0, 2), requireHash(sha256));
  const pointerPath = (address: string): string => join(folder, 'pointers', `${hashOf(Buffer.from(address))}.json`);
  return {
    async document(sha256) {
      const bytes = await readIfThere(blobPath(sha256));
      return bytes !== undefined && hashOf(bytes) === sha256 ? bytes : undefined;
    },
    keepDocument: (sha256, bytes) => writeIfPossible(blobPath(sha256), bytes, folder),
    async pointer(address) {
      const bytes = await readIfThere(pointerPath(address));
      return bytes === undefined ? undefined : parsePointer(bytes, address);
    },
    async keepPointer(address, pointer) {
      await writeIfPossible(pointerPath(address), Buffer.from(`${JSON.stringify({ address, ...pointer })}\n`), folder);
    },
    async file(sha256) {
      const path = blobPath(sha256);
      const size = await isWhole(path, sha256);
      return size === undefined ? undefined : diskFile(path, sha256, size);
    },
    async download(sha256) {
      const target = blobPath(sha256);
      const download = await usable(folder, () => diskDownload(join(folder, 'partial'), target, sha256));
      return {
        received: download.received,
        append: (chunk) => usable(folder, () => download.append(chunk)),
        restart: () => usable(folder, download.restart),
        sha256: download.sha256,
        commit: (found) => usable(folder, () => download.commit(found)),
        // What went wrong before is the thing to say; what is left has no owner soon.
        release: (keep) => usable(folder, () => download.release(keep)).catch(() => undefined),
      };
    },
  };
}

async function usable<Result>(folder: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    throw unusable(folder, error);
  }
}

/** A hash names a file: what is none could lead anywhere. */
function requireHash(sha256: string): string {
  if (HASH.test(sha256)) return sha256;
  throw new PackyardError({
    code: 'registry-invalid',
    message: `${JSON.stringify(sha256.slice(0, 80))} is no SHA-256.`,
  });
}

function hashOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The cache may hold larger files, which a registry could name as its documents. */
async function readIfThere(path: string): Promise<Buffer | undefined> {
  try {
    const bytes = await readSmallFile(path, LIMITS.documents.bytes);
    return typeof bytes === 'string' ? undefined : bytes;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
}

/** What cannot be kept is fetched again next time. */
async function writeIfPossible(path: string, bytes: Uint8Array, folder: string): Promise<void> {
  const temporary = join(folder, 'partial', `${process.pid}-${randomBytes(8).toString('hex')}.tmp`);
  try {
    makeFolder(dirname(path));
    makeFolder(dirname(temporary));
    await writeFile(temporary, bytes, { mode: 0o600, flag: 'wx' });
    await rename(temporary, path);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    await rm(temporary, { force: true }).catch(() => undefined);
  }
}

/** The address is kept beside it: who looks at the cache sees whose it is, and a foreign file is told. */
function parsePointer(bytes: Buffer, address: string): Pointer | undefined {
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return undefined;
  }
  const sha256 = propertyOf(value, 'sha256');
  const fetchedAt = propertyOf(value, 'fetchedAt');
  const freshFor = propertyOf(value, 'freshFor');
  const validators = propertyOf(value, 'validators');
  if (propertyOf(value, 'address') !== address || typeof sha256 !== 'string' || !HASH.test(sha256)) return undefined;
  if (typeof fetchedAt !== 'number' || typeof freshFor !== 'number' || !isMapping(validators)) return undefined;
  return { sha256, fetchedAt, freshFor, validators: validatorsOf(validators) };
}

function validatorsOf(value: unknown): Validators {
  const etag = propertyOf(value, 'etag');
  const lastModified = propertyOf(value, 'lastModified');
  return { ...(typeof etag === 'string' && { etag }), ...(typeof lastModified === 'string' && { lastModified }) };
}

function unusable(folder: string, error: unknown): unknown {
  const code = systemCode(error);
  if (code === undefined || error instanceof PackyardError) return error;
  return new PackyardError({
    code: code === 'ENOSPC' || code === 'EDQUOT' ? 'no-space' : 'cache-unusable',
    message: `The cache in ${folder} cannot be written (${code}).`,
    hint: 'Make room, check its permissions, or name another folder in PACKYARD_CACHE_DIR.',
    cause: error,
  });
}
