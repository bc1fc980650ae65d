import { PackyardError } from '../errors.ts';
import { LIMITS } from '../model/limits.ts';
import { isRegistryPath } from '../remote/document-paths.ts';
import { otherBytes, tooLarge } from '../remote/file-failures.ts';
import { webPage } from '../remote/parse-document.ts';
import { startSha256 } from '../remote/sha256.ts';
import { abortable } from './abortable.ts';
import type { ClientCache, Download } from './cache/client-cache.ts';
import { WrongBytes, type Place } from './places.ts';
import { notCached } from './read-pointer.ts';
import type { FetchedFile, FetchFileOptions } from './registry.ts';

/** What a file must be. */
export interface WantedFile {
  readonly path: string;
  readonly sha256: string;
  /** In bytes, where it is known. */
  readonly size?: number;
}

/** Refuses what no registry leads to, before anybody is asked. */
export function requireFetchable({ path, size }: WantedFile, location: string): void {
  const large = (size ?? 0) > LIMITS.publishedFileBytes;
  if (isRegistryPath(path) && !large) return;
  throw new PackyardError({
    code: 'registry-invalid',
    message: large
      ? `${path} of ${location} is not fetched: ${tooLarge(LIMITS.publishedFileBytes)}.`
      : `${JSON.stringify(path.slice(0, 200))} is no path of a registry.`,
    hint: large ? 'No registry that Packyard builds holds a file of that size.' : `It was not read from ${location}.`,
  });
}

/** A file from one place, whole and verified. Rejects with `WrongBytes` too. */
export function fetchFrom(
  place: Place,
  wanted: WantedFile,
  cache: ClientCache,
  offline: boolean,
  options: FetchFileOptions,
): Promise<FetchedFile> {
  if (!place.remote) return fromDirectory(place, wanted, options);
  if (offline) throw notCached(place.files.addressOf(wanted.path));
  return downloaded(place, wanted, cache, options);
}

/** It is not copied: whoever reads it hashes it once more. */
async function fromDirectory(place: Place, wanted: WantedFile, options: FetchFileOptions): Promise<FetchedFile> {
  let size = 0;
  for await (const chunk of verified(place, wanted, options.signal)) {
    size += chunk.byteLength;
    options.onBytes?.(size, wanted.size ?? size);
  }
  return { size, sha256: wanted.sha256, open: () => verified(place, wanted) };
}

async function* verified(place: Place, wanted: WantedFile, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const hash = startSha256();
  let size = 0;
  for await (const chunk of abortable(place.files.stream(wanted.path, limitOf(wanted), 0, signal), signal)) {
    hash.update(chunk);
    size += chunk.byteLength;
    yield chunk;
  }
  requireSame(place, wanted, { size, sha256: await hash.hex() });
}

async function downloaded(
  place: Place,
  wanted: WantedFile,
  cache: ClientCache,
  options: FetchFileOptions,
): Promise<FetchedFile> {
  const download = await cache.download(wanted.sha256);
  let kept = true;
  try {
    const resumed = download.received > 0;
    let received = await receive(place, wanted, download, download.received, options);
    // What an earlier run left may be the wrong part, and the end of an answer cannot always be told.
    const again = resumed || (wanted.size !== undefined && received.size < wanted.size);
    if (again && (await download.sha256()) !== wanted.sha256) {
      await download.restart();
      received = await receive(place, wanted, download, 0, options);
    }
    kept = false;
    const found = await download.sha256();
    const page =
      found === wanted.sha256 ? undefined : webPage(received.beginning, FILE, place.files.addressOf(wanted.path));
    if (page !== undefined) throw page;
    requireSame(place, wanted, { size: received.size, sha256: found });
    return await download.commit(wanted.sha256);
  } finally {
    await download.release(kept);
  }
}

interface Received {
  readonly size: number;
  /** First bytes, where they came now. */
  readonly beginning: Uint8Array;
}

const FILE = { name: 'a file of a registry' };

async function receive(
  { files }: Place,
  wanted: WantedFile,
  download: Download,
  from: number,
  { signal, onBytes }: FetchFileOptions,
): Promise<Received> {
  let received = from;
  let beginning = new Uint8Array();
  onBytes?.(received, wanted.size ?? received);
  if (received > 0 && received === wanted.size) return { size: received, beginning };
  for await (const chunk of abortable(files.stream(wanted.path, limitOf(wanted), from, signal), signal)) {
    await download.append(chunk);
    if (received === 0) beginning = chunk.slice(0, 1024);
    received += chunk.byteLength;
    onBytes?.(received, wanted.size ?? received);
  }
  return { size: received, beginning };
}

/** One byte more than there should be is enough to tell. */
function limitOf({ size }: WantedFile): number {
  return size ?? LIMITS.publishedFileBytes;
}

/** Who makes room by a size that is not true would read what nobody wrote. */
function requireSame(
  { files }: Place,
  { path, sha256, size }: WantedFile,
  found: { readonly size: number; readonly sha256: string },
): void {
  const short = size !== undefined && found.size < size;
  if (!short && found.sha256 === sha256) return;
  const remark = files.remarkOn(path);
  const what = short ? `has ${found.size} of the ${size} bytes that were published` : otherBytes(sha256, found.sha256);
  const message = `${files.addressOf(path)} ${what}`;
  throw new WrongBytes(remark === undefined ? message : `${message}. ${remark.replace(/\.$/u, '')}`);
}
