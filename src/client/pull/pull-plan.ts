import type { ClientWarning, Registry, RegistryRelease } from '../registry.ts';

/** What will be fetched, and where it lands. */
export interface PullPlan {
  /** Absolute. */
  readonly directory: string;
  /** Whether archives are kept as they are, and not unpacked. */
  readonly archive: boolean;
  /** In the order in which they were first asked for, each release once. */
  readonly packs: readonly PlannedPack[];
  /** What was asked for and cannot be pulled. */
  readonly failures: readonly PullFailure[];
}

export interface PlannedPack extends RegistryRelease {
  readonly registry: Registry;
  /** How it was asked for: several of them may mean one release. */
  readonly references: readonly string[];
  /** Absolute path of the folder, or of the archive. */
  readonly target: string;
  /** Whether something is there already: it is compared, and replaced only on request. */
  readonly exists: boolean;
  /** What was said when the release was chosen. */
  readonly warnings: readonly ClientWarning[];
}

export interface PullFailure {
  readonly references: readonly string[];
  /** A `PackyardError`, except where something failed that nobody foresaw. */
  readonly error: unknown;
}

/** Whether work on a pack ended in a failure. */
export function isFailure(outcome: object): outcome is PullFailure {
  return 'error' in outcome;
}

export interface PulledPack {
  readonly name: string;
  readonly version: string;
  readonly references: readonly string[];
  /** Absolute path of the folder, or of the archive. */
  readonly target: string;
  /** What became of what was there before; `unchanged` where it was the same. */
  readonly outcome: 'created' | 'replaced' | 'unchanged';
  /** Of the archive as it is fetched; its bytes. */
  readonly sha256: string;
  readonly size: number;
  /** Of the uncompressed archive. */
  readonly contentSha256: string;
  readonly warnings: readonly ClientWarning[];
}

export interface PullResult {
  /** Absolute. */
  readonly directory: string;
  readonly archive: boolean;
  /** In the order in which they were first asked for. */
  readonly packs: readonly PulledPack[];
}

/** What happens while packs are pulled. */
export type PullEvent =
  | { readonly kind: 'warning'; readonly warning: ClientWarning }
  | { readonly kind: 'planned'; readonly plan: PullPlan }
  /** Bytes of an archive that are there. */
  | { readonly kind: 'received'; readonly pack: PlannedPack; readonly received: number; readonly total: number }
  | { readonly kind: 'pulled'; readonly pack: PulledPack }
  | { readonly kind: 'failed'; readonly failure: PullFailure };
