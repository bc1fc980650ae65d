import { PackyardError } from '../errors.ts';
import type { Entry } from '../model/entry.ts';
import { inParallel } from '../model/in-parallel.ts';
import { applyPublish, type ApplyContext } from './apply-publish.ts';
import type { BuiltFile, KnownDocuments } from './built-folder.ts';
import { isTakenAway } from './is-taken-away.ts';
import { readLiveIndex, requireNoStrangers, requireSameRegistry, type LiveIndex } from './live-index.ts';
import { lostReleases } from './lost-releases.ts';
import { pause } from './pause.ts';
import { listStore, referredFiles } from './place-state.ts';
import { planPublish, type PlaceState, type WantedRegistry } from './plan-publish.ts';
import { planRemovals } from './plan-removals.ts';
import { probePublished, readersAddress } from './probe-published.ts';
import type { PlaceOptions, PublishEvent, PublishOutcome, PublishResult } from './publish-options.ts';
import { countOf, type PlannedUpload, type PublishPlan } from './publish-plan.ts';
import { removeStale } from './remove-stale.ts';
import { settleCopies } from './settle.ts';
import { requireBudget } from './size-budget.ts';
import { withHashes } from './with-hashes.ts';

export interface RunContext {
  readonly emit: (event: PublishEvent) => void;
  readonly signal: AbortSignal;
  /** What is known without asking the place. */
  readonly documents: KnownDocuments;
  /** Where it goes back on purpose: SHA-256 of the index that is live before, which no other may take the place of. */
  readonly backFrom?: string;
}

const WIDTH = 8;
const ATTEMPTS = 60;

/** Plans and applies, until the place has the registry or a newer one. */
export async function publishRun(
  wanted: WantedRegistry,
  options: PlaceOptions & { readonly prune?: { readonly keep: number } },
  context: RunContext,
): Promise<PublishResult> {
  const { store, dryRun = false, width = WIDTH, attempts = ATTEMPTS } = options;
  const { emit, signal, backFrom } = context;
  if (options.url !== undefined) readersAddress(options.url);
  const written = new Map<string, PlannedUpload>();
  const lost = lostReleases(context.documents);
  let before: number | undefined;
  let apply: ApplyContext | undefined;
  for (let conflicts = 0; ; conflicts += 1) {
    if (conflicts >= attempts) throw neverFirst(store.location, conflicts);
    const live = await readLiveIndex(store);
    requireSameRegistry(store, live, wanted.document);
    if (conflicts === 0) before = live?.index.serial;
    if (backFrom !== undefined && live?.sha256 !== backFrom) throw publishedMeanwhile(store.location, live);
    const place = await placeState(live, wanted, options, context.documents);
    const plan = await withRemovals(planPublish(wanted, place), wanted, place, options, context);
    const result = (outcome: PublishOutcome, removed: readonly string[] = []): PublishResult => ({
      outcome,
      plan,
      before,
      conflicts,
      uploaded: countOf([...written.values()].map(({ entry }) => entry)),
      removed,
      traffic: store.traffic,
    });
    if (backFrom === undefined && live !== undefined && live.index.serial > wanted.index.serial) {
      if (apply !== undefined)
        await settleCopies(
          [...written.values()].map(({ entry }) => entry),
          apply,
        );
      return result('older');
    }
    if (!dryRun && conflicts === 0) warnOfTwin(plan, emit);
    requireBudget(plan, wanted);
    if (backFrom === undefined) for (const warning of lost(place)) emit({ kind: 'warning', warning });
    emit({ kind: 'planned', plan });
    if (dryRun) return result('planned');
    if (conflicts === 0) await verifyUploads(plan.upload, width, signal);
    apply ??= { store, width, signal, emit, conditional: await conditionsOf(options, plan, emit) };
    const { outcome, uploaded } = await applyPublish(plan, commitMessage(wanted), apply);
    if (!store.atomic || outcome === 'done') for (const upload of uploaded) written.set(upload.entry.path, upload);
    if (outcome === 'conflict') {
      emit({ kind: 'conflict', attempt: conflicts + 1, serial: (await readLiveIndex(store))?.index.serial });
      await pause(conflicts, signal);
      continue;
    }
    const changed = plan.upload.length > 0 ? 'published' : 'unchanged';
    const after = store.atomic ? undefined : await settleCopies(copiesOf(wanted.files, written, live), apply);
    if (after !== undefined && isLost(after, wanted, apply)) continue;
    if (!store.atomic && (await isTakenAway(written.values(), store, signal))) continue;
    const removed = await removeStale(plan, store, { wanted, prune: options.prune, now: place.now, signal });
    const done = result(changed, removed);
    if (options.url === undefined) return done;
    const links = [...written.values()].map(({ entry }) => entry);
    const probe = await probePublished(options.url, wanted, links, { ...options, signal, emit });
    return { ...done, probe, traffic: store.traffic };
  }
}

