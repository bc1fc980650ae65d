import { compareUtf8 } from '../../model/compare-utf8.ts';

/** A reader refuses a format that it does not know, and ignores fields that it does not know. */
export const LOCK_FORMAT = 'packyard-lock/1';

/** Stands beside `packyard.json`. */
export const LOCK_FILE = 'packyard.lock';

/** `packyard.lock`: one release for each pack that `packyard.json` names. It holds no address: any mirror serves it. */
export interface PackyardLock {
  /** By name of the pack. */
  readonly packs: ReadonlyMap<string, LockedPack>;
}

/** The release that was chosen for a pack. */
export interface LockedPack {
  /** What `packyard.json` asked for when it was chosen. */
  readonly selector: string;
  /** Name of the registry, as its index says it. */
  readonly registry: string;
  readonly version: string;
  /** Of the archive. Its bytes may be compressed anew, so this does not say whether the content is the same. */
  readonly sha256: string;
  /** Of the uncompressed tar: what the release is. */
  readonly contentSha256: string;
  /** Bytes of the archive. */
  readonly size: number;
}

/** The bytes of a lock file: the same for the same pins. Each stands on lines of its own, so that Git merges them. */
export function lockText({ packs }: PackyardLock): string {
  // Not made as one object: in those, keys that are numbers go before all others.
  const members = [...packs]
    .toSorted(([a], [b]) => compareUtf8(a, b))
    .map(([name, pin]) => `    ${JSON.stringify(name)}: ${pinText(pin)}`);
  const inner = members.length === 0 ? '' : `\n${members.join(',\n')}\n  `;
  return `{\n  "format": ${JSON.stringify(LOCK_FORMAT)},\n  "packs": {${inner}}\n}\n`;
}

function pinText({ selector, registry, version, sha256, contentSha256, size }: LockedPack): string {
  const json = JSON.stringify({ selector, registry, version, sha256, contentSha256, size }, null, 2);
  return json.replaceAll('\n', '\n    ');
}
