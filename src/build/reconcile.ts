import { compareText } from '../model/compare-text.ts';
import type { MadeEntry } from '../model/registry.ts';
import { compareFiles } from './file-states.ts';
import { inParallel } from '../model/in-parallel.ts';
import { INDEX_PATH } from './native-index.ts';
import {
  digestOf,
  packFiles,
  sameStamp,
  type FileStamp,
  type OutputFiles,
  type OutputListing,
} from '../remote/output-files.ts';
import type { FileState, OutputState, PackState } from './output-state.ts';
import type { BuildPlan, KeptFiles, PlannedWrite } from './plan.ts';

/** A pack as an output has it. */
export interface OutputPack {
  readonly name: string;
  /** SHA-256 of its document. */
  readonly document: string;
  /** Everything below its folder, and its logos. */
  entries(): Promise<readonly MadeEntry[]>;
}

export interface Wanted {
  readonly packs: readonly OutputPack[];
  /** What belongs to no pack. */
  readonly shared: readonly MadeEntry[];
}

export interface Reconciled {
  readonly plan: BuildPlan;
  /** What the output directory is once the plan was applied, by the stamps of what was written. */
  readonly state: (written: ReadonlyMap<string, FileStamp>) => OutputState;
  /** Whether that is other than what was known. */
  readonly news: boolean;
}

/** How many packs are looked into at once. */
const WIDTH = 16;

/**
 * Compares a registry with what is in the output directory. Packs that are as the last build left them are not looked
 * into; of others only files are read that may have been changed.
 */
export async function reconcile(
  { packs, shared }: Wanted,
  out: string,
  listing: OutputListing,
  known: OutputState,
): Promise<Reconciled> {
  const kept = new Map<string, PackState>();
  const touched: OutputPack[] = [];
  for (const pack of packs) {
    const state = known.packs.get(pack.name);
    if (state !== undefined && isRight(pack, state, listing, known)) kept.set(pack.name, state);
    else touched.push(pack);
  }
  const compared = await inParallel(touched, WIDTH, (pack) => comparePack(pack, out, listing));
  const keptLogos = new Set([...kept.values()].flatMap(({ logos }) => logos));
  const logos = new Map(compared.flatMap((pack) => pack.logos.map((logo) => [logo.path, logo])));
  const others = await compareFiles([...logos.values(), ...shared], out, listing.shared, known.shared);
  const wanted = new Set([...keptLogos, ...[...logos.values(), ...shared].map(({ path }) => path)]);
  const names = new Set(packs.map(({ name }) => name));
  const remove = [
    ...compared.flatMap((pack) => pack.stale),
    ...[...listing.packs.keys()].filter((name) => !names.has(name)).flatMap((name) => [...packFiles(out, name).keys()]),
    ...[...listing.shared.keys()].filter((path) => !wanted.has(path)),
  ];
  const onlyKept = [...keptLogos].filter((path) => !logos.has(path));
  const plan: BuildPlan = {
    out,
    write: [...compared, others].flatMap(({ write }) => write).toSorted(byAppearance),
    keep: sumOf([
      ...kept.values(),
      ...compared.map(({ keep }) => keep),
      countOf(others.keep),
      { files: onlyKept.length, bytes: onlyKept.reduce((sum, path) => sum + (listing.shared.get(path)?.size ?? 0), 0) },
    ]),
    remove: remove.toSorted(compareText),
    tags: [],
  };
  const unseen = ({ path }: MadeEntry): boolean => !isSeen(path, listing, known);
  return {
    plan,
    news: touched.length + plan.write.length + plan.remove.length > 0 || others.keep.some(unseen),
    state: (written) => ({
      packs: new Map([...kept, ...compared.map((pack) => [pack.name, stateAfter(pack, written)] as const)]),
      shared: new Map([
        ...onlyKept.flatMap((path) => carried(path, known)),
        ...[...others.keep, ...others.write.map(({ entry }) => entry)].flatMap((entry) =>
          seen(entry, written.get(entry.path) ?? listing.shared.get(entry.path)),
        ),
      ]),
    }),
  };
}

