import { inParallel } from '../model/in-parallel.ts';
import type { Entry } from '../model/entry.ts';
import { readLiveIndex } from './live-index.ts';
import type { PublishEvent } from './publish-options.ts';
import { UPLOAD_ROLES, type PlannedUpload, type PublishPlan } from './publish-plan.ts';
import { sha256Of } from '../remote/sha256.ts';
import type { Store } from './store.ts';

export interface ApplyContext {
  readonly store: Store;
  readonly width: number;
  readonly signal: AbortSignal;
  readonly emit: (event: PublishEvent) => void;
  /** Whether the place keeps conditions; asked once. */
  readonly conditional: boolean;
}

export interface Applied {
  readonly outcome: 'done' | 'conflict';
  readonly uploaded: readonly PlannedUpload[];
}

/**
 * Puts what a plan says, in the order of the roles: nothing appears before what it refers to, the index last. Stopped at
 * any moment it leaves what was live, or the new registry. `conflict` where somebody else published meanwhile.
 */
export async function applyPublish(plan: PublishPlan, message: string, context: ApplyContext): Promise<Applied> {
  const { store, width, signal, emit } = context;
  const uploaded: PlannedUpload[] = [];
  let bytes = 0;
  for (const role of UPLOAD_ROLES) {
    const uploads = plan.upload.filter((upload) => upload.role === role);
    let conflict = false;
    await inParallel(uploads, width, async (upload) => {
      signal.throwIfAborted();
      if (conflict) return;
      if ((await put(upload, plan, context)) === 'conflict') {
        conflict = true;
        return;
      }
      uploaded.push(upload);
      bytes += upload.entry.size;
      const { length: done } = uploaded;
      emit({
        kind: 'uploaded',
        done,
        total: plan.upload.length,
        bytes,
        totalBytes: plan.bytes,
        path: upload.entry.path,
      });
    });
    if (conflict) return { outcome: 'conflict', uploaded };
  }
  signal.throwIfAborted();
  if (store.atomic && plan.remove.length > 0) await store.remove(plan.remove.map(({ path }) => path));
  if (uploaded.length === 0 && plan.remove.length === 0) return { outcome: 'done', uploaded };
  return { outcome: await store.commit(message), uploaded };
}

async function put(
  { entry, role, condition }: PlannedUpload,
  plan: PublishPlan,
  { store, conditional }: ApplyContext,
): Promise<'written' | 'conflict'> {
  if (!conditional || condition === undefined) {
    // The next best: a look right before.
    if (role === 'index' && (await readLiveIndex(store))?.sha256 !== plan.live?.sha256) return 'conflict';
    return store.put(entry);
  }
  const outcome = await store.put(entry, condition);
  if (outcome === 'written' || role === 'index') return outcome;
  if (await isThere(store, entry)) return 'written';
  // A copy that another publisher wrote is looked at again once the index is live; a newer index ends it before.
  if (role !== 'stable' && role !== 'host') return 'conflict';
  return (await readLiveIndex(store))?.sha256 === plan.live?.sha256 ? 'written' : 'conflict';
}

/** Whether another publisher put the same bytes. */
async function isThere(store: Store, { path, size, sha256 }: Entry): Promise<boolean> {
  const found = await store.read(path, size).catch(() => undefined);
  return found !== undefined && (await sha256Of(found.bytes)) === sha256;
}
