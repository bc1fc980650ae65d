import { PackyardError } from '../../errors.ts';
import type { Entry } from '../../model/entry.ts';
import { formatBytes } from '../../model/format-bytes.ts';
import { notPortable } from '../../model/portable-path.ts';
import { escapeControl } from '../../model/escape-control.ts';
import type { Condition, Store, StoredFile, StoreTraffic } from '../store.ts';
import { checkedBranch } from './branch-name.ts';
import { checkedIdentity, identityOf, type Identity } from './commit-identity.ts';
import { commitTimeOf, secondsOf } from './commit-time.ts';
import type { FastImport } from './fast-import.ts';
import { findRemote } from './git-remote.ts';
import { KNOWN_BLOBS_PATH, knownBlobsText, type KnownBlob } from './known-blobs.ts';
import { openLiveRepository, type LiveRepository } from './live-repository.ts';
import { isPublished, learnBlobs, readLiveTree, type LiveTree } from './live-tree.ts';
import { contentOf } from '../../model/content.ts';

export interface GitStoreOptions {
  /** A folder in the repository whose remotes, settings and identity count; without one, only an address is a remote. */
  readonly repository?: string;
  /** Name of a remote of that repository, or an address. */
  readonly remote: string;
  /** Without `refs/heads/`. It need not exist. */
  readonly branch: string;
  /** `keep` adds a commit to those that are there; `squash` leaves one commit only. */
  readonly history: 'keep' | 'squash';
  /** Who commits; else whom Git's settings name. */
  readonly identity?: Identity;
  /** Date of the commit in RFC 3339, UTC; else that of the commit which the registry was built from. */
  readonly committedAt?: string;
  /** Milliseconds since 1970, for the times from which on files are there; the clock unless told. */
  readonly now?: () => number;
  readonly signal?: AbortSignal;
}

/** Bytes that GitHub allows of a site that it serves from a branch. Source: https://docs.github.com/en/pages */
const PAGES_LIMIT = 1_000_000_000;

/**
 * A branch of a remote repository as a place. Nothing is checked out: objects are made in a repository of their own in a
 * temporary folder, and appear at once when the branch is moved. Other files of the branch stay as they are. Rejects with
 * `usage`, `no-repository`, `output-foreign`, `git-missing`, or as `failureOfGit` says.
 */
