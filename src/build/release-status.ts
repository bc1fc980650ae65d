import type { PackStatus, ReleaseState, ReleaseStatus, StatusEntry } from '../model/status.ts';
import { parseVersion } from '../model/version.ts';
import { matches, parseSelector, type Selector } from '../model/version-selector.ts';

/** What decides the status of a release. */
export interface StatusSubject {
  readonly version: string;
  /** Those of its `pack.json`. */
  readonly annotations: Readonly<Record<string, string>>;
}

/** Annotation by which a pack says its own state. */
const ANNOTATION = 'system_state';

const STATED: ReadonlyMap<string, Exclude<ReleaseState, 'active'>> = new Map([
  ['deprecated', 'deprecated'],
  ['deleted', 'disabled'],
  ['disabled', 'disabled'],
  ['yanked', 'yanked'],
]);

/**
 * The status of a release: what the last entry says that means its version, else what its `pack.json` says with
 * `annotations.system_state`. Undefined for an active one.
 */
export function statusOf(release: StatusSubject, status: PackStatus | undefined): ReleaseStatus | undefined {
  const entry = status === undefined ? undefined : lastEntry(status.entries, release.version);
  if (entry === undefined) return statedStatus(release.annotations);
  const { state, reason = '', at, replacement } = entry;
  if (state === 'active') return undefined;
  return { state, reason, ...(at !== undefined && { at }), ...(replacement !== undefined && { replacement }) };
}

/** The entry that decides about a version: the last one that means it. */
function lastEntry(entries: readonly StatusEntry[], version: string): StatusEntry | undefined {
  const parsed = parseVersion(version);
  const selectors = selectorsOf(entries);
  return entries.findLast((_, index) => {
    const selector = selectors[index];
    return selector !== undefined && matches(selector, parsed);
  });
}

/** Entries are asked about every version of their pack. */
const known = new WeakMap<readonly StatusEntry[], readonly (Selector | undefined)[]>();

function selectorsOf(entries: readonly StatusEntry[]): readonly (Selector | undefined)[] {
  const selectors = known.get(entries) ?? entries.map(({ versions }) => parseSelector(versions));
  known.set(entries, selectors);
  return selectors;
}

/** What a pack says of itself; undefined where that is nothing, or a word without a meaning here. */
function statedStatus(annotations: Readonly<Record<string, string>>): ReleaseStatus | undefined {
  const word: unknown = Object.hasOwn(annotations, ANNOTATION) ? annotations[ANNOTATION] : undefined;
  const state = typeof word === 'string' ? STATED.get(word.trim().toLowerCase()) : undefined;
  if (state === undefined || typeof word !== 'string') return undefined;
  return { state, reason: `The pack says so itself: its annotation ${ANNOTATION} is "${word.trim()}".` };
}
