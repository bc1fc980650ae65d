import { defaultCacheDirectory } from '../../remote/cache-directory.ts';
import { fetchHere, type FetchBlobs } from './prepare-push.ts';
import type { PushParts } from './push-parts.ts';
import { registryClone } from './registry-clone.ts';
import { formatOf, type PushBase } from './remote-heads.ts';
import { FETCH, FETCH_WHOLE, type Workspace } from './workspace.ts';

/** How the objects of a registry are come by. */
export interface FetchManner {
  /** All files at once, because the remote gives none of them alone. */
  readonly whole: boolean;
  /** What was cached is put aside. */
  readonly anew: boolean;
}

/** Whether a registry's objects come from the cache. */
export function isCached({ checkout, options }: PushParts, { whole }: Pick<FetchManner, 'whole'>): boolean {
  return !whole && checkout?.objects === undefined && options.cache !== false;
}

/**
 * Brings a registry's commit and its trees into a workspace: from the cache, or from the checkout and the remote.
 * Resolves with how the files of it are fetched, all at once.
 */
export async function fetchBase(
  parts: PushParts,
  workspace: Workspace,
  base: PushBase,
  manner: FetchManner,
): Promise<FetchBlobs> {
  const { options, places, checkout } = parts;
  if (isCached(parts, manner)) {
    const cache = typeof options.cache === 'string' ? options.cache : defaultCacheDirectory();
    const clone = await registryClone(
      cache,
      places.registry,
      { ...base, format: formatOf(base) },
      { anew: manner.anew, signal: options.signal, isSound: workspace.isSound },
    );
    await workspace.borrow(clone.objects);
    await workspace.becomePartial();
    return (tree, oids) => clone.fetchBlobs(tree, oids);
  }
  if (checkout?.objects !== undefined) await workspace.borrow(checkout.objects);
  if (!manner.whole) await workspace.becomePartial();
  const refspec = `+refs/heads/${base.branch}:refs/packyard/base`;
  const fetched = await workspace.run([...(manner.whole ? FETCH_WHOLE : FETCH), '--', places.registry.name, refspec]);
  if (fetched.status !== 0) throw await places.registry.failure(fetched, 'read');
  return fetchHere(workspace);
}
