import { listStore } from './place-state.ts';
import type { PlannedUpload } from './publish-plan.ts';
import type { Store } from './store.ts';

/**
 * Whether something is gone that was put again because nothing referred to it: a `--prune` of somebody else may have
 * looked at it before, and removed it after. Asks only where there was such a file.
 */
export async function isTakenAway(
  uploads: Iterable<PlannedUpload>,
  store: Store,
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const renewed = [...uploads].filter(({ role, reason }) => reason === 'renewed' && role !== 'history');
  if (renewed.length === 0) return false;
  const stored = await listStore(store, signal);
  return renewed.some(({ entry }) => !stored.has(entry.path));
}
