import type { OpenRegistryOptions } from '../open-registry-options.ts';
import type { PackReference } from '../reference.ts';
import type { FileCount, MirrorPlan } from './mirror-plan.ts';

type ReadOptions = Pick<
  OpenRegistryOptions,
  | 'mirrors'
  | 'mirrorHeaders'
  | 'fetch'
  | 'headers'
  | 'userAgent'
  | 'width'
  | 'patience'
  | 'retries'
  | 'loginHint'
  | 'signal'
>;

/** `width` counts files that are fetched at once: 8 unless told. */
export interface MirrorOptions extends ReadOptions {
  /** Only these packs: all releases that each reference means. With `profile`, both. */
  readonly packs?: readonly PackReference[];
  /** Path of a `packyard.json` or a `packyard.lock` that names packs. */
  readonly profile?: string;
  /** At most so many releases of each pack, the best first. */
  readonly latest?: number;
  /** Remove files of a registry that the mirror has no use for. */
  readonly prune?: boolean;
  /** Write `images.txt` beside the registry; true unless told. */
  readonly images?: boolean;
  /** Only plan. */
  readonly dryRun?: boolean;
  /** Look at every file again, and ask for what no hash leads to, whatever the last run found. */
  readonly refresh?: boolean;
  /** Folder for what is known of mirrors from one run to the next: that of the cache unless told. */
  readonly state?: string;
  readonly onEvent?: (event: MirrorEvent) => void;
}

/** What happens while a mirror is made. */
export type MirrorEvent =
  /** So many documents of packs were read. */
  | { readonly kind: 'documents'; readonly done: number; readonly total: number; readonly name: string }
  | { readonly kind: 'planned'; readonly plan: MirrorPlan }
  /** So many bytes of files came, over all; now and then. */
  | { readonly kind: 'received'; readonly bytes: number }
  /** So many files are there. */
  | { readonly kind: 'file'; readonly done: number; readonly total: number; readonly path: string }
  | { readonly kind: 'warning'; readonly warning: MirrorWarning }
  /** The source was published anew meanwhile: everything is looked at again. */
  | { readonly kind: 'restarted' };

export interface MirrorWarning {
  readonly code: 'mirror-failed' | 'registry-older' | 'other-registry' | 'schema-skipped' | 'image-skipped';
  /** A sentence. */
  readonly message: string;
  readonly hint?: string;
}

export interface MirrorResult {
  readonly plan: MirrorPlan;
  /** Whether the folder is now the mirror: false after a dry run. */
  readonly written: boolean;
  /** What was written, all sizes known. */
  readonly wrote: FileCount;
  /** Paths that were removed. */
  readonly removed: readonly string[];
  readonly transferred: { readonly requests: number; readonly bytes: number };
}
