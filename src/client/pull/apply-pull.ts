import { slots } from '../../remote/slots.ts';
import { startOperation, type Operation } from '../operation.ts';
import type { FetchedFile } from '../registry.ts';
import { installPack } from '../unpack/install-pack.ts';
import { archivePlace, placeArchive } from './place-archive.ts';
import { PullError } from './pull-error.ts';
import {
  isFailure,
  type PlannedPack,
  type PulledPack,
  type PullEvent,
  type PullFailure,
  type PullPlan,
  type PullResult,
} from './pull-plan.ts';

export interface ApplyPullOptions {
  /** Replace what differs from the release. */
  readonly force?: boolean;
  readonly signal?: AbortSignal;
  readonly onProgress?: (event: PullEvent) => void;
  /** Packs at once; 4 unless told. */
  readonly width?: number;
}

/** Bytes between two events about one archive, at least; and at most so many events. */
const LEAST_STEP = 65_536;
const MOST_STEPS = 100;

/**
 * Does what a plan says. One pack that fails does not stop the others: when all are done, it rejects with a `PullError`
 * that holds every failure and what was pulled. Rejects with the reason of the signal.
 */
export function applyPull(plan: PullPlan, options: ApplyPullOptions = {}): Operation<PullEvent, PullResult> {
  const { signal, onProgress } = options;
  return startOperation((emit, stop) => applied(plan, { ...options, signal: stop }, emit), {
    ...(signal !== undefined && { signal }),
    ...(onProgress !== undefined && { onEvent: onProgress }),
  });
}

/** The same as a part of a greater work. */
export async function applied(
  plan: PullPlan,
  { width = 4, force = false, signal }: ApplyPullOptions & { readonly signal: AbortSignal },
  emit: (event: PullEvent) => void,
): Promise<PullResult> {
  const { directory, archive, packs } = plan;
  const { take } = slots(width);
  for (const failure of plan.failures) emit({ kind: 'failed', failure });
  const outcomes = await Promise.all(
    packs.map(async (pack): Promise<PulledPack | PullFailure> => {
      const giveBack = await take();
      try {
        signal.throwIfAborted();
        const pulled = await pullOne(pack, { archive, force, signal, directory }, emit);
        emit({ kind: 'pulled', pack: pulled });
        return pulled;
      } catch (error) {
        const failure = { references: pack.references, error };
        if (!signal.aborted) emit({ kind: 'failed', failure });
        return failure;
      } finally {
        giveBack();
      }
    }),
  );
  signal.throwIfAborted();
  const failures = [...plan.failures, ...outcomes.filter(isFailure)];
  const pulled = outcomes.filter((each): each is PulledPack => !isFailure(each));
  const result: PullResult = { directory, archive, packs: pulled };
  if (failures.length > 0) throw new PullError(failures, result);
  return result;
}

interface PullOneOptions {
  readonly directory: string;
  readonly archive: boolean;
  readonly force: boolean;
  readonly signal: AbortSignal;
}

async function pullOne(
  pack: PlannedPack,
  { directory, archive, force, signal }: PullOneOptions,
  emit: (event: PullEvent) => void,
): Promise<PulledPack> {
  const { name, release, references, target, warnings } = pack;
  const { sha256, size, contentSha256 } = release.artifact;
  const pulled = { name, version: release.version, references, target, sha256, size, contentSha256, warnings };
  if (archive) {
    const placing = { sha256, force, signal };
    if ((await archivePlace(target, placing)) === 'same') return { ...pulled, outcome: 'unchanged' };
    const file = await fetched(pack, signal, emit);
    return { ...pulled, outcome: await placeArchive(file.open(), target, placing) };
  }
  const file = await fetched(pack, signal, emit);
  const root = `${name}-${release.version}`;
  const { outcome } = await installPack(file.open(), target, { root, contentSha256, force, signal, directory });
  return { ...pulled, outcome };
}

function fetched(pack: PlannedPack, signal: AbortSignal, emit: (event: PullEvent) => void): Promise<FetchedFile> {
  const { path, sha256, size } = pack.release.artifact;
  let told = 0;
  const onBytes = (received: number, total: number): void => {
    const step = Math.max(LEAST_STEP, total / MOST_STEPS);
    if (received < told + step && received !== total) return;
    told = received;
    emit({ kind: 'received', pack, received, total });
  };
  return pack.registry.fetchFile(path, { sha256, size }, { signal, onBytes });
}
