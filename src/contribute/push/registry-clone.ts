import { existsSync } from 'node:fs';
import { randomUUID } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';

import { PackyardError, systemCode } from '../../errors.ts';
import { sha256 } from '../../model/content.ts';
import { LIVE } from '../../publish/git/git-remote.ts';
import { runGit, type GitResult } from '../../publish/git/run-git.ts';
import { makeFolder } from '../../remote/make-folder.ts';
import { move } from '../../remote/move.ts';
import { takeLock, type OutputLock } from '../../remote/output-lock.ts';
import { fetchMissing } from '../../repo/fetch-missing.ts';
import { gitIn } from '../../repo/git.ts';
import type { Repository } from '../../repo/repository.ts';
import type { PushPlace } from './push-place.ts';
import { FETCH, localFailure, writeConfig, type Workspace } from './workspace.ts';

/** Folder in the cache with the clones of registries. */
export const CLONES_FOLDER = 'clones';

/** A bare clone without files, which every push to a registry shares. Only under its lock something is added to it. */
export interface RegistryClone {
  /** Absolute path of the folder with its objects. */
  readonly objects: string;
  /** Makes sure that files are here, all that are not with one request. */
  fetchBlobs(tree: string, oids: ReadonlySet<string>): Promise<void>;
}

export interface Wanted {
  readonly branch: string;
  readonly commit: string;
  readonly format: 'sha1' | 'sha256';
}

export interface CloneOptions {
  readonly anew: boolean;
  readonly signal: AbortSignal | undefined;
  readonly isSound: Workspace['isSound'];
}

/**
 * The clone of a registry in the cache, with a commit of one of its branches: made, or brought up to date, where it has
 * to be. With `anew`, one that may be damaged is made again.
 */
export async function registryClone(
  cache: string,
  place: PushPlace,
  wanted: Wanted,
  options: CloneOptions,
): Promise<RegistryClone> {
  const key = [wanted.format, wanted.branch, place.shown];
  const clone = new Clone(join(cache, CLONES_FOLDER, sha256(JSON.stringify(key)).slice(0, 32)), place, options);
  if (options.anew) await clone.locked(() => clone.remove());
  if (!(await clone.has(wanted))) await clone.locked(() => clone.update(wanted));
  return clone;
}

class Clone implements RegistryClone {
  readonly objects: string;
  readonly #folder: string;
  readonly #directory: string;
  readonly #place: PushPlace;
  readonly #signal: AbortSignal | undefined;
  readonly #isSound: Workspace['isSound'];