/** Whether every file of a pack is as it was when it was seen to be right. */
function isRight(
  { name, document }: OutputPack,
  state: PackState,
  listing: OutputListing,
  known: OutputState,
): boolean {
  return (
    state.document === document &&
    state.digest === listing.packs.get(name)?.digest &&
    state.logos.every((path) => isSeen(path, listing, known))
  );
}

/** Whether a file outside of packs' folders is as it was when it was seen to be right. */
function isSeen(path: string, listing: OutputListing, known: OutputState): boolean {
  const [stamp, before] = [listing.shared.get(path), known.shared.get(path)];
  return stamp !== undefined && before !== undefined && sameStamp(stamp, before.stamp);
}

/** What has to be done for a pack; of the files that are right only what is to be remembered. */
interface ComparedPack {
  readonly name: string;
  readonly document: string;
  readonly logos: readonly MadeEntry[];
  readonly write: readonly PlannedWrite[];
  readonly keep: KeptFiles;
  /** Paths in the pack's folder that it should not have. */
  readonly stale: readonly string[];
  /** Of the files that are right. */
  readonly stamps: OutputFiles;
}

async function comparePack(
  { name, document, entries }: OutputPack,
  out: string,
  listing: OutputListing,
): Promise<ComparedPack> {
  const all = await entries();
  const own = all.filter(({ path }) => path.startsWith('packs/'));
  const logos = all.filter(({ path }) => !path.startsWith('packs/'));
  const found: OutputFiles = listing.packs.has(name) ? packFiles(out, name) : new Map();
  const wanted = new Set(own.map(({ path }) => path));
  const stale = [...found.keys()].filter((path) => !wanted.has(path));
  const { write, keep } = await compareFiles(own, out, found);
  const stamps = new Map(keep.map(({ path }) => [path, found.get(path)]));
  return { name, document, logos, write, keep: countOf(keep), stale, stamps };
}

/** Stamps are those of the moment at which each file was seen to be right: a later one could be another build's. */
function stateAfter(
  { document, logos, stamps, keep, write }: ComparedPack,
  written: ReadonlyMap<string, FileStamp>,
): PackState {
  const entries = write.map(({ entry }) => entry);
  const after = new Map([...stamps, ...entries.map(({ path }) => [path, written.get(path)] as const)]);
  const paths = [...new Set(logos.map(({ path }) => path))];
  return { document, digest: digestOf(after), logos: paths, ...sumOf([keep, countOf(entries)]) };
}

function seen({ path, sha256 }: MadeEntry, stamp: FileStamp | undefined): (readonly [string, FileState])[] {
  return stamp === undefined ? [] : [[path, { sha256, stamp }]];
}

function carried(path: string, known: OutputState): (readonly [string, FileState])[] {
  const state = known.shared.get(path);
  return state === undefined ? [] : [[path, state]];
}

function countOf(entries: readonly MadeEntry[]): KeptFiles {
  return { files: entries.length, bytes: entries.reduce((sum, { size }) => sum + size, 0) };
}

function sumOf(counts: readonly KeptFiles[]): KeptFiles {
  return counts.reduce((sum, { files, bytes }) => ({ files: sum.files + files, bytes: sum.bytes + bytes }), {
    files: 0,
    bytes: 0,
  });
}

/** Nothing appears before what it refers to; what replaces something comes as late as it can. */
function byAppearance(a: PlannedWrite, b: PlannedWrite): number {
  return rank(a) - rank(b) || compareText(a.entry.path, b.entry.path);
}

function rank({ entry: { path, cache }, reason }: PlannedWrite): number {
  if (cache === 'immutable') return reason === 'new' ? 0 : 1;
  return path === INDEX_PATH ? 3 : 2;
}
