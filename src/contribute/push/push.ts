import { realpath } from 'node:fs/promises';
import { resolve } from 'node:path';

import { PackyardError } from '../../errors.ts';
import { checkedBranch } from '../../publish/git/branch-name.ts';
import type { Identity } from '../../publish/git/commit-identity.ts';
import { runGit } from '../../publish/git/run-git.ts';
import { pause } from '../../publish/pause.ts';
import { defaultCacheDirectory } from '../../remote/cache-directory.ts';
import { makeTemporaryFolder, removeTemporaryFolder } from '../../repo/temporary-folder.ts';
import { authorOf } from './author.ts';
import { branchFor } from './branch-for.ts';
import { pageSaid } from './host-kind.ts';
import { fetchHere, preparePush, type PreparedPush } from './prepare-push.ts';
import { pullRequestOf } from './pull-request.ts';
import { plannedOutcome, pushBranch, type BranchPushed } from './push-branch.ts';
import type { PushOptions, PushPlan, PushResult } from './push-options.ts';
import { findPlaces, type PushPlaces } from './push-place.ts';
import { readPackSource, type PackSource } from './read-pack-source.ts';
import { FETCH, FETCH_WHOLE, openWorkspace, type Workspace } from './workspace.ts';
import { baseOf, remoteHeads, type RemoteHeads } from './remote-heads.ts';
import { registryClone } from './registry-clone.ts';
import { whichRegistry, type Checkout } from './which-registry.ts';

/** How often a registry may move while a push is prepared; after that, a branch on top of what it was will do. */
const MOST_MOVES = 5;

/** What a push would do, without doing it. Rejects as `push` does. */
export async function planPush(options: PushOptions): Promise<PushPlan> {
  return withRun(options, (run) => run.plan());
}

/**
 * Checks packs, puts them on a new branch of a registry's Git repository, and says where the pull request is opened. No
 * file, branch or index of the user is touched. Rejects with `pack-refused`, `version-exists`, `branch-taken`, with what
 * the remote says, or with the reason of the signal: then nothing was pushed.
 */
export async function push(options: PushOptions): Promise<PushResult> {
  return withRun(options, (run) => run.push());
}

async function withRun<Result>(options: PushOptions, work: (run: Run) => Promise<Result>): Promise<Result> {
  if (options.directories.length === 0) throw usage('There is no directory to push.', 'Name the directory of a pack.');
  const sources: PackSource[] = [];
  for (const directory of await distinctFolders(options.directories)) sources.push(await readPackSource(directory));
  const twice = sources.find((each, index) => sources.findIndex((other) => sameRelease(each, other)) !== index);
  if (twice !== undefined)
    throw usage(`${twice.name} ${twice.version} is to be pushed from two directories.`, 'Name one of them.');
  const [first] = sources as [PackSource, ...PackSource[]];
  const author = await authorOf(first, options.signal);
  const { address, pushAddress, checkout, directory } = await whichRegistry(options, sources);
  const { fork = pushAddress, tokenVariable, signal } = options;
  const places = await findPlaces({ directory, registry: address, fork, tokenVariable, signal });
  const branch = checkedBranch(options.branch ?? branchFor(sources));
  return work(new Run({ options, sources, author, places, checkout, branch }));
}

/** A folder that is named twice, or by a link as well, is one. */
async function distinctFolders(directories: readonly string[]): Promise<readonly string[]> {
  const folders = await Promise.all(directories.map((each) => realpath(each).catch(() => resolve(each))));
  return directories.filter((_, index) => folders.indexOf(folders[index] ?? '') === index);
}

function sameRelease(a: PackSource, b: PackSource): boolean {
  return a.name === b.name && a.version === b.version;
}

interface RunParts {
  readonly options: PushOptions;
  readonly sources: readonly PackSource[];
  readonly author: Identity;
  readonly places: PushPlaces;
  readonly checkout: Checkout | undefined;
  readonly branch: string;
}

interface Base {
  readonly branch: string;
  readonly commit: string;
}

