import { readLiveIndex } from './live-index.ts';
import { listStore } from './place-state.ts';
import { isOld } from './plan-removals.ts';
import type { WantedRegistry } from './plan-publish.ts';
import type { PublishPlan } from './publish-plan.ts';
import type { Store } from './store.ts';

/** Paths that one call removes. */
const AT_ONCE = 1000;

/**
 * Removes what a plan says, once the new registry is live. A place that changes file by file is listed again before: what
 * another publisher put meanwhile stays, and where it took over, everything does. Resolves with what was removed.
 */
export async function removeStale(
  { remove }: PublishPlan,
  store: Store,
  options: {
    readonly wanted: WantedRegistry;
    readonly prune: { readonly keep: number } | undefined;
    readonly now: number;
    readonly signal: AbortSignal;
  },
): Promise<readonly string[]> {
  const { wanted, prune, now, signal } = options;
  if (remove.length === 0 || prune === undefined) return [];
  if (store.atomic) return remove.map(({ path }) => path);
  const stored = await listStore(store, signal);
  const paths = remove.map(({ path }) => path).filter((path) => isStill(path));
  for (let start = 0; start < paths.length; start += AT_ONCE) {
    signal.throwIfAborted();
    // Between two calls somebody else may make live again what nothing referred to.
    if ((await readLiveIndex(store))?.sha256 !== wanted.index.sha256) return paths.slice(0, start);
    await store.remove(paths.slice(start, start + AT_ONCE));
  }
  return paths;

  function isStill(path: string): boolean {
    const file = stored.get(path);
    return file !== undefined && isOld(file, now, prune?.keep ?? 0);
  }
}
