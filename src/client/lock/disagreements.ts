import { matches, parseSelector } from '../../model/version-selector.ts';
import { word, type LockProblem } from './lock-problem.ts';
import type { LockedPack, PackyardLock } from './packyard-lock.ts';
import type { WantedPack } from './wanted-packs.ts';

const LOCK_IT = 'Run "packyard lock".';

/** Where `packyard.json` and a lock disagree, which can be seen without any registry. */
export function disagreements(wanted: readonly WantedPack[], { packs }: PackyardLock): readonly LockProblem[] {
  const names = new Set(wanted.map(({ name }) => name));
  const unwanted = [...packs.keys()].filter((name) => !names.has(name));
  return [
    ...wanted.flatMap((pack) => disagreement(pack, packs.get(pack.name)) ?? []),
    ...unwanted.map((name) => ({
      name,
      kind: 'unwanted' as const,
      message: `packyard.lock has the pack ${word(name)}, which packyard.json does not name.`,
      hint: LOCK_IT,
    })),
  ];
}

/** Where what a project wants of a pack and its pin disagree. */
export function disagreement({ name, selector }: WantedPack, pin: LockedPack | undefined): LockProblem | undefined {
  if (pin === undefined) {
    const message = `packyard.lock has no release of ${word(name)}, which packyard.json names.`;
    return { name, kind: 'unlocked', message, hint: LOCK_IT };
  }
  const locked = `packyard.lock has ${word(name)} ${word(pin.version)}`;
  if (pin.selector !== selector) {
    const message = `${locked}, chosen for "${word(pin.selector)}", but packyard.json asks for "${word(selector)}".`;
    return { name, kind: 'other-versions', message, hint: LOCK_IT };
  }
  if (isMeant(selector, pin)) return undefined;
  return {
    name,
    kind: 'other-versions',
    message: `${locked}, which "${word(selector)}" does not mean.`,
    hint: LOCK_IT,
  };
}

/** Whether a pin is one that a selector means. What a tag names can change, so it counts for who asked for it before. */
export function isMeant(selector: string, pin: LockedPack): boolean {
  const parsed = parseSelector(selector);
  return parsed === undefined ? pin.selector === selector : matches(parsed, pin.version);
}
