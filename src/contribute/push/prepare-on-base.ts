import { PackyardError } from '../../errors.ts';
import { fetchBase, isCached, type FetchManner } from './fetch-base.ts';
import { preparePush, type PreparedPush } from './prepare-push.ts';
import { pushHeads, type PushHeads } from './push-heads.ts';
import type { PushPlan } from './push-options.ts';
import type { PushParts } from './push-parts.ts';
import { formatOf } from './remote-heads.ts';
import { openWorkspace, type Workspace } from './workspace.ts';

/** Commits on top of a registry, in a workspace that is gone afterwards. */
export interface PreparedOnBase {
  readonly workspace: Workspace;
  readonly plan: PushPlan;
  readonly commit: string;
  /** Id of the commit that the branch is at; undefined where there is none. */
  readonly before: string | undefined;
}

/** Prepares a push on top of the registry as it is now, and does something with that. */
export type OnBase = <Result>(work: (prepared: PreparedOnBase) => Promise<Result>) => Promise<Result>;

/** How often a registry may move while a push is prepared; after that, a branch on top of what it was will do. */
export const MOST_MOVES = 5;

/** What is learnt of the remote while one push is prepared counts for the next one. */
export function prepareOnBase(parts: PushParts): OnBase {
  const { options, places, branch } = parts;
  let whole = false;
  return async (work) => {
    options.signal?.throwIfAborted();
    options.onProgress?.({ step: 'fetch', label: places.registry.shown });
    let heads = await pushHeads(parts);
    if (heads.base.branch === branch && places.registry === places.target) throw baseItself(branch);
    for (let [moves, anew] = [0, false]; ;) {
      const workspace = await openWorkspace(places.registry, formatOf(heads.base), options.signal);
      try {
        let prepared: PreparedPush;
        try {
          prepared = await preparedAt(parts, workspace, heads, { whole, anew });
        } catch (error) {
          if (!(error instanceof PackyardError) || error.code !== 'git-failed') throw error;
          const before = heads.base.commit;
          heads = await pushHeads(parts);
          // What is not there any more cannot be fetched.
          if (heads.base.commit !== before && moves < MOST_MOVES) moves += 1;
          else if (!whole && NO_SINGLE_FILES.test(error.message)) whole = true;
          // Of what was cached, something may be damaged.
          else if (!anew && isCached(parts, { whole })) anew = true;
          else throw error;
          continue;
        }
        return await work({
          workspace,
          plan: planOf(parts, heads, prepared),
          commit: prepared.commit,
          before: heads.branch,
        });
      } finally {
        await workspace.close();
      }
    }
  };
}

async function preparedAt(
  parts: PushParts,
  workspace: Workspace,
  { base }: PushHeads,
  manner: FetchManner,
): Promise<PreparedPush> {
  const { sources, author, checkout, options } = parts;
  const fetchBlobs = await fetchBase(parts, workspace, base, manner);
  return preparePush({ workspace, base: base.commit, sources, author, checkout: checkout?.root, fetchBlobs, options });
}

function planOf({ places, branch }: PushParts, { base }: PushHeads, { packs, findings }: PreparedPush): PushPlan {
  const { registry, target } = places;
  const fork = target === registry ? {} : { fork: target.shown };
  const outcome = packs.every(({ change }) => change === 'unchanged') ? 'unchanged' : 'pushed';
  return { registry: registry.shown, ...fork, base, branch, outcome, packs, findings };
}

/** Servers that leave files out of a clone when asked, but speak an old protocol, in which they give none by its id. */
const NO_SINGLE_FILES = /request for unadvertised object|could not fetch [0-9a-f]+ from promisor remote/u;

function baseItself(branch: string): PackyardError {
  return new PackyardError({
    code: 'usage',
    message: `${branch} is the branch that the registry is built from, and a push makes a branch of its own.`,
    hint: 'Name another one with --branch, or leave it out.',
  });
}
