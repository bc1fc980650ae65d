import type { IndexDocument, PackDocument, ReleaseDocument } from '../../model/documents.ts';
import type { Answer, Host } from './ask-host.ts';
import type { ProbeName, ProbeResult, ProbeState } from './doctor-report.ts';
import type { HostKind } from './host-kind.ts';
import { remedyFor, type Problem } from './remedies.ts';

/** A file of each kind, as the registry has one. */
export interface SampleFile {
  readonly kind: 'index' | 'document' | 'pack index' | 'search' | 'archive' | 'copy' | 'logo';
  readonly path: string;
  readonly cache: 'immutable' | 'revalidate';
  readonly sha256?: string;
  readonly size?: number;
}

/** What probes look at: it was read once for all of them. */
export interface Patient {
  readonly host: Host;
  readonly kind: HostKind;
  readonly index: IndexDocument;
  readonly indexAnswer: Answer;
  readonly packs: readonly SampledPack[];
  /** One of each kind and media type, the index first. */
  readonly files: readonly SampleFile[];
  /** The answer to a plain request for a file of `files`, without its body; asked once. */
  answer(file: SampleFile): Promise<Answer>;
}

export interface SampledPack {
  readonly name: string;
  readonly link: { readonly path: string; readonly sha256: string };
  /** Absent where it could not be read, or is not what its hash says; `problem` says why. */
  readonly document?: PackDocument;
  readonly release?: ReleaseDocument;
  readonly problem?: string;
}

export type Probe = (patient: Patient) => Promise<readonly ProbeResult[]>;

export function result(
  probe: ProbeName,
  state: ProbeState,
  seen: string,
  more: { readonly path?: string; readonly remedy?: string } = {},
): ProbeResult {
  return { probe, state, seen, ...more };
}

/** A result that something is to be done about, on the host that it is. */
export function trouble(
  probe: ProbeName,
  state: 'warning' | 'failure',
  seen: string,
  { problem, kind, path }: { readonly problem: Problem; readonly kind: HostKind; readonly path?: string },
): ProbeResult {
  return { probe, state, seen, ...(path !== undefined && { path }), remedy: remedyFor(problem, kind) };
}

/** A header for a sentence; what a host says can be of any length. */
export function shownHeader(value: string | null): string {
  if (value === null || value === '') return 'none';
  return value.length > 100 ? `${value.slice(0, 99)}…` : value;
}