  constructor(folder: string, place: PushPlace, { signal, isSound }: CloneOptions) {
    this.#folder = folder;
    this.#directory = join(folder, 'registry.git');
    this.objects = join(this.#directory, 'objects');
    this.#place = place;
    this.#signal = signal;
    this.#isSound = isSound;
  }

  async has({ branch, commit }: Wanted): Promise<boolean> {
    return (await this.#at(branch)) === commit && (await this.#isSound(this.objects, commit));
  }

  async #at(branch: string): Promise<string | undefined> {
    if (!existsSync(this.objects)) return undefined;
    const args = ['rev-parse', '--verify', '--quiet', `refs/heads/${branch}`];
    const { status, stdout } = await this.#git(this.#directory, args);
    return status === 0 ? stdout.trim() : undefined;
  }

  /** Somebody else may have done it meanwhile. */
  async update(wanted: Wanted): Promise<void> {
    if (await this.has(wanted)) return;
    const before = await this.#at(wanted.branch);
    if (before === undefined || !(await this.#isSound(this.objects, before))) {
      await this.remove();
      return this.#make(wanted);
    }
    const fetched = await this.#fetch(this.#directory, wanted);
    if (fetched.status === 0) return undefined;
    const failure = await this.#place.failure(fetched, 'read');
    if (failure.code !== 'git-failed') throw failure;
    // What has no cause elsewhere has it in the clone.
    await this.remove();
    return this.#make(wanted);
  }

  async fetchBlobs(tree: string, oids: ReadonlySet<string>): Promise<void> {
    const environment = { ...this.#place.environment, GIT_DIR: this.#directory };
    const repository: Repository = {
      root: this.#directory,
      gitDirectory: this.#directory,
      objectDirectory: this.objects,
      bare: true,
      shallow: false,
      environment,
      git: gitIn(this.#directory, { environment }),
    };
    await this.locked(() => fetchMissing(repository, [tree], oids));
  }

  async remove(): Promise<void> {
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }

  async locked(work: () => Promise<unknown>): Promise<void> {
    const lock = await this.#lock();
    try {
      await work();
    } finally {
      await lock.giveBack();
    }
  }

  async #lock(): Promise<OutputLock> {
    for (let lost = 0; ;) {
      this.#signal?.throwIfAborted();
      try {
        // What only some may read in the registry is for the user alone here.
        makeFolder(this.#folder, { mode: 0o700 });
        return await takeLock(this.#folder, busy);
      } catch (error) {
        const isBusy = error instanceof PackyardError && error.code === 'output-busy';
        if (!isBusy) lost += 1;
        // Of many who want it at once, each may find it taken and gone again for some time.
        if (lost === MOST_LOST || (!isBusy && !LOST.has(systemCode(error) ?? '')))
          throw cacheFailure(error, this.#folder);
      }
      await setTimeout(20 + Math.random() * 80);
    }
  }

  async #make(wanted: Wanted): Promise<void> {
    const made = join(this.#folder, `${randomUUID()}.git`);
    try {
      await this.#removeUnfinished();
      const init = ['init', '--quiet', '--bare', '--template=', `--object-format=${wanted.format}`, '--', made];
      const { environment } = this.#place;
      const result = await runGit(init, { directory: this.#folder, environment, signal: this.#signal });
      if (result.status !== 0) throw localFailure(init, result);
      await writeConfig(join(made, 'config'), wanted.format);
      const fetched = await this.#fetch(made, wanted);
      if (fetched.status !== 0) throw await this.#place.failure(fetched, 'read');
      await move(made, this.#directory);
    } catch (error) {
      await rm(made, { recursive: true, force: true, maxRetries: 3 });
      throw cacheFailure(error, this.#folder);
    }
  }

  /** What a process left that was killed: under the lock, nobody is at work. */
  async #removeUnfinished(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const isUnfinished = /^[0-9a-f]{8}-[0-9a-f-]{27}\.git$/u.test(name);
      if (isUnfinished) await rm(join(this.#folder, name), { recursive: true, force: true, maxRetries: 3 });
    }
  }

  #fetch(directory: string, { branch }: Wanted): Promise<GitResult> {
    return this.#git(directory, [...FETCH, '--', LIVE, `+refs/heads/${branch}:refs/heads/${branch}`]);
  }

  #git(directory: string, args: readonly string[]): Promise<GitResult> {
    const environment = { ...this.#place.environment, GIT_DIR: directory };
    return runGit(args, { directory, environment, signal: this.#signal });
  }
}

/** What a lock that another one takes in the same moment gives; the last two on Windows, where elsewhere nothing waits. */
const LOST = new Set(['ENOTEMPTY', 'EEXIST', 'ENOENT', ...(process.platform === 'win32' ? ['EPERM', 'EACCES'] : [])]);

const MOST_LOST = 100;

function busy(lock: string): PackyardError {
  return new PackyardError({ code: 'output-busy', message: `Somebody else fetches a registry: ${lock}` });
}

function cacheFailure(error: unknown, folder: string): unknown {
  const code = systemCode(error);
  if (error instanceof PackyardError || code === undefined) return error;
  const full = code === 'ENOSPC' || code === 'EDQUOT';
  return new PackyardError({
    code: full ? 'no-space' : 'cache-unusable',
    message: full
      ? `No space is left for the clone of the registry in ${folder}.`
      : `The cache in ${folder} cannot be used (${code}).`,
    hint: `Nothing was pushed. ${full ? 'Run `packyard cache clear`, or point' : 'Point'} PACKYARD_CACHE_DIR to another folder, or push with --no-cache.`,
    cause: error,
  });
}
