import type { Content } from '../model/entry.ts';
import type { Finding } from '../model/finding.ts';
import type { LogoFormat, ReleaseFacts } from '../model/registry.ts';

/** What is known of stored bytes without opening them. */
export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
}

/** A stored archive, and the hash of the tar inside. */
export interface StoredArtifact extends StoredFile {
  readonly contentSha256: string;
}

/** A file of the pack, whose bytes stay in Git. */
export interface PackCopy extends StoredFile {
  /** Git object id. */
  readonly oid: string;
}

/** All files of one picture are stored as one: a file system is slower with many than with large ones. */
export interface StoredLogo extends StoredFile {
  /** SHA-256 of the file that this one is part of. */
  readonly bundle: string;
  /** Where in it this one begins, in bytes. */
  readonly offset: number;
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
    readonly artifact: StoredArtifact;
    /** `pack.json`, `values.yaml`, `README.md`, by name. */
    readonly files: Readonly<Record<string, PackCopy>>;
    readonly logos: readonly StoredLogo[];
  };
}

/** The part of content that is recorded. */
export function stored({ sha256, size }: Content): StoredFile {
  return { sha256, size };
}
