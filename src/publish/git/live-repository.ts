import { join } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { fetchMissing } from '../../repo/fetch-missing.ts';
import { openGitObjects, type GitObjects } from '../../repo/git-objects.ts';
import { gitIn } from '../../repo/git.ts';
import type { Repository } from '../../repo/repository.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../repo/temporary-folder.ts';
import { startFastImport, type FastImport } from './fast-import.ts';
import { failureOfGit, type GitPlace } from './git-failure.ts';
import { LIVE, type GitRemote } from './git-remote.ts';
import { runGit, type GitResult } from './run-git.ts';
import { bytesWritten, pushOutcome, type PushOutcome } from './push-outcome.ts';

/** What a remote branch was when it was looked at. */
export interface LiveBranch {
  /** Absent where the branch has no commit. */
  readonly commit?: string;
}

/** Requests to a remote, and bytes sent to it as Git counts them, rounded. */
export interface GitTraffic {
  requests: number;
  bytesSent: number;
}

/**
 * An empty repository in a folder of its own, into which a branch is fetched and from which it is pushed: the user's
 * repository, its index and its branches are never written to, and a process that is killed leaves nothing there.
 */
export interface LiveRepository {
  readonly traffic: GitTraffic;
  /** Asks for the branch and fetches its commit and trees, and no more than that where the remote can do so. */
  fetch(): Promise<LiveBranch>;
  /** `git ls-tree -r -z` of a commit. */
  files(commit: string): Promise<string>;
  /** Id of a commit's tree. */
  treeOf(commit: string): Promise<string>;
  /** Fetches blobs that are not here, all at once. */
  fetchBlobs(commit: string, oids: ReadonlySet<string>): Promise<void>;
  readonly objects: GitObjects;
  import(): FastImport;
  /** Moves the branch from one commit to another; without `from`, there must be none. */
  push(to: string, from: string | undefined): Promise<PushOutcome>;
  close(): Promise<void>;
}

/** Rejects with what `failureOfGit` says, `git-missing`, or the reason of the signal. */
export async function openLiveRepository(
  remote: GitRemote,
  branch: string,
  place: GitPlace,
  signal?: AbortSignal,
): Promise<LiveRepository> {
  const folder = await makeTemporaryFolder('tree');
  try {
    const directory = join(folder, 'live.git');
    // Said outright, because Git may be told to take no bare repository for one that it only comes across.
    const environment = { ...remote.environment, GIT_DIR: directory };
    const first = await runGit(['ls-remote', '--quiet', '--', LIVE, `refs/heads/${branch}`], {
      directory: folder,
      environment: { ...remote.environment, GIT_CEILING_DIRECTORIES: folder },
      signal,
    });
    if (first.status !== 0) throw failureOfGit(first.stderr, place, 'read');
    const format = /^[0-9a-f]{64}\t/u.test(first.stdout) ? 'sha256' : 'sha1';
    const args = ['init', '--quiet', '--bare', '--template=', `--object-format=${format}`, '--', directory];
    const made = await runGit(args, { directory: folder, environment: remote.environment, signal });
    if (made.status !== 0) throw failureOfGit(made.stderr, place, 'read');
    return new Live({ folder, directory, environment, branch, place, signal }, first);
  } catch (error) {
    await removeTemporaryFolder(folder);
    throw error;
  }
}

interface Parts {
  readonly folder: string;
  readonly directory: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly branch: string;
  readonly place: GitPlace;
  readonly signal: AbortSignal | undefined;
}

/** Then nobody is faster: a lock was left behind, or a branch `a` is in the way of `a/b`. */
const MOST_UNMOVED = 12;

const QUIETLY = ['--quiet', '--no-tags', '--no-write-fetch-head', '--recurse-submodules=no', '--no-auto-maintenance'];

class Live implements LiveRepository {
  readonly traffic: GitTraffic = { requests: 1, bytesSent: 0 };
  readonly #parts: Parts;
  readonly #reference: string;
  #listed: GitResult | undefined;
  #objects: GitObjects | undefined;
  /** How often in a row a push was too late though nobody had moved the branch. */
  #unmoved = 0;
  #unmovedFrom: string | undefined;

  constructor(parts: Parts, listed: GitResult) {
    this.#parts = parts;
    this.#reference = `refs/heads/${parts.branch}`;
    this.#listed = listed;
  }

  get objects(): GitObjects {
    this.#objects ??= openGitObjects(this.#parts.directory, this.#parts.environment);
    return this.#objects;
  }

