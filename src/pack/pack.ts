import type { Finding } from '../model/finding.ts';
import type { ReleaseChart } from '../model/registry.ts';
import type { SourceDocument } from './source-document.ts';

/** One file of a pack, in memory. */
export interface PackFile {
  /** From the pack's directory, with `/`. */
  readonly path: string;
  readonly executable: boolean;
  readonly data: Buffer;
}

/** Files by path, ordered by the UTF-8 bytes of their paths. */
export type PackFiles = ReadonlyMap<string, PackFile>;

/** A pack's directory as it was read: its files, and what could be made of them. */
export interface Pack {
  readonly files: PackFiles;
  /** `pack.json`, parsed but not validated; absent when it is no JSON. */
  readonly manifest?: SourceDocument;
  /** `values.yaml`; absent when it is missing or no YAML. */
  readonly values?: SourceDocument;
  /** The charts that `pack.json` lists and that are there, in its order. */
  readonly charts: readonly ReleaseChart[];
  /** What `pack.content.images` of `values.yaml` lists, in its order, each once. */
  readonly images: readonly string[];
  /** What went wrong while reading; files are relative to the pack. */
  readonly findings: readonly Finding[];
}

export const MANIFEST_FILE = 'pack.json';
export const VALUES_FILE = 'values.yaml';
export const IGNORE_FILE = '.packignore';
