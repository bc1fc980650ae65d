/** What a release may be; everything but `active` has a reason and a date. */
export const RELEASE_STATES = ['active', 'deprecated', 'disabled', 'yanked'] as const;

export type ReleaseState = (typeof RELEASE_STATES)[number];

/** What is said of a release after it was published, outside of it, because its content never changes. */
export interface ReleaseStatus {
  readonly state: Exclude<ReleaseState, 'active'>;
  readonly reason: string;
  /** A day: `2026-05-01`. Absent where the pack itself says its state, which has no date. */
  readonly at?: string;
  /** A version of the same pack, or `name@version` of another one. */
  readonly replacement?: string;
}

/** The folder of what is said about releases, at the root of the repository. */
export const STATUS_FOLDER = 'status';

/** The file of a pack in it, from the root of the repository. */
export function statusFile(name: string): string {
  return `${STATUS_FOLDER}/${name}.yaml`;
}

/** `status/<name>.yaml` as it is written. */
export interface StatusFile {
  readonly releases: readonly StatusEntry[];
}

/** What is said about some versions of a pack. */
export interface StatusEntry {
  /** A selector, see `version-selector.ts`. */
  readonly versions: string;
  /** `active` lifts what an earlier entry or the pack itself says. */
  readonly state: ReleaseState;
  /** Absent only where the state is `active`. */
  readonly reason?: string;
  /** A day: `2026-05-01`. Absent only where the state is `active`. */
  readonly at?: string;
  readonly replacement?: string;
}

/** Everything that is said about one pack. */
export interface PackStatus {
  readonly name: string;
  /** Where several mean a version, the last one counts. Never empty. */
  readonly entries: readonly StatusEntry[];
  /** SHA-256 of what the entries mean: the same for two files that differ in comments or form only. */
  readonly hash: string;
}

/** A version with its state. */
export interface VersionState {
  readonly version: string;
  readonly state: ReleaseState;
}

/** What a replacement names: a version of a pack. */
export interface Replacement {
  readonly name: string;
  readonly version: string;
}

/** Reads the replacement that a pack's entry names: `1.3.1`, or `other-pack@1.0.0`. */
export function replacementOf(name: string, replacement: string): Replacement {
  const at = replacement.indexOf('@');
  return at === -1
    ? { name, version: replacement }
    : { name: replacement.slice(0, at), version: replacement.slice(at + 1) };
}
