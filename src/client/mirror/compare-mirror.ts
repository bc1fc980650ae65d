import { createHash } from 'node:crypto';
import { createReadStream, lstatSync } from 'node:fs';
import { join } from 'node:path';

import { systemCode } from '../../errors.ts';
import { compareText } from '../../model/compare-text.ts';
import { inParallel } from '../../model/in-parallel.ts';
import {
  digestOf,
  packFiles,
  sameStamp,
  type FileStamp,
  type OutputFiles,
  type OutputListing,
} from '../../remote/output-files.ts';
import { filesOfPack, type MirrorFile, type MirrorPack } from './mirror-file.ts';
import type { FileCount, PlannedFile } from './mirror-plan.ts';
import { countFiles } from './mirror-plan.ts';
import type { FileState, MirrorState, PackState } from './mirror-state.ts';

/** What a folder lacks of a mirror, and has besides. */
export interface ComparedMirror {
  readonly write: readonly PlannedFile[];
  readonly keep: FileCount;
  /** Paths of a registry's own files that no mirror of this should have, in order. */
  readonly stale: readonly string[];
  /** What the folder is once everything was written, by the stamps of that, and the paths that were `removed`. */
  stateAfter(
    written: ReadonlyMap<string, FileStamp>,
    removed: ReadonlySet<string>,
  ): Pick<MirrorState, 'packs' | 'shared'>;
}

/** Files that are read at once. */
const WIDTH = 8;

type Known = Pick<MirrorState, 'packs' | 'shared'>;

/** Compares a folder with what is wanted in it. Packs that are as the last run left them are not looked into. */
export async function compareMirror(
  wanted: { readonly packs: readonly MirrorPack[]; readonly shared: readonly MirrorFile[] },
  destination: string,
  listing: OutputListing,
  known: Known = { packs: new Map(), shared: new Map() },
): Promise<ComparedMirror> {
  const packs = await inParallel(wanted.packs, WIDTH, (pack) => comparePack(pack, destination, listing, known));
  const shared = await compareFiles(wanted.shared, destination, listing.shared, known.shared);
  const names = new Set(wanted.packs.map(({ name }) => name));
  const paths = new Set(wanted.shared.map(({ path }) => path));
  const stale = [
    ...packs.flatMap((pack) => pack.stale),
    ...[...listing.packs.keys()]
      .filter((name) => !names.has(name))
      .flatMap((name) => [...packFiles(destination, name).keys()]),
    ...staleIn(listing.shared, paths, destination),
  ];
  const keeps = [...packs, { keep: countFiles(shared.keep) }].map(({ keep }) => keep);
  return {
    write: [...packs.flatMap(({ write }) => write), ...shared.write],
    keep: {
      files: keeps.reduce((sum, { files }) => sum + files, 0),
      bytes: keeps.reduce((sum, { bytes }) => sum + bytes, 0),
    },
    stale: stale.toSorted(compareText),
    stateAfter: (written, removed) => ({
      packs: new Map(packs.map((pack) => [pack.name, pack.stateAfter(written, removed)])),
      shared: new Map(
        wanted.shared.flatMap(({ path, sha256 }): [string, FileState][] => {
          const stamp = written.get(path) ?? listing.shared.get(path);
          return stamp === undefined ? [] : [[path, { sha256, stamp }]];
        }),
      ),
    }),
  };
}

interface ComparedPack {
  readonly name: string;
  readonly write: readonly PlannedFile[];
  readonly keep: FileCount;
  readonly stale: readonly string[];
  stateAfter(written: ReadonlyMap<string, FileStamp>, removed: ReadonlySet<string>): PackState;
}

async function comparePack(
  pack: MirrorPack,
  destination: string,
  listing: OutputListing,
  known: Known,
): Promise<ComparedPack> {
  const { name, sha256 } = pack;
  const wanted = filesOfPack(pack);
  const before = known.packs.get(name);
  const found: OutputFiles = listing.packs.has(name) ? packFiles(destination, name) : new Map();
  const paths = new Set(wanted.map(({ path }) => path));
  const stale = staleIn(found, paths, destination);
  const trusted = before?.document === sha256 && before.digest === digestOf(found);
  const { write, keep } = trusted ? { write: [], keep: wanted } : await compareFiles(wanted, destination, found);
  return {
    name,
    write,
    keep: countFiles(keep),
    stale,
    stateAfter(written, removed) {
      const kept = [...found].filter(([path]) => !removed.has(path));
      const own = wanted.flatMap(({ path }): [string, FileStamp][] => {
        const stamp = written.get(path);
        return stamp === undefined ? [] : [[path, stamp]];
      });
      return { document: sha256, digest: digestOf(new Map([...kept, ...own])) };
    },
  };
}

/** Paths that are not wanted. An empty folder that a killed run made for what is wanted is not in anybody's way. */
function staleIn(found: OutputFiles, wanted: ReadonlySet<string>, destination: string): string[] {
  return [...found]
    .filter(([path]) => !wanted.has(path))
    .filter(([path, stamp]) => stamp !== undefined || !isFolderFor(wanted, path, destination))
    .map(([path]) => path);
}

function isFolderFor(wanted: ReadonlySet<string>, path: string, destination: string): boolean {
  if (![...wanted].some((each) => each.startsWith(`${path}/`))) return false;
  return lstatSync(join(destination, path), { throwIfNoEntry: false })?.isDirectory() === true;
}

interface ComparedFiles {
  readonly write: readonly PlannedFile[];
  readonly keep: readonly MirrorFile[];
}

async function compareFiles(
  files: readonly MirrorFile[],
  destination: string,
  found: OutputFiles,
  known: ReadonlyMap<string, FileState> = new Map(),
): Promise<ComparedFiles> {
  const states = await inParallel(files, WIDTH, (file) => stateOf(file, destination, found, known));
  const write: PlannedFile[] = [];
  const keep: MirrorFile[] = [];
  for (const [index, file] of files.entries()) {
    const reason = states[index];
    if (reason === 'new' || reason === 'changed') write.push({ file, reason });
    else keep.push(file.size === undefined ? { ...file, size: found.get(file.path)?.size ?? 0 } : file);
  }
  return { write, keep };
}

async function stateOf(
  { path, size, sha256 }: MirrorFile,
  destination: string,
  found: OutputFiles,
  known: ReadonlyMap<string, FileState>,
): Promise<PlannedFile['reason'] | 'same'> {
  if (!found.has(path)) return 'new';
  const stamp = found.get(path);
  if (stamp === undefined || (size !== undefined && stamp.size !== size)) return 'changed';
  const before = known.get(path);
  const hash =
    before !== undefined && sameStamp(stamp, before.stamp) ? before.sha256 : await hashOf(join(destination, path));
  return hash === sha256 ? 'same' : 'changed';
}

/** What may not be read is written anew. */
async function hashOf(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return undefined;
  }
  return hash.digest('hex');
}
