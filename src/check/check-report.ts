import type { Finding } from '../model/finding.ts';

/** A finding together with the pack it is about and what `--fix` makes of it. */
export interface ReportedFinding extends Finding {
  /** Name of the pack; absent for what is about the repository. */
  readonly pack?: string;
  /** Directory of the pack, from the root of the repository. */
  readonly directory?: string;
  readonly fix?: 'safe' | 'unsafe';
}

/** What a check found, for a reporter to put into words. */
export interface CheckReport {
  /** In the order of files and places; paths are from the root of the repository. */
  readonly findings: readonly ReportedFinding[];
  /** How many packs were checked. */
  readonly packs: number;
  /** How many findings a comment suppressed. */
  readonly suppressed: number;
  /** How many findings stand in the baseline. */
  readonly baselined: number;
  /** Entries of the baseline that nothing was found for. */
  readonly stale: readonly { readonly rule: string; readonly file: string }[];
  /** Directories of the packs without findings, where a reporter shall name them. */
  readonly clean?: readonly string[];
}
