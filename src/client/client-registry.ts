import { PackyardError } from '../errors.ts';
import type { DocumentLink, IndexDocument, PackDocument, SearchDocument } from '../model/documents.ts';
import { LIMITS } from '../model/limits.ts';
import { isPackName } from '../model/pack-name.ts';
import { propertyOf } from '../model/json-value.ts';
import { tooLarge } from '../remote/file-failures.ts';
import { noIndex } from '../remote/open-registry-source.ts';
import { invalidDocument } from '../remote/parse-document.ts';
import { INDEX_DOCUMENT, packDocument, SEARCH_DOCUMENT, type RegistryDocument } from '../remote/registry-documents.ts';
import { FileProblem, INDEX_PATH, type Transferred } from '../remote/registry-files.ts';
import type { ClientCache } from './cache/client-cache.ts';
import { fetchFrom, requireFetchable } from './fetch-file.ts';
import type { OpenRegistryOptions } from './open-registry-options.ts';
import { WrongBytes, type Place, type Places } from './places.ts';
import { readPointer, type Freshness, type PointerRead } from './read-pointer.ts';
import type { FetchedFile, FetchFileOptions, Registry } from './registry.ts';
import { unknownPack } from './unknown-pack.ts';
import { verifiedRead } from './verified-read.ts';

type Options = Pick<OpenRegistryOptions, 'offline' | 'refresh' | 'direct' | 'onWarning'>;

/** A registry that is read from its places through a cache. */
export class ClientRegistry implements Registry {
  readonly #places: Places;
  readonly #cache: ClientCache;
  readonly #options: Options;
  #index: Promise<PointerRead<IndexDocument>> | undefined;
  #indexSha256: string | undefined;
  /** Documents by what was asked for: a program may ask often. */
  readonly #packs = new Map<string, Promise<PackDocument>>();
  /** Hashes of documents that were read without the index, by the name of the pack. */
  readonly #direct = new Map<string, string>();

  constructor(places: Places, cache: ClientCache, options: Options) {
    this.#places = places;
    this.#cache = cache;
    this.#options = options;
  }

  get location(): string {
    return this.#places.first.files.location;
  }

  get indexSha256(): string | undefined {
    return this.#indexSha256;
  }

  get transferred(): Transferred {
    const each = this.#places.all.map(({ files }) => files.transferred);
    return {
      requests: each.reduce((sum, { requests }) => sum + requests, 0),
      bytes: each.reduce((sum, { bytes }) => sum + bytes, 0),
    };
  }

