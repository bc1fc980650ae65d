import { oneLine } from '../../check/one-line.ts';
import { shortened } from '../../check/shortened.ts';
import { PackyardError, type ErrorCode } from '../../errors.ts';

export type LockProblemKind =
  /** `packyard.json` names a pack that is not locked. */
  | 'unlocked'
  /** A pack is locked that `packyard.json` does not name. */
  | 'unwanted'
  /** `packyard.json` asks for other versions than when the release was chosen. */
  | 'other-versions'
  /** The registry does not have the release. */
  | 'gone'
  /** Another registry is asked than the one that the release was chosen from, and it has another content. */
  | 'other-registry'
  /** The release is yanked or disabled. */
  | 'withdrawn'
  /** The registry put another content in the place of the pinned one, and says so. */
  | 'superseded'
  /** The registry has another content than the pinned one, and does not say so. */
  | 'changed'
  /** The archive was compressed anew, where the archive itself is wanted. */
  | 'recompressed';

/** Why a pin of `packyard.lock` cannot be used as it is. */
export interface LockProblem {
  readonly name: string;
  readonly kind: LockProblemKind;
  /** A sentence that is safe to print. */
  readonly message: string;
  readonly hint: string;
}

const CODES: Readonly<Record<LockProblemKind, ErrorCode>> = {
  unlocked: 'lock-outdated',
  unwanted: 'lock-outdated',
  'other-versions': 'lock-outdated',
  gone: 'lock-outdated',
  'other-registry': 'lock-outdated',
  withdrawn: 'yanked',
  superseded: 'registry-damaged',
  changed: 'registry-damaged',
  recompressed: 'lock-outdated',
};

/** Failures that are true of one pack, and no reason to tell nothing of the others. */
export const OF_ONE_PACK: ReadonlySet<ErrorCode> = new Set([
  'unknown-pack',
  'no-version',
  'yanked',
  'lock-outdated',
  'registry-damaged',
]);

/** Whether a release was found not to be what was pinned. */
export function isIntegrityProblem({ kind }: LockProblem): boolean {
  return CODES[kind] === 'registry-damaged';
}

/** Problems that a message names. */
const SHOWN = 10;

/** One error for some problems, of which there must be one: the worst says what it is. */
export function lockError(problems: readonly LockProblem[]): PackyardError {
  const [worst, ...others] = problems.toSorted(
    (a, b) => Number(isIntegrityProblem(b)) - Number(isIntegrityProblem(a)),
  ) as [LockProblem, ...LockProblem[]];
  const more = others.length >= SHOWN ? [`And ${others.length - SHOWN + 1} more.`] : [];
  const messages = [worst, ...others].slice(0, SHOWN).map(({ message }) => message);
  return new PackyardError({
    code: CODES[worst.kind],
    message: [...messages, ...more].join('\n'),
    hint: worst.hint,
  });
}

/** A word of a registry or a lock in a message. */
export function word(text: string): string {
  return oneLine(shortened(text));
}
