import type { Content } from '../model/entry.ts';
import type { Finding, Place } from '../model/finding.ts';
import type { LogoFormat, ReleaseFacts } from '../model/registry.ts';

/** What is known of stored bytes without opening them. */
export interface StoredFile {
  readonly sha256: string;
  readonly size: number;
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
    readonly files: Readonly<Record<string, StoredFile>>;
    readonly logos: readonly StoredLogo[];
    /** Where `pack.json` states the version, for findings about the release. */
    readonly versionPlace: Place;
  };
}

/** Everything that a record refers to. */
export function storedFiles(record: ReleaseRecord): StoredFile[] {
  const { release } = record;
  return release === undefined ? [] : [release.artifact, ...Object.values(release.files), ...release.logos];
}

/** The part of content that is recorded. */
export function stored({ sha256, size }: Content): StoredFile {
  return { sha256, size };
}