  async index(): Promise<IndexDocument> {
    this.#index ??= this.#readIndex(this.#freshness).catch((error: unknown) => {
      // The next one who asks may have more luck.
      this.#index = undefined;
      throw error;
    });
    return (await this.#index).document;
  }

  async searchDocument(): Promise<SearchDocument> {
    return this.#following(({ search }) => search, SEARCH_DOCUMENT);
  }

  pack(name: string): Promise<PackDocument> {
    const known = this.#packs.get(name);
    if (known !== undefined) return known;
    const asked = this.#readPack(name);
    this.#packs.set(name, asked);
    asked.catch(() => this.#packs.delete(name));
    return asked;
  }

  async fetchFile(
    path: string,
    { sha256, size }: { readonly sha256: string; readonly size?: number },
    options: FetchFileOptions = {},
  ): Promise<FetchedFile> {
    const wanted = { path, sha256, ...(size !== undefined && { size }) };
    requireFetchable(wanted, this.location);
    options.signal?.throwIfAborted();
    const cached = await this.#cache.file(sha256);
    if (cached !== undefined && (size === undefined || cached.size === size)) {
      options.onBytes?.(cached.size, cached.size);
      return cached;
    }
    try {
      return await this.#places.inTurn((place) =>
        fetchFrom(place, wanted, this.#cache, this.#options.offline === true, options),
      );
    } catch (error) {
      throw await this.#inWords(error, path);
    }
  }

  async close(): Promise<void> {
    await Promise.all(this.#places.all.map(({ files }) => files.close()));
  }

  get #freshness(): Freshness {
    if (this.#options.offline === true) return 'offline';
    return this.#options.refresh === true ? 'refresh' : 'usual';
  }

  async #readIndex(freshness: Freshness): Promise<PointerRead<IndexDocument>> {
    const read = await this.#places.inTurn(async (place) => {
      try {
        return await readPointer(place, INDEX_PATH, INDEX_DOCUMENT, this.#cache, freshness);
      } catch (error) {
        if (!(error instanceof FileProblem)) throw error;
        throw error.problem === 'missing'
          ? noIndex(place.files)
          : invalidDocument(place.files.addressOf(INDEX_PATH), INDEX_DOCUMENT, tooLarge(LIMITS.documents.bytes));
      }
    });
    this.#indexSha256 = read.sha256;
    if (read.before !== undefined) this.#compareSerials(read.document, read.before);
    return read;
  }

  /** Somebody may have put back what was published before, or show it to this machine only. */
  #compareSerials({ serial }: IndexDocument, bytes: Uint8Array): void {
    const before = propertyOf(JSON.parse(new TextDecoder().decode(bytes)), 'serial');
    if (typeof before !== 'number' || serial >= before) return;
    this.#options.onWarning?.({
      code: 'registry-older',
      message: `The registry at ${this.location} is older than it was: its serial went back from ${before} to ${serial}.`,
      hint: 'Ask those who publish it whether they went back on purpose.',
    });
  }

  async #readPack(name: string): Promise<PackDocument> {
    if (this.#options.direct === true && isPackName(name)) {
      const found = await this.#directly(name);
      if (found !== undefined) return found;
    }
    const kind = packDocument(name);
    // What the cache says may be older than a pack that was published just now.
    const known = (await this.index()).packs[name];
    if (known === undefined && (await this.#index)?.asked === false) await this.#isReplaced();
    return this.#following((index) => {
      const link = index.packs[name]?.document;
      if (link === undefined) throw unknownPack(name, Object.keys(index.packs), this.location);
      return link;
    }, kind);
  }

  /** Undefined where no place has it: then the index says what there is. */
  async #directly(name: string): Promise<PackDocument | undefined> {
    try {
      const read = await this.#stableDocument(name, this.#freshness);
      this.#direct.set(name, read.sha256);
      return read.document;
    } catch (error) {
      if (error instanceof FileProblem) return undefined;
      throw error;
    }
  }

  #stableDocument(name: string, freshness: Freshness): Promise<PointerRead<PackDocument>> {
    const path = `packs/${name}/index.json`;
    return this.#places.inTurn((place) => readPointer(place, path, packDocument(name), this.#cache, freshness));
  }

  /**
   * A document that the index leads to. Where a place has it no more, or not as the index says, the registry may have
   * been published meanwhile: the index is asked for once more.
   */
  async #following<Document>(
    linkOf: (index: IndexDocument) => DocumentLink,
    kind: RegistryDocument<Document>,
  ): Promise<Document> {
    const index = await this.index();
    const link = linkOf(index);
    try {
      return await this.#document(link, kind);
    } catch (error) {
      if (!(error instanceof FileProblem || error instanceof WrongBytes)) throw error;
      if (!(await this.#isReplaced())) throw await this.#inWords(error, link.path);
      const next = linkOf(await this.index());
      return this.#document(next, kind).catch(async (again: unknown) => {
        throw await this.#inWords(again, next.path);
      });
    }
  }

  #document<Document>(link: DocumentLink, kind: RegistryDocument<Document>): Promise<Document> {
    return this.#places.inTurn(async (place: Place) => {
      const bytes = await verifiedRead(place, link, kind, this.#cache, this.#options.offline === true);
      return kind.parse(bytes, place.files.addressOf(link.path));
    });
  }

  /** Whether another index is published by now; it is used from then on. */
  async #isReplaced(): Promise<boolean> {
    if (this.#options.offline === true) return false;
    const before = this.#indexSha256;
    const read = await this.#readIndex('refresh').catch((error: unknown) => {
      if (error instanceof PackyardError) return undefined;
      throw error;
    });
    if (read === undefined || read.sha256 === before) return false;
    this.#index = Promise.resolve(read);
    this.#packs.clear();
    return true;
  }

  /** As `#isReplaced`, where a file is of a pack that was read without the index. */
  async #isPackReplaced(path: string): Promise<boolean> {
    const name = path.split('/')[1] ?? '';
    const before = this.#direct.get(name);
    if (before === undefined || this.#options.offline === true) return false;
    const read = await this.#stableDocument(name, 'refresh').catch((error: unknown) => {
      if (error instanceof PackyardError || error instanceof FileProblem) return undefined;
      throw error;
    });
    if (read === undefined || read.sha256 === before) return false;
    this.#direct.set(name, read.sha256);
    this.#packs.delete(name);
    return true;
  }

  /** What is wrong with a file that no place has as it was published. */
  async #inWords(error: unknown, path: string): Promise<unknown> {
    if (!(error instanceof FileProblem || error instanceof WrongBytes)) return error;
    const { files } = this.#places.first;
    const address = files.addressOf(path);
    const what =
      error instanceof WrongBytes
        ? error.message
        : error.problem === 'missing'
          ? `${address} does not exist, though the index leads to it`
          : `${address} is larger than what was published`;
    const published =
      (await this.#isPackReplaced(path)) || (this.#indexSha256 !== undefined && (await this.#isReplaced()));
    if (published) {
      return new PackyardError({
        code: 'registry-changed',
        message: `The registry at ${this.location} was published anew while it was read: ${what}.`,
        hint: 'Run the command again.',
      });
    }
    return new PackyardError({
      code: 'registry-damaged',
      message: `${what}.`,
      hint:
        files.remarkOn(path) ??
        'It was not used. Tell those who publish the registry; a proxy may be at fault as well.',
    });
  }
}
