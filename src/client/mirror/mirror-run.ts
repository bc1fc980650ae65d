import { lstatSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { oneLine } from '../../check/one-line.ts';
import { moveNow } from '../../remote/move.ts';
import { INDEX_PATH } from '../../remote/registry-files.ts';
import {
  listOutput,
  sameStamp,
  STAGING,
  stampOf,
  type FileStamp,
  type OutputListing,
} from '../../remote/output-files.ts';
import { applyMirror } from './apply-mirror.ts';
import { compareMirror } from './compare-mirror.ts';
import { heldBytes } from '../../remote/held-bytes.ts';
import { IMAGES_PATH, imagesList, type ImagesList } from './images-text.ts';
import type { MirrorDestination } from './mirror-destination.ts';
import type { MirrorFile } from './mirror-file.ts';
import type { MirrorEvent, MirrorOptions, MirrorResult, MirrorWarning } from './mirror-options.ts';
import type { MirrorPlan } from './mirror-plan.ts';
import type { MirrorSource } from './mirror-source.ts';
import { loadMirrorState, recordMirrorState, type MirrorState } from './mirror-state.ts';
import type { ProfilePack } from './profile-packs.ts';
import { isWhole, selectionKey, selectionOf, type Selection } from './selection.ts';
import { sourceSchemas } from './source-schemas.ts';
import { wantedMirror, type WantedMirror } from './wanted-mirror.ts';

export interface MirrorContext {
  readonly held: MirrorDestination;
  readonly options: MirrorOptions;
  /** Undefined for all packs. */
  readonly named: readonly ProfilePack[] | undefined;
  readonly stateFolder: string;
  readonly emit: (event: MirrorEvent) => void;
}

const WIDTH = 8;
const NOTHING = { files: 0, bytes: 0 };

/** Bytes after which it is said again how many came. */
const SAID_EVERY = 1_048_576;

/** Makes the mirror of one state of the source. The folder is locked, unless nothing is written. */
export async function mirrorRun(source: MirrorSource, context: MirrorContext): Promise<MirrorResult> {
  const { held, options, stateFolder, emit } = context;
  const { width = WIDTH, signal, dryRun = false, refresh = false, images = true, prune = false } = options;
  const { path: destination } = held;
  const warn = (warning: MirrorWarning): void => emit({ kind: 'warning', warning });
  warnOfOlder(source, held, warn);
  const selection = selectionOf(namedHere(source, context.named, warn), options.latest);
  const state = refresh ? undefined : await loadMirrorState(stateFolder, destination);
  const listing = listOutput(destination);
  const same = state?.source === source.indexSha256 && state.selection === selectionKey(selection) ? state : undefined;
  if (same !== undefined && isUnchanged(same, listing, images ? join(destination, IMAGES_PATH) : undefined)) {
    return unchanged(source, context, selection, same);
  }
  const wanted = await wantedMirror(source, {
    selection,
    destination,
    width,
    signal,
    schemas: await schemasOf(source, same, width, warn),
    onDocument: (done, total, name) => emit({ kind: 'documents', done, total, name }),
  });
  const compared = await compareMirror(wanted, destination, listing, state);
  const list = imagesList(wanted.packs.map(({ document }) => document));
  if (images && list.leftOut.length > 0) warn(imagesLeftOut(list));
  const { write, keep, stale } = compared;
  const plan: MirrorPlan = {
    destination,
    source: source.location,
    index: indexOf(source, wanted),
    ...(!isWhole(selection) && { subset: { of: source.indexSha256 } }),
    packs: wanted.packs.length,
    releases: wanted.packs.reduce((sum, { document }) => sum + document.releases.length, 0),
    write,
    keep,
    stale,
    prune,
    ...(images && { images: { path: join(destination, IMAGES_PATH), count: list.count } }),
  };
  emit({ kind: 'planned', plan });
  const { transferred } = source;
  if (dryRun) return { plan, written: false, wrote: NOTHING, removed: [], transferred };
  const written = await applyMirror(plan, source, { width, signal, ...reports(emit, write.length) });
  const imagesStamp = images ? await writeImages(destination, list) : undefined;
  const removed = prune ? stale : [];
  const wrote = { files: written.size, bytes: [...written.values()].reduce((sum, { size }) => sum + size, 0) };
  const after = compared.stateAfter(written, new Set(removed));
  await recordMirrorState(stateFolder, destination, {
    source: source.indexSha256,
    index: plan.index.sha256,
    selection: selectionKey(selection),
    packs: after.packs,
    shared: imagesStamp === undefined ? after.shared : new Map([...after.shared, [IMAGES_PATH, imagesStamp]]),
    counts: {
      packs: plan.packs,
      releases: plan.releases,
      images: list.count,
      files: write.length + keep.files,
      bytes: keep.bytes + wrote.bytes,
      stale: prune ? 0 : stale.length,
    },
  });
  return { plan, written: true, wrote, removed, transferred: source.transferred };
}

function reports(
  emit: MirrorContext['emit'],
  total: number,
): {
  readonly onFile: (done: number, path: string) => void;
  readonly onBytes: (bytes: number) => void;
} {
  let said = 0;
  return {
    onFile: (done, path) => emit({ kind: 'file', done, total, path }),
    onBytes: (bytes) => {
      if (bytes - said < SAID_EVERY) return;
      said = bytes;
      emit({ kind: 'received', bytes });
    },
  };
}

/** A list may name packs of other registries too. */
function namedHere(
  { index, location }: MirrorSource,
  named: readonly ProfilePack[] | undefined,
  warn: (warning: MirrorWarning) => void,
): readonly ProfilePack['reference'][] | undefined {
  const { name } = index.registry;
  const here = named?.filter(({ reference, registryName = name, elsewhere }) =>
    elsewhere ? index.packs[reference.name] !== undefined : registryName === name,
  );
  for (const { reference, registryName } of named?.filter((pack) => here?.includes(pack) !== true) ?? []) {
    const of =
      registryName === undefined ? 'another registry' : `the registry ${JSON.stringify(oneLine(registryName))}`;
    warn({
      code: 'other-registry',
      message: `${reference.name} is of ${of}, not of ${location}: it is left out.`,
      hint: 'Mirror that registry into a folder of its own.',
    });
  }
  return here?.map(({ reference }) => reference);
}

function warnOfOlder(
  { index, location }: MirrorSource,
  { index: held }: MirrorDestination,
  warn: (warning: MirrorWarning) => void,
): void {
  if (held?.serial === undefined || held.serial <= index.serial) return;
  warn({
    code: 'registry-older',
    message: `${location} has an older state (serial ${index.serial}) than the mirror had (serial ${held.serial}).`,
    hint: 'Either it was rolled back, or a host that is behind answered.',
  });
}

/** Whether nobody was at the folder since the last run made it whole. `images` is the path of the list, where wanted. */
function isUnchanged(
  { packs, shared, counts }: MirrorState,
  listing: OutputListing,
  images: string | undefined,
): boolean {
  const own = [...shared].filter(([path]) => path !== IMAGES_PATH);
  const list = shared.get(IMAGES_PATH)?.stamp;
  return (
    counts.stale === 0 &&
    listing.packs.size === packs.size &&
    [...packs].every(([name, { digest }]) => listing.packs.get(name)?.digest === digest) &&
    listing.shared.size === own.length &&
    own.every(([path, { stamp }]) => isSame(listing.shared.get(path), stamp)) &&
    (images === undefined || isSame(stampAt(images), list))
  );
}

function isSame(a: FileStamp | undefined, b: FileStamp | undefined): boolean {
  return a !== undefined && b !== undefined && sameStamp(a, b);
}

function stampAt(path: string): FileStamp | undefined {
  return lstatSync(path, { throwIfNoEntry: false })?.isFile() === true ? stampOf(path) : undefined;
}

function unchanged(
  source: MirrorSource,
  { held, options, emit }: MirrorContext,
  selection: Selection,
  { index, counts }: MirrorState,
): MirrorResult {
  const { serial, source: from } = source.index;
  const { packs, releases, files, bytes, images } = counts;
  const plan: MirrorPlan = {
    destination: held.path,
    source: source.location,
    index: { sha256: index, serial, commit: from.commit },
    ...(!isWhole(selection) && { subset: { of: source.indexSha256 } }),
    packs,
    releases,
    write: [],
    keep: { files, bytes },
    stale: [],
    prune: options.prune === true,
    ...(options.images !== false && { images: { path: join(held.path, IMAGES_PATH), count: images } }),
  };
  emit({ kind: 'planned', plan });
  return { plan, written: options.dryRun !== true, wrote: NOTHING, removed: [], transferred: source.transferred };
}

/** They are asked for anew with each state of the source only: nothing says that they changed. */
async function schemasOf(
  source: MirrorSource,
  same: MirrorState | undefined,
  width: number,
  warn: (warning: MirrorWarning) => void,
): Promise<readonly MirrorFile[]> {
  if (same !== undefined && source.remote) {
    const known = [...same.shared].filter(([path]) => path.startsWith('schemas/'));
    return known.map(([path, { sha256, stamp }]) => ({ path, sha256, size: stamp.size, role: 'stable' }));
  }
  return sourceSchemas(source, width, (path) =>
    warn({
      code: 'schema-skipped',
      message: `${source.addressOf(path)} is no JSON and was left out.`,
      hint: 'The host may answer with a web page where there is no file.',
    }),
  );
}

function indexOf({ index }: MirrorSource, { shared }: WantedMirror): MirrorPlan['index'] {
  const sha256 = shared.find(({ path }) => path === INDEX_PATH)?.sha256 ?? '';
  return { sha256, serial: index.serial, commit: index.source.commit };
}

function imagesLeftOut({ leftOut }: ImagesList): MirrorWarning {
  const [first = ''] = leftOut;
  const more = leftOut.length === 1 ? '' : ` and ${leftOut.length - 1} more`;
  return {
    code: 'image-skipped',
    message: `${IMAGES_PATH} leaves out ${oneLine(JSON.stringify(first.slice(0, 100)))}${more}: no image can be called so.`,
  };
}

/** Writes the list in one step, after the registry: it names what is in it. */
async function writeImages(
  destination: string,
  { text }: ImagesList,
): Promise<{ readonly sha256: string; readonly stamp: FileStamp }> {
  const path = join(destination, IMAGES_PATH);
  if ((await textAt(path)) !== text) {
    const staged = join(destination, STAGING, IMAGES_PATH);
    writeFileSync(staged, text, { mode: 0o644 });
    moveNow(staged, path);
  }
  return { sha256: '', stamp: stampOf(path) };
}

async function textAt(path: string): Promise<string | undefined> {
  const bytes = await heldBytes(path);
  return bytes === undefined ? undefined : new TextDecoder().decode(bytes);
}