export async function openGitStore(options: GitStoreOptions): Promise<Store> {
  const { signal } = options;
  const branch = checkedBranch(options.branch);
  const seconds = checkedSeconds(options.committedAt);
  const remote = await findRemote(options.repository, options.remote, signal);
  const place = { location: `${remote.shown} (branch ${escapeControl(branch)})`, remote };
  const identity = checkedIdentity(options.identity ?? (await identityOf(remote.repository, signal)));
  const repository = await openLiveRepository(remote, branch, place, signal);
  const limit = /^(?:https?:\/\/|ssh:\/\/)?(?:[^/@]*@)?github\.com[/:]/u.test(remote.shown) ? PAGES_LIMIT : undefined;
  const store = new GitStore({ location: place.location, repository, identity, seconds, limit, options });
  try {
    await store.start();
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

interface GitStoreParts {
  readonly location: string;
  readonly repository: LiveRepository;
  readonly identity: Identity;
  readonly seconds: number | undefined;
  readonly limit: number | undefined;
  readonly options: GitStoreOptions;
}

class GitStore implements Store {
  readonly location: string;
  readonly atomic = true;
  readonly limit?: number;
  readonly #parts: GitStoreParts;
  readonly #known = new Map<string, KnownBlob>();
  /** Object ids of what this store wrote, by SHA-256. */
  readonly #made = new Map<string, string>();
  /** Object ids by path that are to be committed; undefined where a file goes. */
  #changes = new Map<string, string | undefined>();
  /** Object ids of what was there and was put again: its age counts from then. */
  readonly #renewed = new Set<string>();
  #tree: Promise<LiveTree> | undefined;
  #import: FastImport | undefined;
  #dated: number | undefined;

  constructor(parts: GitStoreParts) {
    this.#parts = parts;
    this.location = parts.location;
    if (parts.limit !== undefined) this.limit = parts.limit;
  }

  get traffic(): StoreTraffic {
    return { ...this.#parts.repository.traffic };
  }

  /** Looks at the branch, so that a place that cannot be published to is known before anything is made. */
  async start(): Promise<void> {
    await this.#live();
  }

  async *list(): AsyncGenerator<StoredFile> {
    const tree = await this.#learned();
    for (const [path, oid] of this.#filesNow(tree)) {
      if (!isPublished(path)) continue;
      const { sha256, size, since } = this.#known.get(oid) ?? {};
      if (sha256 === undefined || size === undefined) continue;
      yield { path, size, sha256, etag: oid, ...(since !== undefined && since > 0 && { modifiedAt: since * 1000 }) };
    }
  }

  async read(path: string, maxBytes: number): Promise<{ bytes: Uint8Array; etag: string } | undefined> {
    checkPath(path);
    const tree = await this.#live();
    const oid = tree.files.get(path);
    if (oid === undefined || tree.commit === undefined) return undefined;
    const { repository } = this.#parts;
    await repository.fetchBlobs(tree.commit, new Set([oid]));
    const { data } = await repository.objects.read(oid, maxBytes);
    if (data === undefined) throw tooLarge(path, this.location, maxBytes);
    return { bytes: data, etag: oid };
  }

  async put(entry: Entry, condition?: Condition): Promise<'written' | 'conflict'> {
    const { path, sha256, size } = entry;
    checkPath(path);
    const tree = await this.#live();
    const found = this.#changes.has(path) ? this.#changes.get(path) : tree.files.get(path);
    if (condition?.kind === 'absent' && found !== undefined) return 'conflict';
    if (condition?.kind === 'unchanged' && found !== condition.etag) return 'conflict';
    const oid = this.#made.get(sha256) ?? (await this.#write(entry, found));
    this.#changes.set(path, oid);
    if (oid === found) this.#renewed.add(oid);
    if (path === 'index.json' && size < LARGEST_INDEX) this.#dated = commitTimeOf(await bytesOf(entry));
    return 'written';
  }

  async remove(paths: readonly string[]): Promise<void> {
    for (const path of paths) checkPath(path);
    await this.#live();
    for (const path of paths) this.#changes.set(path, undefined);
  }

  async keepsConditions(): Promise<boolean> {
    return true;
  }

  async commit(message: string): Promise<'done' | 'conflict'> {
    const tree = await this.#learned();
    const changes = new Map([...this.#changes].filter(([path, oid]) => tree.files.get(path) !== oid));
    if (changes.size === 0) return 'done';
    const { repository, identity, options } = this.#parts;
    const now = Math.floor((options.now?.() ?? Date.now()) / 1000);
    const seconds = this.#parts.seconds ?? this.#dated ?? now;
    const files = this.#filesNow(tree);
    for (const oid of changes.values()) this.#date(oid, now);
    for (const oid of this.#renewed) this.#date(oid, now, true);
    const list = contentOf(Buffer.from(knownBlobsText(publishedBlobs(files), this.#known)));
    const writer = this.#writer();
    const listed = await writer.blob(KNOWN_BLOBS_PATH, list);
    const { commit } = tree;
    const made = await writer.commit({
      identity,
      seconds,
      message: escapeControl(message),
      ...(commit !== undefined &&
        (options.history === 'keep' ? { parent: commit } : { tree: await repository.treeOf(commit) })),
      changes: new Map([...changes, [KNOWN_BLOBS_PATH, listed]]),
    });
    this.#import = undefined;
    const outcome = await repository.push(made, commit);
    this.#changes = new Map();
    this.#renewed.clear();
    this.#tree =
      outcome === 'done'
        ? Promise.resolve({ commit: made, files: new Map([...files, [KNOWN_BLOBS_PATH, listed]]) })
        : undefined;
    return outcome === 'done' ? 'done' : 'conflict';
  }

  async close(): Promise<void> {
    await this.#import?.stop();
    this.#import = undefined;
    await this.#parts.repository.close();
  }

  /** Of several calls at once only the first one fetches. */
  #live(): Promise<LiveTree> {
    const { repository } = this.#parts;
    this.#tree ??= readLiveTree(repository, this.#known, this.location);
    return this.#tree;
  }

  async #learned(): Promise<LiveTree> {
    const tree = await this.#live();
    await learnBlobs(this.#parts.repository, tree, this.#known);
    return tree;
  }

  /** The branch with what was put and removed. */
  #filesNow(tree: LiveTree): ReadonlyMap<string, string> {
    const files = new Map(tree.files);
    for (const [path, oid] of this.#changes) {
      if (oid === undefined) files.delete(path);
      else files.set(path, oid);
    }
    return files;
  }

  async #write(entry: Entry, found: string | undefined): Promise<string> {
    const { path, sha256, size } = entry;
    const before = found === undefined ? undefined : this.#known.get(found);
    if (found !== undefined && before?.sha256 === sha256 && before.size === size) return found;
    const oid = await this.#writer().blob(path, entry);
    this.#made.set(sha256, oid);
    if (!this.#known.has(oid)) this.#known.set(oid, { sha256, size, since: 0 });
    return oid;
  }

  #date(oid: string | undefined, since: number, again = false): void {
    const known = oid === undefined ? undefined : this.#known.get(oid);
    if (oid !== undefined && known !== undefined && (again || known.since === 0))
      this.#known.set(oid, { ...known, since });
  }

  #writer(): FastImport {
    this.#import ??= this.#parts.repository.import();
    return this.#import;
  }
}

/** Bytes of an index that is looked into for the time of its commit. */
const LARGEST_INDEX = 67_108_864;

function publishedBlobs(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files].flatMap(([path, oid]) => (isPublished(path) ? [oid] : []));
}

async function bytesOf(entry: Entry): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of entry.open()) chunks.push(chunk);
  return Buffer.concat(chunks);
}

function checkedSeconds(committedAt: string | undefined): number | undefined {
  if (committedAt === undefined) return undefined;
  const seconds = secondsOf(committedAt);
  if (seconds !== undefined) return seconds;
  throw new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(committedAt)} is not a time in UTC.`,
    hint: 'Write it as 2026-07-01T16:53:28Z.',
  });
}

/** What is not portable could mean something else to Git, or lead out of the branch. */
function checkPath(path: string): void {
  const problem = notPortable(path) ?? (isPublished(path) ? undefined : 'it is none of a registry');
  if (problem === undefined) return;
  throw new PackyardError({
    code: 'usage',
    message: `${JSON.stringify(path)} cannot be a path on the branch: ${problem}.`,
    hint: 'Nothing was published. Build the registry again.',
  });
}

function tooLarge(path: string, location: string, maxBytes: number): PackyardError {
  return new PackyardError({
    code: 'file-too-large',
    message: `${path} in ${location} is larger than ${formatBytes(maxBytes)}.`,
    hint: 'Look for what got there by mistake, and remove it from the branch.',
  });
}
