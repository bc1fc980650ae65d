import type { Fetch } from '../remote/http-answer.ts';
import type { PublishPlan } from './publish-plan.ts';
import type { Store } from './store.ts';

export interface PlaceOptions {
  /** Where to; the caller closes it. */
  readonly store: Store;
  /** Only plan. */
  readonly dryRun?: boolean;
  /** Most bytes of everything that is there; what the store says unless told. */
  readonly limit?: number;
  /** Address under which readers find the place; then everything new is asked for afterwards. */
  readonly url?: string;
  /** Milliseconds for which the host may be behind; 60,000 unless told. */
  readonly patience?: number;
  readonly fetch?: Fetch;
  /** Files that are sent at once; 8 unless told. */
  readonly width?: number;
  /** How often it is planned anew at most, where others publish meanwhile; 60 unless told. */
  readonly attempts?: number;
  /** Milliseconds since 1970; the clock unless told. */
  readonly now?: () => number;
  readonly signal?: AbortSignal;
  readonly onEvent?: (event: PublishEvent) => void;
}

export interface PublishOptions extends PlaceOptions {
  /** The folder that `packyard build` made. */
  readonly from: string;
  /** Remove what nothing refers to, and what was live at no time of so many milliseconds. */
  readonly prune?: { readonly keep: number };
}

export interface RollbackOptions extends PlaceOptions {
  /** `228`, or with the beginning of the SHA-256 of its index: `228-3f2a`. */
  readonly serial: string;
}

/** What happens while a registry is published. */
export type PublishEvent =
  | { readonly kind: 'planned'; readonly plan: PublishPlan }
  | {
      readonly kind: 'uploaded';
      readonly done: number;
      readonly total: number;
      readonly bytes: number;
      readonly totalBytes: number;
      readonly path: string;
    }
  /** Somebody else was faster: it is planned anew. `serial` is what is live now. */
  | { readonly kind: 'conflict'; readonly attempt: number; readonly serial: number | undefined }
  | { readonly kind: 'probed'; readonly done: number; readonly total: number; readonly path: string }
  | { readonly kind: 'warning'; readonly warning: PublishWarning };

export interface PublishWarning {
  readonly code: 'dirty' | 'releases-lost' | 'unconditional' | 'other-serial' | 'removal-postponed' | 'host-behind';
  /** A sentence. */
  readonly message: string;
  readonly hint?: string;
}

/**
 * `published`: readers get this registry; `unchanged`: they did already; `older`: a higher serial is live, and stays;
 * `planned`: nothing was done.
 */
export type PublishOutcome = 'published' | 'unchanged' | 'older' | 'planned';

export interface PublishResult {
  readonly outcome: PublishOutcome;
  readonly plan: PublishPlan;
  /** Serial of what was live before, for going back. */
  readonly before: number | undefined;
  /** How often it was planned anew. */
  readonly conflicts: number;
  readonly uploaded: { readonly files: number; readonly bytes: number };
  readonly removed: readonly string[];
  readonly traffic: { readonly requests: number; readonly bytesSent: number };
  /** Absent where no address is known. */
  readonly probe?: ProbeResult;
}

export interface ProbeResult {
  readonly url: string;
  /** Whether the host gives everything, or is only behind. */
  readonly ok: boolean;
  /** `live` where the host gives the index that was published; `behind` where it still gives another one. */
  readonly index: 'live' | 'behind' | 'missing' | 'other';
  readonly links: number;
  readonly problems: readonly ProbeProblem[];
}

export interface ProbeProblem {
  readonly address: string;
  /** What follows the address in a sentence, without a full stop. */
  readonly message: string;
}
