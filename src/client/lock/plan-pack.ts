import { PackyardError } from '../../errors.ts';
import type { PackDocument, ReleaseDocument } from '../../model/documents.ts';
import type { ReleaseStatus } from '../../model/status.ts';
import { compareVersions } from '../../model/version.ts';
import { chooseRelease, type ChooseOptions } from '../choose-release.ts';
import type { ClientWarning } from '../registry.ts';
import { isMeant } from './disagreements.ts';
import { lockError } from './lock-problem.ts';
import type { LockedPack } from './packyard-lock.ts';
import { pinProblem, withdrawal } from './pin-problem.ts';
import { pinState } from './pin-state.ts';
import { referenceOf, type WantedPack } from './wanted-packs.ts';

/** A version with what its registry says of it now. */
export interface PlannedVersion {
  readonly version: string;
  readonly registry: string;
  /** Absent where the registry does not say, or does not have the release. */
  readonly publishedAt?: string;
  readonly status?: ReleaseStatus;
}

/** What becomes of the pin of one pack. */
export interface LockChange {
  readonly name: string;
  /**
   * `moved`: to another version, or another registry. `replaced`: to the content that the registry put in the place of
   * the pinned one. `recompressed`: to another archive of the same content. `reworded`: only what is asked for changed.
   */
  readonly kind: 'unchanged' | 'added' | 'removed' | 'moved' | 'replaced' | 'recompressed' | 'reworded';
  readonly from?: PlannedVersion;
  readonly to?: PlannedVersion;
  /** Why the registry replaced the content. */
  readonly reason?: string;
}

export interface PlannedPack {
  readonly pin: LockedPack;
  readonly change: LockChange;
  readonly warnings: readonly ClientWarning[];
}

export interface PlanPackOptions extends Omit<ChooseOptions, 'onWarning'> {
  /** Take the best release there is, though the pinned one fits. */
  readonly move: boolean;
}

/** Of the registry that a pack comes from. */
export interface PackPlace {
  readonly location: string;
  /** As its index says it. */
  readonly registry: string;
}

/**
 * The pin of a pack. One that fits stays, unless it is to move; and it never moves to a lower version for no other reason
 * than that higher ones are too young. Throws what `chooseRelease` throws, and, when the registry does not have what is
 * pinned, `lock-outdated` or `registry-damaged`.
 */
export function planPack(
  wanted: WantedPack,
  pin: LockedPack | undefined,
  document: PackDocument,
  place: PackPlace,
  options: PlanPackOptions,
): PlannedPack {
  const held = pin === undefined ? undefined : heldPin(wanted, pin, document, place, options.move);
  if (pin === undefined || held === undefined) {
    const { release, warnings } = choose(wanted, document, options);
    const next = pinOf(wanted, release, place);
    return { pin: next, change: changeOf(wanted.name, pin, next, document), warnings };
  }
  const chosen = options.move ? chooseInstead(wanted, document, held, options) : undefined;
  if (chosen === undefined) return kept(wanted, pin, held);
  if (chosen.release === held && held.artifact.sha256 === pin.sha256) {
    return { ...kept(wanted, pin, held), warnings: chosen.warnings };
  }
  const next = pinOf(wanted, chosen.release, place);
  return { pin: next, change: changeOf(wanted.name, pin, next, document), warnings: chosen.warnings };
}

/** The pinned release, where it is there, as it was pinned, and meant. Throws where the registry has something else. */
function heldPin(
  { name, selector }: WantedPack,
  pin: LockedPack,
  document: PackDocument,
  place: PackPlace,
  move: boolean,
): ReleaseDocument | undefined {
  const state = pinState(pin, document);
  const problem = pinProblem(name, pin, state, place);
  // Who is asked to move takes what a registry says it replaced; but never what it changed without a word.
  if (problem !== undefined && (problem.kind === 'changed' || (!move && isWanted(selector, pin, document)))) {
    throw lockError([problem]);
  }
  if (state.kind === 'gone' || problem !== undefined) return undefined;
  return isWanted(selector, pin, document) ? state.release : undefined;
}

function isWanted(selector: string, pin: LockedPack, { tags }: PackDocument): boolean {
  return isMeant(selector, pin) || (Object.hasOwn(tags, selector) && tags[selector] === pin.version);
}

interface Chosen {
  readonly release: ReleaseDocument;
  readonly warnings: readonly ClientWarning[];
}

function choose(wanted: WantedPack, document: PackDocument, options: ChooseOptions): Chosen {
  const warnings: ClientWarning[] = [];
  const onWarning = (warning: ClientWarning): void => void warnings.push(warning);
  return { release: chooseRelease(document, referenceOf(wanted), { ...options, onWarning }), warnings };
}

/** What to move to; undefined where the pinned release had better stay. */
function chooseInstead(
  wanted: WantedPack,
  document: PackDocument,
  held: ReleaseDocument,
  options: ChooseOptions,
): Chosen | undefined {
  try {
    const chosen = choose(wanted, document, options);
    const lower = compareVersions(chosen.release.version, held.version) < 0;
    return lower && held.status === undefined ? undefined : chosen;
  } catch (error) {
    // What is pinned already needs not be chosen: it may be too young for that, or withdrawn with nothing in its place.
    if (error instanceof PackyardError && (error.code === 'no-version' || error.code === 'yanked')) return undefined;
    throw error;
  }
}

function kept({ name, selector }: WantedPack, pin: LockedPack, release: ReleaseDocument): PlannedPack {
  const problem = withdrawal(name, { kind: 'same', release });
  const warning: ClientWarning | undefined =
    problem === undefined || release.status === undefined
      ? undefined
      : { code: release.status.state, message: problem.message, hint: problem.hint };
  const version = plannedVersion(pin, release);
  const kind = pin.selector === selector ? 'unchanged' : 'reworded';
  return {
    pin: { ...pin, selector },
    change: { name, kind, from: version, to: version },
    warnings: warning === undefined ? [] : [warning],
  };
}

function pinOf({ selector }: WantedPack, { version, artifact }: ReleaseDocument, { registry }: PackPlace): LockedPack {
  const { sha256, contentSha256, size } = artifact;
  return { selector, registry, version, sha256, contentSha256, size };
}

function changeOf(name: string, from: LockedPack | undefined, to: LockedPack, document: PackDocument): LockChange {
  const next = plannedVersion(to, releaseIn(document, to));
  if (from === undefined) return { name, kind: 'added', to: next };
  const both = { from: plannedVersion(from, releaseIn(document, from)), to: next };
  if (from.version !== to.version) return { name, kind: 'moved', ...both };
  const state = pinState(from, document);
  if (state.kind === 'superseded') return { name, kind: 'replaced', ...both, reason: state.message };
  if (state.kind === 'recompressed') return { name, kind: 'recompressed', ...both };
  const same = state.kind === 'same' && from.registry === to.registry;
  return { name, kind: same ? 'reworded' : 'moved', ...both };
}

function releaseIn({ releases }: PackDocument, pin: LockedPack): ReleaseDocument | undefined {
  return releases.find(({ version }) => version === pin.version);
}

/** A version, with what its registry says of it. */
export function plannedVersion(
  { version, registry }: Pick<LockedPack, 'version' | 'registry'>,
  release: ReleaseDocument | undefined,
): PlannedVersion {
  return {
    version,
    registry,
    ...(release?.publishedAt !== undefined && { publishedAt: release.publishedAt }),
    ...(release?.status !== undefined && { status: release.status }),
  };
}
