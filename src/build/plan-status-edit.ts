import { createTwoFilesPatch } from 'diff';

import type { Finding } from '../model/finding.ts';
import { LIMITS } from '../model/limits.ts';
import { statusFile, type PackStatus, type ReleaseState, type StatusEntry } from '../model/status.ts';
import { compareVersions, parseVersion } from '../model/version.ts';
import { matches, parseSelector } from '../model/version-selector.ts';
import { findingOf } from '../pack/finding-of.ts';
import type { KnownReleases } from './known-releases.ts';
import { statusHash } from './load-statuses.ts';
import { parseStatus, statusDocument } from './parse-status.ts';
import { statusOf, type StatusSubject } from './release-status.ts';
import { StatusError } from './status-error.ts';
import { completed, statusProblems, type PackStates } from './status-findings.ts';
import { newStatusText, withEntryAppended, withEntryReplaced } from './status-text.ts';

/** What an edit of `status/<name>.yaml` does, or would do. */
export interface StatusEdit {
  /** From the root of the repository. */
  readonly file: string;
  readonly change: 'created' | 'added' | 'replaced' | 'unchanged';
  /** As it then stands in the file. */
  readonly entry: StatusEntry;
  /** Versions of the work tree that the entry means, highest first. */
  readonly versions: readonly VersionChange[];
  /** The whole file. */
  readonly text: string;
  /** What changes in the file, as a unified diff; empty where nothing does. */
  readonly diff: string;
}

export interface VersionChange {
  readonly version: string;
  readonly before: ReleaseState;
  readonly after: ReleaseState;
}

export interface StatusEditRequest {
  readonly name: string;
  /** What it does not say is taken from an entry for the same versions. */
  readonly asked: StatusEntry;
  /** The file as it is; undefined where there is none. */
  readonly before: Buffer | undefined;
  readonly releases: KnownReleases;
  /** Of all packs. */
  readonly statuses: ReadonlyMap<string, PackStatus>;
  readonly today: string;
  /** Whether it does not matter which releases there are. */
  readonly force: boolean;
}

/** Computes what an edit does. Rejects with `status-invalid`. */
export async function planStatusEdit(request: StatusEditRequest): Promise<StatusEdit> {
  const { name, asked, before, releases } = request;
  const file = statusFile(name);
  const parsed = before === undefined ? { entries: [], findings: [] } : await parseStatus(file, before);
  if (parsed.entries === undefined) {
    throw new StatusError(`${file} is not in order.`, 'Mend it first; nothing was changed.', parsed.findings);
  }
  const { entries } = parsed;
  const selector = parseSelector(asked.versions);
  const meant = (releases.get(name) ?? [])
    .filter(({ version }) => selector !== undefined && matches(selector, version))
    .toSorted((a, b) => compareVersions(b.version, a.version));
  const index = lastInForce(entries, asked.versions, meant);
  const entry = completedEntry(request, entries[index]);
  const written = await writtenEntry(file, before, entries, { index, entry });
  const versions = meant.map((release) => ({
    version: release.version,
    before: stateOf(release, statusOfEntries(name, entries)),
    after: stateOf(release, statusOfEntries(name, written.entries)),
  }));
  if (!request.force) {
    refuseProblems(request, written);
    refuseLifting(file, versions);
  }
  return {
    file,
    change: written.change,
    entry,
    versions,
    text: written.text,
    diff: written.change === 'unchanged' ? '' : diffOf(file, before?.toString('utf8'), written.text),
  };
}

/** Who says that something else should be used does not mean that what must not be used may be used again. */
function refuseLifting(file: string, versions: readonly VersionChange[]): void {
  const lifted = versions.find(
    ({ before, after }) => after === 'deprecated' && ['disabled', 'yanked'].includes(before),
  );
  if (lifted === undefined) return;
  throw new StatusError(
    `${file} says that ${lifted.version} is ${lifted.before}; this would make it deprecated only.`,
    'Leave it out of the versions, or add --force; nothing was changed.',
    [],
  );
}

/** The last entry for the very same versions, unless a later one says something about any of them; -1 for none. */
function lastInForce(entries: readonly StatusEntry[], versions: string, meant: readonly StatusSubject[]): number {
  const index = entries.findLastIndex((entry) => entry.versions === versions);
  const later = entries.slice(index + 1).map((entry) => parseSelector(entry.versions));
  const parsed = meant.map(({ version }) => parseVersion(version));
  const isOverridden =
    later.length > 0 &&
    (parsed.length === 0 ||
      later.some((selector) => selector !== undefined && parsed.some((version) => matches(selector, version))));
  return isOverridden ? -1 : index;
}

