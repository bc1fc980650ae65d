import { replacementHint, statusSentence } from '../status-words.ts';
import { word, type LockProblem } from './lock-problem.ts';
import type { LockedPack } from './packyard-lock.ts';
import type { PinState } from './pin-state.ts';

/** Where a pin was looked up. */
export interface PinPlace {
  /** Of the registry, without credentials. */
  readonly location: string;
  /** As the registry's index says it; undefined where that is not known. */
  readonly registry?: string;
}

/** Why a registry's release cannot be taken for the pinned one; undefined when it can. */
export function pinProblem(
  name: string,
  pin: LockedPack,
  state: PinState,
  { location, registry }: PinPlace,
): LockProblem | undefined {
  const release = `${word(name)} ${word(pin.version)}`;
  const elsewhere = registry !== undefined && registry !== pin.registry;
  switch (state.kind) {
    case 'gone':
      return {
        name,
        kind: 'gone',
        message: `${release}, which packyard.lock pins, is not in the registry at ${word(location)}${elsewhere ? `: that is ${word(registry)}, not ${word(pin.registry)}` : ''}.`,
        hint: `Ask a registry that has it, or choose another release: packyard update ${word(name)}`,
      };
    case 'superseded':
      return {
        name,
        kind: 'superseded',
        message: `${otherContent(release, location, pin, state.release.artifact.contentSha256)} The registry replaced it, and says why: ${word(state.message.trim())}`,
        hint: `If that is a good reason, take the new content: packyard update ${word(name)}`,
      };
    case 'changed':
      return elsewhere
        ? {
            name,
            kind: 'other-registry',
            message: `packyard.lock pins ${release} of the registry ${word(pin.registry)}. ${word(location)} is the registry ${word(registry)}, and has another content under that version.`,
            hint: `If that registry is meant, choose a release of it: packyard update ${word(name)}`,
          }
        : {
            name,
            kind: 'changed',
            message: `${otherContent(release, location, pin, state.release.artifact.contentSha256)} The registry does not say that it replaced it.`,
            hint: `Do not use it, and ask those who publish the registry. If they say that it is right, remove ${word(name)} from packyard.lock and run "packyard lock".`,
          };
    default:
      return undefined;
  }
}

function otherContent(release: string, location: string, pin: LockedPack, found: string): string {
  return `${release} of the registry at ${word(location)} is not what packyard.lock pins: the SHA-256 of its content is ${found}, not ${pin.contentSha256}.`;
}

/** That a pinned release was withdrawn since; undefined when it was not. */
export function withdrawal(name: string, state: PinState): LockProblem | undefined {
  if (state.kind === 'gone') return undefined;
  const { version, status } = state.release;
  if (status === undefined || status.state === 'deprecated') return undefined;
  return {
    name,
    kind: 'withdrawn',
    message: `${statusSentence(name, version, status)} packyard.lock pins it.`,
    hint: `${replacementHint(name, status) ?? 'Choose another release.'} Where packyard.json allows one: packyard update ${word(name)}`,
  };
}

/** That the archive of a release is not the one that was pinned, though its content is; undefined when it is. */
export function recompression(name: string, pin: LockedPack, state: PinState): LockProblem | undefined {
  if (state.kind !== 'recompressed') return undefined;
  const release = `${word(name)} ${word(pin.version)}`;
  return {
    name,
    kind: 'recompressed',
    message: `The archive of ${release} was compressed anew: its SHA-256 is ${state.release.artifact.sha256}, and packyard.lock pins ${pin.sha256}.`,
    hint: `Its content is the same, so it can be unpacked. To pin the new archive: packyard update ${word(name)}`,
  };
}
