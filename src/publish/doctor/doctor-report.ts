import type { HostKind } from './host-kind.ts';

/** What is looked at, in the order in which it is reported. */
export const PROBES = [
  'registry',
  'tls',
  'redirects',
  'media-types',
  'caching',
  'validators',
  'range',
  'compression',
  'head',
  'cors',
  'missing-files',
  'case',
  'freshness',
  'staleness',
  'integrity',
  'security-headers',
] as const;

export type ProbeName = (typeof PROBES)[number];

/** `skipped` says why a thing could not be looked at; it is neither good nor bad. */
export type ProbeState = 'pass' | 'warning' | 'failure' | 'skipped';

/** One thing that was looked at. */
export interface ProbeResult {
  readonly probe: ProbeName;
  readonly state: ProbeState;
  /** What was seen, in a sentence without its full stop. */
  readonly seen: string;
  /** Path of the file that it is about, where it is about one. */
  readonly path?: string;
  /** What to do on this host. */
  readonly remedy?: string;
}

/** What a live host does with a registry. */
export interface DoctorReport {
  /** Of the registry; holds no credentials. */
  readonly location: string;
  readonly host: HostKind;
  /** Absent where there is no registry. */
  readonly serial?: number;
  readonly commit?: string;
  readonly packs?: number;
  /** Names of the packs of which documents and archives were read. */
  readonly sampled: readonly string[];
  readonly results: readonly ProbeResult[];
  /** Requests that were sent. */
  readonly requests: number;
  /** True when nothing failed. */
  readonly ok: boolean;
}
