import type { Cache } from './cache.ts';
import type { FileStamp } from '../remote/output-files.ts';

/** What the last build left in an output directory, so that the next one need not read it all again. */
export interface OutputState {
  readonly packs: ReadonlyMap<string, PackState>;
  readonly shared: ReadonlyMap<string, FileState>;
}

/** A pack's folder as it was when every file of it was seen to be right. */
export interface PackState {
  /** SHA-256 of the pack's document. */
  readonly document: string;
  /** Of the folder. */
  readonly digest: string;
  readonly files: number;
  readonly bytes: number;
  /** Paths of its logos, which lie elsewhere. */
  readonly logos: readonly string[];
}

export interface FileState {
  readonly sha256: string;
  readonly stamp: FileStamp;
}

const NOTHING: OutputState = { packs: new Map(), shared: new Map() };

interface StoredState {
  readonly packs: readonly (readonly [string, PackState])[];
  readonly shared: readonly (readonly [string, FileState])[];
}

export async function loadOutputState(cache: Cache, out: string): Promise<OutputState> {
  const record = (await cache.record('outputs', stateKey(out))) as StoredState | undefined;
  return record === undefined ? NOTHING : { packs: new Map(record.packs), shared: new Map(record.shared) };
}

export async function recordOutput(cache: Cache, out: string, { packs, shared }: OutputState): Promise<void> {
  const stored: StoredState = { packs: [...packs], shared: [...shared] };
  await cache.putRecord('outputs', stateKey(out), stored);
}

function stateKey(out: string): string {
  return `output 2 ${out}`;
}