  async fetch(): Promise<LiveBranch> {
    const listed = this.#listed ?? (await this.#ask(['ls-remote', '--quiet', '--', LIVE, this.#reference]));
    this.#listed = undefined;
    if (listed.status !== 0) throw this.#failure(listed, 'read');
    if (commitIn(listed.stdout, this.#reference) === undefined) return {};
    // Objects that came meanwhile are seen by a process that starts behind that.
    await this.#objects?.close();
    this.#objects = undefined;
    const refspec = `+${this.#reference}:refs/packyard/live`;
    let fetched = await this.#ask(['fetch', ...QUIETLY, '--depth=1', '--filter=blob:none', '--', LIVE, refspec]);
    // Some servers and the plain file protocol of the web can only give all of it.
    if (fetched.status !== 0 && /shallow|depth|filter/iu.test(fetched.stderr)) {
      fetched = await this.#ask(['fetch', ...QUIETLY, '--', LIVE, refspec]);
    }
    if (fetched.status !== 0) {
      if (/couldn't find remote ref/u.test(fetched.stderr)) return {};
      throw this.#failure(fetched, 'read');
    }
    const found = await this.#run(['rev-parse', '--verify', 'refs/packyard/live^{commit}']);
    if (found.status !== 0) throw this.#failure(found, 'read');
    return { commit: found.stdout.trim() };
  }

  async files(commit: string): Promise<string> {
    const listed = await this.#run(['ls-tree', '-r', '-z', '--full-tree', commit]);
    if (listed.status !== 0) throw this.#failure(listed, 'read');
    return listed.stdout;
  }

  async treeOf(commit: string): Promise<string> {
    const found = await this.#run(['rev-parse', '--verify', `${commit}^{tree}`]);
    if (found.status !== 0) throw this.#failure(found, 'read');
    return found.stdout.trim();
  }

  async fetchBlobs(commit: string, oids: ReadonlySet<string>): Promise<void> {
    if (oids.size === 0) return;
    const { directory, environment, signal } = this.#parts;
    signal?.throwIfAborted();
    const repository: Repository = {
      root: directory,
      gitDirectory: directory,
      objectDirectory: join(directory, 'objects'),
      bare: true,
      shallow: true,
      environment,
      git: gitIn(directory, { environment }),
    };
    if ((await fetchMissing(repository, [commit], oids)) > 0) this.traffic.requests += 1;
    signal?.throwIfAborted();
  }

  import(): FastImport {
    const { directory, environment, signal } = this.#parts;
    return startFastImport({ directory, environment, signal }, (words) =>
      failureOfGit(words, this.#parts.place, 'pushed to'),
    );
  }

  async push(to: string, from: string | undefined): Promise<PushOutcome> {
    const lease = `--force-with-lease=${this.#reference}:${from ?? ''}`;
    const options = ['--porcelain', '--progress', '--no-verify', '--no-signed', '--no-follow-tags'];
    const args = ['push', ...options, '--recurse-submodules=no', lease, '--', LIVE, `${to}:${this.#reference}`];
    const pushed = await this.#ask(args);
    this.traffic.bytesSent += bytesWritten(pushed.stderr);
    const outcome = pushOutcome(pushed);
    this.#unmoved = outcome === 'conflict' && from === this.#unmovedFrom ? this.#unmoved + 1 : 0;
    this.#unmovedFrom = from;
    if (this.#unmoved === MOST_UNMOVED) throw this.#failure(pushed, 'pushed to');
    if (outcome !== 'unknown') return outcome;
    // The connection may have been cut after the branch was moved, and before that was said.
    const now = await this.#ask(['ls-remote', '--quiet', '--', LIVE, this.#reference]).catch(() => undefined);
    if (now !== undefined && commitIn(now.stdout, this.#reference) === to) return 'done';
    throw this.#failure(pushed, 'pushed to');
  }

  async close(): Promise<void> {
    await this.#objects?.close();
    await removeTemporaryFolder(this.#parts.folder);
  }

  #ask(args: readonly string[]): Promise<GitResult> {
    this.traffic.requests += 1;
    return this.#run(args);
  }

  #run(args: readonly string[]): Promise<GitResult> {
    const { directory, environment, signal } = this.#parts;
    return runGit(args, { directory, environment, signal });
  }

  #failure({ stderr, stdout, status }: GitResult, doing: 'read' | 'pushed to'): PackyardError {
    const words = [stderr, ...stdout.split('\n').filter((line) => line.startsWith('!'))].join('\n').trim();
    return failureOfGit(words === '' ? `exit status ${status}` : words, this.#parts.place, doing);
  }
}

/** `<id>\t<reference>` a line; a pattern also finds references that end with it. */
function commitIn(listed: string, reference: string): string | undefined {
  const line = listed.split('\n').find((text) => text.split('\t')[1] === reference);
  return line?.split('\t')[0];
}
