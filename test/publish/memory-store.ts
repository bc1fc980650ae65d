import { createHash } from 'node:crypto';

import type { Entry } from '../../src/model/entry.ts';
import type { Condition, Store, StoredFile, StoreTraffic } from '../../src/publish/store.ts';

/** What a place holds, shared by the stores that publishers open on it. */
export type MemoryPlace = Map<string, { readonly bytes: Buffer; readonly etag: string; readonly modifiedAt: number }>;

export interface MemoryStoreOptions {
  /** Awaited before each request, so that a test says whose turn it is. */
  readonly turn?: () => Promise<void>;
  readonly conditional?: boolean;
  readonly limit?: number;
  readonly now?: () => number;
}

/** A store that keeps the contract, with an etag of its own for every version of a file. */
export class MemoryStore implements Store {
  readonly location = 'memory';
  readonly atomic = false;
  readonly limit?: number;
  readonly place: MemoryPlace;
  readonly #options: MemoryStoreOptions;
  #requests = 0;
  #bytesSent = 0;

  constructor(place: MemoryPlace, options: MemoryStoreOptions = {}) {
    this.place = place;
    this.#options = options;
    if (options.limit !== undefined) this.limit = options.limit;
  }

  get traffic(): StoreTraffic {
    return { requests: this.#requests, bytesSent: this.#bytesSent };
  }

  async *list(): AsyncGenerator<StoredFile> {
    await this.#turn();
    for (const [path, { bytes, etag, modifiedAt }] of this.place) {
      yield { path, size: bytes.length, md5: createHash('md5').update(bytes).digest('hex'), etag, modifiedAt };
    }
  }

  async read(path: string): Promise<{ bytes: Uint8Array; etag: string } | undefined> {
    await this.#turn();
    const found = this.place.get(path);
    return found && { bytes: found.bytes, etag: found.etag };
  }

  async put(entry: Entry, condition?: Condition): Promise<'written' | 'conflict'> {
    const chunks: Uint8Array[] = [];
    for await (const chunk of entry.open()) chunks.push(chunk);
    await this.#turn();
    const found = this.place.get(entry.path);
    if (condition?.kind === 'absent' && found !== undefined) return 'conflict';
    if (condition?.kind === 'unchanged' && found?.etag !== condition.etag) return 'conflict';
    const bytes = Buffer.concat(chunks);
    this.#bytesSent += bytes.length;
    // As on a bucket, the same bytes have the same one.
    const etag = createHash('md5').update(bytes).digest('hex');
    this.place.set(entry.path, { bytes, etag, modifiedAt: (this.#options.now ?? Date.now)() });
    return 'written';
  }

  async remove(paths: readonly string[]): Promise<void> {
    await this.#turn();
    for (const path of paths) this.place.delete(path);
  }

  async keepsConditions(): Promise<boolean> {
    return this.#options.conditional ?? true;
  }

  async commit(): Promise<'done'> {
    return 'done';
  }

  async close(): Promise<void> {
    // Nothing is open.
  }

  async #turn(): Promise<void> {
    this.#requests += 1;
    await this.#options.turn?.();
  }
}

/** What is wrong with a place for who starts at its index: links that are broken, then copies that are not its twins. */
export function problemsOf(place: MemoryPlace): { broken: string[]; stale: string[]; serial: number | undefined } {
  const index = place.get('index.json');
  if (index === undefined) return { broken: [], stale: [], serial: undefined };
  const document = JSON.parse(index.bytes.toString('utf8')) as {
    serial: number;
    search: Link;
    sources: Link;
    packs: Record<string, { document: Link }>;
  };
  const broken: string[] = [];
  const hashOf = (path: string): string | undefined => {
    const found = place.get(path);
    return found && createHash('sha256').update(found.bytes).digest('hex');
  };
  const follow = ({ path, sha256 }: Link): void => void (hashOf(path) === sha256 || broken.push(path));
  follow(document.search);
  follow(document.sources);
  const stale = hashOf('search.json') === document.search.sha256 ? [] : ['search.json'];
  for (const [name, { document: link }] of Object.entries(document.packs)) {
    follow(link);
    if (hashOf(`packs/${name}/index.json`) !== link.sha256) stale.push(`packs/${name}/index.json`);
    const pack = JSON.parse(place.get(link.path)?.bytes.toString('utf8') ?? '{"releases":[]}') as {
      releases: { artifact: Link; files: Record<string, Link>; logo: Record<string, string> }[];
    };
    for (const { artifact, files, logo } of pack.releases) {
      for (const file of [artifact, ...Object.values(files)]) follow(file);
      for (const path of Object.values(logo)) if (!place.has(path)) broken.push(path);
    }
  }
  return { broken, stale, serial: document.serial };
}

interface Link {
  readonly path: string;
  readonly sha256: string;
}