async function placeState(
  live: LiveIndex | undefined,
  wanted: WantedRegistry,
  { store, limit = store.limit, width = WIDTH, now = Date.now, signal }: PlaceOptions,
  documents: KnownDocuments,
): Promise<PlaceState> {
  const listed = await listStore(store, signal);
  requireNoStrangers(store, live, listed);
  const liveFiles = live === undefined ? new Map() : await referredFiles(store, live.index, documents, { width });
  const stored = await withHashes(listed, wanted.files, { live, liveFiles, width });
  return { location: store.location, atomic: store.atomic, limit, stored, live, liveFiles, now: now() };
}

async function withRemovals(
  plan: PublishPlan,
  wanted: WantedRegistry,
  place: PlaceState,
  { store, prune, width = WIDTH }: PlaceOptions & { readonly prune?: { readonly keep: number } },
  { documents, emit }: RunContext,
): Promise<PublishPlan> {
  if (prune === undefined) return plan;
  const { remove, waiting, warnings } = await planRemovals(wanted, place, {
    store,
    keep: prune.keep,
    width,
    documents,
  });
  for (const warning of warnings) emit({ kind: 'warning', warning });
  const freed = store.atomic ? countOf(remove).bytes : 0;
  const { total } = plan.budget;
  const requests = plan.requests + (store.atomic ? 0 : Math.ceil(remove.length / 1000));
  return { ...plan, remove, waiting, requests, budget: { ...plan.budget, total: total - freed } };
}

/** Reads everything once before anything is written: a folder that is damaged is not published in part. */
async function verifyUploads(uploads: readonly PlannedUpload[], width: number, signal: AbortSignal): Promise<void> {
  await inParallel(uploads, width, async ({ entry }) => {
    for await (const _ of entry.open()) signal.throwIfAborted();
  });
}

async function conditionsOf(
  { store }: PlaceOptions,
  { upload }: PublishPlan,
  emit: RunContext['emit'],
): Promise<boolean> {
  if (upload.length === 0) return true;
  const keeps = await store.keepsConditions();
  if (!keeps) {
    emit({
      kind: 'warning',
      warning: {
        code: 'unconditional',
        message: `${store.location} keeps no conditions, so that of two publishers at once the later one may win.`,
        hint: 'Let one publisher run at a time, such as with a concurrency group; the index is looked at again afterwards.',
      },
    });
  }
  return keeps;
}

/** The copies that this publisher wrote, or that the index that it took the place of had otherwise. */
function copiesOf(
  files: readonly BuiltFile[],
  written: ReadonlyMap<string, PlannedUpload>,
  live: LiveIndex | undefined,
): readonly Entry[] {
  const before = new Map(
    Object.entries(live?.index.packs ?? {}).map(([name, { document }]) => [
      `packs/${name}/index.json`,
      document.sha256,
    ]),
  );
  const changed = ({ path, sha256 }: Entry): boolean => before.has(path) && before.get(path) !== sha256;
  return files
    .filter(({ entry, role }) => role === 'stable' && (written.has(entry.path) || changed(entry)))
    .map(({ entry }) => entry);
}

/** Whether an older publisher took the place of what was just published, as it can where no conditions are kept. */
function isLost(after: LiveIndex, { index }: WantedRegistry, { conditional }: ApplyContext): boolean {
  return !conditional && after.sha256 !== index.sha256 && after.index.serial < index.serial;
}

function commitMessage({ index }: WantedRegistry): string {
  return `Publish serial ${index.serial} (commit ${index.commit.slice(0, 12)})`;
}

/** Two registries of one serial: each is what its commit says, but not by the same Packyard or not all committed. */
function warnOfTwin({ live, index, location }: PublishPlan, emit: RunContext['emit']): void {
  if (live === undefined || live.serial !== index.serial || live.sha256 === index.sha256) return;
  emit({
    kind: 'warning',
    warning: {
      code: 'other-serial',
      message: `${location} has another registry of the same serial ${index.serial}, and this one takes its place.`,
      hint: 'Build with the same version of Packyard everywhere, and only what is committed.',
    },
  });
}

function neverFirst(location: string, attempts: number): PackyardError {
  return new PackyardError({
    code: 'registry-changed',
    message: `Others published to ${location} again and again, ${attempts} times: this registry did not get its turn.`,
    hint: 'What was sent stays. Run the command again when fewer publish at once.',
  });
}

function publishedMeanwhile(location: string, live: LiveIndex | undefined): PackyardError {
  return new PackyardError({
    code: 'registry-changed',
    message: `${location} was published anew meanwhile (serial ${live?.index.serial ?? 'none'}): it was not rolled back.`,
    hint: 'Look at what is live now, and run the command again if it must still go.',
  });
}