interface Prepared {
  readonly workspace: Workspace;
  readonly plan: PushPlan;
  readonly commit: string;
  /** Id of the commit that the branch is at; undefined where there is none. */
  readonly before: string | undefined;
}

class Run {
  readonly #parts: RunParts;
  /** Whether all files are fetched at once, because the remote gives none of them alone. */
  #isWhole = false;

  constructor(parts: RunParts) {
    this.#parts = parts;
  }

  plan(): Promise<PushPlan> {
    const { options, places, branch } = this.#parts;
    return this.#onBase(async ({ workspace, plan, commit, before }) => {
      if (plan.outcome === 'unchanged') return plan;
      const made = { branch, commit, packs: plan.packs, before, update: options.update === true };
      return { ...plan, outcome: await plannedOutcome(workspace, places.target, made) };
    });
  }

  async push(): Promise<PushResult> {
    const { options, places, branch } = this.#parts;
    for (let attempt = 1; ; attempt += 1) {
      const result = await this.#onBase(async ({ workspace, plan, commit }) => {
        if (plan.outcome === 'unchanged') return plan;
        // Somebody may have added to the registry while this was checked.
        const now = await this.#heads();
        if (baseOf(now.registry, options.base, places.registry).commit !== plan.base.commit && attempt < MOST_MOVES)
          return undefined;
        const update = options.update === true;
        if (now.branch === undefined || update) options.onProgress?.({ step: 'push', label: places.target.shown });
        const made = { branch, commit, packs: plan.packs, before: now.branch, update };
        const pushed = await pushBranch(workspace, places.target, made);
        if (pushed.outcome === 'moved' && attempt < MOST_MOVES) return undefined;
        if (pushed.outcome === 'moved') throw moving(branch, places.target.shown);
        return this.#result(plan, commit, pushed);
      });
      if (result !== undefined) return this.#opened(result);
      options.onProgress?.({ step: 'retry', label: places.registry.shown });
      await pause(attempt, options.signal);
    }
  }

  #result(plan: PushPlan, commit: string, pushed: Exclude<BranchPushed, { outcome: 'moved' }>): PushResult {
    const { options, places, branch } = this.#parts;
    const { registry, target } = places;
    const said = 'stderr' in pushed ? pageSaid(pushed.stderr, target.web) : undefined;
    const pullRequest = pullRequestOf({
      registry: registry.web,
      pushed: target.web,
      base: plan.base.branch,
      branch,
      kind: options.hostKind,
      said,
    });
    return { ...plan, outcome: pushed.outcome, commit: 'commit' in pushed ? pushed.commit : commit, pullRequest };
  }

  async #opened(result: PushResult): Promise<PushResult> {
    const { options, places } = this.#parts;
    const { open, signal, tokenVariable, onProgress } = options;
    if (open === undefined || result.pullRequest === undefined) return result;
    onProgress?.({ step: 'open', label: places.registry.shown });
    const { openPullRequest } = await import('./open-pull-request.ts');
    const opened = await openPullRequest({ result, places, api: open.api, tokenVariable, signal });
    return { ...result, opened };
  }

  async #heads(): Promise<{ readonly registry: RemoteHeads; readonly branch: string | undefined }> {
    const { places, branch, options } = this.#parts;
    const { registry, target } = places;
    const folder = await makeTemporaryFolder('tree');
    const run = (environment: Readonly<Record<string, string>>) => (args: readonly string[]) =>
      runGit(args, {
        directory: folder,
        environment: { ...environment, GIT_CEILING_DIRECTORIES: folder },
        signal: options.signal,
      });
    try {
      const asked = [branch, ...(options.base === undefined ? [] : [options.base])];
      const heads = await remoteHeads(run(registry.environment), registry, asked);
      const there = target === registry ? heads : await remoteHeads(run(target.environment), target, [branch]);
      return { registry: heads, branch: there.branches.get(branch) };
    } finally {
      await removeTemporaryFolder(folder);
    }
  }

  async #onBase<Result>(work: (prepared: Prepared) => Promise<Result>): Promise<Result> {
    const { options, places, branch } = this.#parts;
    options.signal?.throwIfAborted();
    options.onProgress?.({ step: 'fetch', label: places.registry.shown });
    let heads = await this.#heads();
    let base = baseOf(heads.registry, options.base, places.registry);
    if (base.branch === branch && places.registry === places.target) throw baseItself(branch);
    for (let [moves, anew] = [0, false]; ;) {
      const format = base.commit.length === 64 ? 'sha256' : 'sha1';
      const workspace = await openWorkspace(places.registry, format, options.signal);
      try {
        let prepared: PreparedPush;
        try {
          prepared = await this.#prepare(workspace, base, anew);
        } catch (error) {
          if (!(error instanceof PackyardError) || error.code !== 'git-failed') throw error;
          const before = base;
          heads = await this.#heads();
          base = baseOf(heads.registry, options.base, places.registry);
          // What is not there any more cannot be fetched.
          if (base.commit !== before.commit && moves < MOST_MOVES) moves += 1;
          else if (!this.#isWhole && NO_SINGLE_FILES.test(error.message)) this.#isWhole = true;
          // Of what was cached, something may be damaged.
          else if (!anew && this.#isCached) anew = true;
          else throw error;
          continue;
        }
        const { packs, findings, commit } = prepared;
        const fork = places.target === places.registry ? {} : { fork: places.target.shown };
        const outcome = packs.every(({ change }) => change === 'unchanged') ? 'unchanged' : 'pushed';
        const plan: PushPlan = { registry: places.registry.shown, ...fork, base, branch, outcome, packs, findings };
        return await work({ workspace, plan, commit, before: heads.branch });
      } finally {
        await workspace.close();
      }
    }
  }

  get #isCached(): boolean {
    const { checkout, options } = this.#parts;
    return !this.#isWhole && checkout?.objects === undefined && options.cache !== false;
  }

  async #prepare(workspace: Workspace, base: Base, anew: boolean): Promise<PreparedPush> {
    const { options, places, sources, author, checkout } = this.#parts;
    let fetchBlobs = fetchHere(workspace);
    if (this.#isCached) {
      const cache = typeof options.cache === 'string' ? options.cache : defaultCacheDirectory();
      const format = base.commit.length === 64 ? 'sha256' : 'sha1';
      const clone = await registryClone(
        cache,
        places.registry,
        { ...base, format },
        { anew, signal: options.signal, isSound: workspace.isSound },
      );
      await workspace.borrow(clone.objects);
      await workspace.becomePartial();
      fetchBlobs = (tree, oids) => clone.fetchBlobs(tree, oids);
    } else {
      if (checkout?.objects !== undefined) await workspace.borrow(checkout.objects);
      if (!this.#isWhole) await workspace.becomePartial();
      const fetched = await workspace.run([
        ...(this.#isWhole ? FETCH_WHOLE : FETCH),
        '--',
        places.registry.name,
        `+refs/heads/${base.branch}:refs/packyard/base`,
      ]);
      if (fetched.status !== 0) throw await places.registry.failure(fetched, 'read');
    }
    return preparePush({
      workspace,
      base: base.commit,
      sources,
      author,
      checkout: checkout?.root,
      fetchBlobs,
      options,
    });
  }
}

/** Servers that leave files out of a clone when asked, but speak an old protocol, in which they give none by its id. */
const NO_SINGLE_FILES = /request for unadvertised object|could not fetch [0-9a-f]+ from promisor remote/u;

function moving(branch: string, shown: string): PackyardError {
  return new PackyardError({
    code: 'registry-changed',
    message: `The branch ${branch} of ${shown} was changed again and again while it was pushed.`,
    hint: 'Nothing was pushed. Push again, or name another branch with --branch.',
  });
}

function baseItself(branch: string): PackyardError {
  return usage(
    `${branch} is the branch that the registry is built from, and a push makes a branch of its own.`,
    'Name another one with --branch, or leave it out.',
  );
}

function usage(message: string, hint: string): PackyardError {
  return new PackyardError({ code: 'usage', message, hint });
}
