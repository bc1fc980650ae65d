import {
  chmodSync,
  closeSync,
  fchmodSync,
  fsync,
  linkSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import { PackyardError, systemCode } from '../errors.ts';
import { sha256 } from '../model/content.ts';
import type { Entry } from '../model/entry.ts';
import { isHostFile, isHostName } from '../model/host-file.ts';
import { isOwnPath } from '../model/own-path.ts';
import { makeFolder } from '../remote/make-folder.ts';
import { moveNow } from '../remote/move.ts';
import { stampOf } from '../remote/output-files.ts';
import { INDEX_PATH } from '../remote/registry-files.ts';
import { conditionLock, stagedName, type ConditionLock } from './condition-lock.ts';
import { directoryPaths, type DirectoryPaths } from './directory-paths.ts';
import { directoryError } from './directory-error.ts';
import { openKnownHashes, type KnownHashes } from './known-hashes.ts';
import { plainFileBytes } from './plain-file-bytes.ts';
import type { Condition, Store, StoredFile, StoreTraffic } from './store.ts';

/** Folder of files that are on their way; below the base, so that renaming them is one step. */
const PUBLISHING = '.packyard-publish';

export interface DirectoryStoreOptions {
  /** Folder for what is known of the files from one run to the next; nothing is kept unless told. */
  readonly state?: string;
  readonly signal?: AbortSignal;
}

/**
 * A folder that a host serves; it is made where there is none. Each file appears in one step, whole. Rejects with
 * `output-foreign` where it holds something that is no registry.
 */
export async function openDirectoryStore(folder: string, options: DirectoryStoreOptions = {}): Promise<Store> {
  if (folder === '') {
    throw new PackyardError({
      code: 'usage',
      message: 'The folder to publish to is empty.',
      hint: 'Name one, such as /srv/packs; "." is the current one.',
    });
  }
  const base = realBase(resolve(folder));
  requireRegistryOrNothing(base);
  return new DirectoryStore(base, openKnownHashes(options.state, base), options.signal);
}

/** Links on the way to the folder are followed once: a host may be pointed at it by one. */
function realBase(folder: string): string {
  try {
    return realpathSync.native(folder);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT' || dirname(folder) === folder) throw directoryError(error, folder);
    return join(realBase(dirname(folder)), folder.slice(dirname(folder).length).replace(/^[\\/]/u, ''));
  }
}

function requireRegistryOrNothing(base: string): void {
  const names = namesIn(base, base);
  const isOurs = (name: string): boolean => name === PUBLISHING || name.startsWith('.') || isHostName(name);
  if (names.every(isOurs) || names.includes(INDEX_PATH)) return;
  // What a publisher that was killed left has no index yet.
  if (names.includes(PUBLISHING) || names.every((name) => isOurs(name) || isOwnPath(name))) return;
  throw new PackyardError({
    code: 'output-foreign',
    message: `${base} is not empty and holds no registry.`,
    hint: 'Name an empty or a new folder, or the one that holds index.json; nothing in this one was touched.',
  });
}

function namesIn(folder: string, base: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw directoryError(error, base);
  }
}

/** Synchronous inside, as `writeOutput` is: a thousand short calls through the thread pool take several times as long. */
class DirectoryStore implements Store {
  readonly location: string;
  readonly folder: string;
  readonly atomic = false;
  readonly #known: KnownHashes;
  readonly #signal: AbortSignal | undefined;
  readonly #lock: ConditionLock;
  readonly #paths: DirectoryPaths;
  #requests = 0;
  #bytesSent = 0;

  constructor(base: string, known: KnownHashes, signal: AbortSignal | undefined) {
    this.location = base;
    this.folder = base;
    this.#known = known;
    this.#paths = directoryPaths(base);
    this.#signal = signal;
    this.#lock = conditionLock(join(base, PUBLISHING), base, signal);
  }

  get traffic(): StoreTraffic {
    return { requests: this.#requests, bytesSent: this.#bytesSent };
  }

  async *list(): AsyncGenerator<StoredFile> {
    for (const name of namesIn(this.location, this.location)) {
      if (isOwnPath(name) || isHostName(name)) yield* this.#below(name);
    }
  }

  async *#below(path: string): AsyncGenerator<StoredFile> {
    this.#signal?.throwIfAborted();
    const full = this.#paths.full(path);
    const stats = lstatSync(full, { throwIfNoEntry: false });
    if (stats === undefined) return;
    if (stats.isSymbolicLink()) throw this.#paths.refused(path, 'is a link');
    if (stats.isDirectory()) {
      for (const name of namesIn(full, this.location)) yield* this.#below(`${path}/${name}`);
    } else if (!isOwnPath(path) && !isHostFile(path)) {
      // In a folder where a host's files lie, others are somebody else's.
    } else if (stats.isFile()) {
      const hash = this.#hashOf(path);
      if (hash !== undefined) {
        yield { path, size: stats.size, sha256: hash, etag: hash, modifiedAt: stats.mtimeMs };
      }
    } else throw this.#paths.refused(path, 'is a special file');
  }

