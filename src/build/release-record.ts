import type { Content } from '../model/entry.ts';
import type { Finding, Place } from '../model/finding.ts';
import type { LogoFormat, ReleaseFacts } from '../model/registry.ts';

/** What is known of stored bytes without opening them. */
export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
}

/** A file of the pack, whose bytes stay in Git. */
export interface PackCopy extends StoredFile {
  /** Git object id. */
  readonly oid: string;
}

export interface StoredLogo extends StoredFile {
  /** Side length that was asked for, in pixels. */
  readonly pixels: number;
  readonly format: LogoFormat;
}

/**
 * All that building one pack directory gives, as the cache keeps it under the directory's tree id: nothing in it depends
 * on where the directory lies or when it came there.
 */
export interface ReleaseRecord {
  /** Files are relative to the pack. */
  readonly findings: readonly Finding[];
  /** Absent when a finding is an error. */
  readonly release?: {
    readonly facts: ReleaseFacts;
    readonly artifact: StoredFile & { readonly contentSha256: string };
    /** `pack.json`, `values.yaml`, `README.md`, by name. */
    readonly files: Readonly<Record<string, PackCopy>>;
    readonly logos: readonly StoredLogo[];
    /** Where `pack.json` states the version, for findings about the release. */
    readonly versionPlace: Place;
  };
}

/** What a record refers to in the cache. */
export function storedFiles(record: ReleaseRecord): StoredFile[] {
  const { release } = record;
  return release === undefined ? [] : [release.artifact, ...release.logos];
}

/** The part of content that is recorded. */
export function stored({ sha256, size }: Content): StoredFile {
  return { sha256, size };
}