/** An entry that says the same as before keeps its date. */
function completedEntry({ asked, today }: StatusEditRequest, known: StatusEntry | undefined): StatusEntry {
  const { versions, state, reason } = asked;
  const replacement = asked.replacement ?? (state === 'active' ? undefined : known?.replacement);
  const isSaid =
    known !== undefined && known.state === state && known.reason === reason && known.replacement === replacement;
  const at = asked.at ?? (isSaid ? known.at : today);
  return {
    versions,
    state,
    ...(reason !== undefined && { reason }),
    ...(at !== undefined && { at }),
    ...(replacement !== undefined && { replacement }),
  };
}

interface WrittenEntry {
  readonly change: StatusEdit['change'];
  readonly text: string;
  readonly entries: readonly StatusEntry[];
  /** Of the entry among the entries. */
  readonly index: number;
}

/** In place where that is possible, else behind all others; parsed again to see that it came out as it was meant. */
async function writtenEntry(
  file: string,
  before: Buffer | undefined,
  entries: readonly StatusEntry[],
  { index, entry }: { readonly index: number; readonly entry: StatusEntry },
): Promise<WrittenEntry> {
  const text = before?.toString('utf8') ?? '';
  const document = before === undefined ? undefined : statusDocument(file, before);
  const known = entries[index];
  if (known !== undefined && isSame([known], [entry])) return { change: 'unchanged', text, entries, index };
  if (known !== undefined && document !== undefined && !('rule' in document)) {
    const replaced = withEntryReplaced(text, document, index, known, entry);
    const wanted = entries.with(index, entry);
    if ((await problemsOf(file, replaced, wanted)) === undefined) {
      return { change: 'replaced', text: replaced, entries: wanted, index };
    }
  }
  const added =
    document === undefined || 'rule' in document ? newStatusText(entry) : withEntryAppended(text, document, entry);
  const wanted = [...entries, entry];
  const findings = await problemsOf(file, added, wanted);
  if (findings !== undefined) throw cannotBeWritten(file, findings);
  return { change: before === undefined ? 'created' : 'added', text: added, entries: wanted, index: entries.length };
}

/** Undefined where a text says what is wanted; else what is wrong with it, as far as that can be said. */
async function problemsOf(
  file: string,
  text: string,
  wanted: readonly StatusEntry[],
): Promise<readonly Finding[] | undefined> {
  const [data, limit] = [Buffer.from(text), LIMITS.statusBytes];
  if (data.length > limit) return [findingOf('status/too-large', file, { size: data.length, limit })];
  const { entries, findings } = await parseStatus(file, data);
  // Where the form is broken, it was broken by the entry: a line of a text that nobody has is no help.
  if (entries === undefined) return findings.filter(({ rule }) => rule !== 'status/invalid-yaml');
  return isSame(entries, wanted) ? undefined : [];
}

function isSame(entries: readonly StatusEntry[], others: readonly StatusEntry[]): boolean {
  return statusHash(entries) === statusHash(others);
}

function cannotBeWritten(file: string, findings: readonly Finding[]): StatusError {
  return new StatusError(
    `${file} would not be in order with this entry.`,
    findings.length === 0
      ? 'Write "releases" as a list with a dash in front of each entry, on lines of its own; nothing was changed.'
      : 'Say something else, or edit the file by hand; nothing was changed.',
    findings,
  );
}

function refuseProblems({ name, releases, statuses }: StatusEditRequest, { entries, index, text }: WrittenEntry): void {
  const file = statusFile(name);
  const status = statusOfEntries(name, entries);
  const packs = new Map(
    Array.from(releases, ([each, versions]): [string, PackStates] => [
      each,
      lazyStates(each, versions, each === name ? status : statuses.get(each)),
    ]),
  );
  const document = statusDocument(file, Buffer.from(text));
  const findings = [...statusProblems(status, packs)]
    .filter(({ path }) => path === undefined || path[1] === index)
    .map((problem) => completed(problem, 'rule' in document ? undefined : document));
  if (findings.length === 0) return;
  throw new StatusError(
    `${file} would not be in order with this entry.`,
    'Say something else, or --force it where the history or the published registry has the release; nothing was changed.',
    findings,
  );
}

/** The states of one pack in ten thousand are asked for. */
function lazyStates(name: string, releases: readonly StatusSubject[], status: PackStatus | undefined): PackStates {
  return {
    name,
    get versions() {
      return releases.map((release) => ({ version: release.version, state: stateOf(release, status) }));
    },
  };
}

function statusOfEntries(name: string, entries: readonly StatusEntry[]): PackStatus {
  return { name, entries, hash: statusHash(entries) };
}

function stateOf(release: StatusSubject, status: PackStatus | undefined): ReleaseState {
  return statusOf(release, status)?.state ?? 'active';
}

function diffOf(file: string, before: string | undefined, after: string): string {
  const from = before === undefined ? '/dev/null' : `a/${file}`;
  return createTwoFilesPatch(from, `b/${file}`, before ?? '', after).replace(/^=+\n/u, '');
}