  async read(path: string, maxBytes: number): Promise<{ bytes: Uint8Array; etag: string } | undefined> {
    this.#signal?.throwIfAborted();
    this.#requests += 1;
    const bytes = this.#bytesOf(path, maxBytes);
    return bytes === undefined ? undefined : { bytes, etag: sha256(bytes) };
  }

  async put(entry: Entry, condition?: Condition): Promise<'written' | 'conflict'> {
    this.#signal?.throwIfAborted();
    this.#paths.requireInside(entry.path);
    const staged = join(this.location, PUBLISHING, stagedName());
    try {
      await this.#stage(entry, staged);
      const outcome = await this.#placeIf(staged, entry, condition);
      this.#requests += 1;
      if (outcome === 'written') this.#bytesSent += entry.size;
      return outcome;
    } catch (error) {
      throw directoryError(error, this.location, entry);
    } finally {
      rmSync(staged, { force: true });
    }
  }

  async remove(paths: readonly string[]): Promise<void> {
    for (const path of paths) {
      this.#signal?.throwIfAborted();
      this.#paths.requireInside(path);
      this.#paths.requireNoLinks(path);
      this.#requests += 1;
      try {
        rmSync(this.#paths.full(path), { force: true });
        this.#removeEmptied(dirname(path));
      } catch (error) {
        throw directoryError(error, this.location);
      }
    }
  }

  async keepsConditions(): Promise<boolean> {
    return true;
  }

  async commit(): Promise<'done'> {
    return 'done';
  }

  async close(): Promise<void> {
    this.#known.save();
    try {
      rmdirSync(join(this.location, PUBLISHING));
    } catch {
      // Another publisher is at work, or nothing was written.
    }
  }

  async #stage(entry: Entry, staged: string): Promise<void> {
    const file = this.#openStaged(staged);
    try {
      for await (const chunk of entry.open()) {
        writeFileSync(file, chunk);
        this.#signal?.throwIfAborted();
      }
      // Hosts serve what others may read, whatever the umask of whoever publishes.
      fchmodSync(file, 0o644);
      // What refers to a file must not outlive it when the machine loses its power.
      await promisify(fsync)(file);
    } finally {
      closeSync(file);
    }
  }

  /** Another publisher that ends removes the folder when it is empty. */
  #openStaged(staged: string): number {
    for (let tries = 1; ; tries += 1) {
      this.#lock.makeStaging();
      try {
        return openSync(staged, 'wx', 0o644);
      } catch (error) {
        if (systemCode(error) !== 'ENOENT' || tries === 10) throw error;
      }
    }
  }

  async #placeIf(staged: string, entry: Entry, condition: Condition | undefined): Promise<'written' | 'conflict'> {
    if (condition === undefined) return this.#place(staged, entry, moveNow);
    if (condition.kind === 'absent') {
      try {
        // It appears only where there is nothing, in one step.
        return this.#place(staged, entry, linkSync);
      } catch (error) {
        const code = systemCode(error) ?? '';
        if (code === 'EEXIST') return 'conflict';
        if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR'].includes(code)) throw error;
      }
    }
    return this.#lock.hold(async () =>
      this.#holds(entry.path, condition) ? this.#place(staged, entry, moveNow) : 'conflict',
    );
  }

  #place(staged: string, { path, sha256: hash }: Entry, move: (from: string, to: string) => void): 'written' {
    const target = this.#paths.full(path);
    const first = makeFolder(dirname(target));
    for (let made = dirname(target); first !== undefined && made.length >= first.length; made = dirname(made)) {
      chmodSync(made, 0o755);
    }
    this.#paths.requireNoLinks(path);
    move(staged, target);
    this.#known.set(path, stampOf(target), hash);
    return 'written';
  }

  #holds(path: string, condition: Condition): boolean {
    const found = this.#bytesOf(path, Number.POSITIVE_INFINITY);
    if (condition.kind === 'absent') return found === undefined;
    return found !== undefined && sha256(found) === condition.etag;
  }

  /** Undefined where a file went meanwhile. */
  #hashOf(path: string): string | undefined {
    const full = this.#paths.full(path);
    try {
      return this.#known.get(path, stampOf(full)) ?? this.#known.set(path, stampOf(full), sha256(readFileSync(full)));
    } catch (error) {
      if (systemCode(error) === 'ENOENT') return undefined;
      throw directoryError(error, this.location);
    }
  }

  #bytesOf(path: string, maxBytes: number): Uint8Array | undefined {
    try {
      return plainFileBytes(this.#paths, path, maxBytes);
    } catch (error) {
      throw directoryError(error, this.location);
    }
  }

  #removeEmptied(folder: string): void {
    for (let path = folder; path !== '.'; path = dirname(path)) {
      try {
        rmdirSync(this.#paths.full(path));
      } catch {
        return;
      }
    }
  }
}
