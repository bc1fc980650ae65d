import type { PackDocument, ReleaseDocument } from '../../model/documents.ts';
import type { LockedPack } from './packyard-lock.ts';

/**
 * What a registry has under a version that is pinned. The content decides: where only the archive was compressed anew,
 * the release is the same one.
 */
export type PinState =
  | { readonly kind: 'same' | 'recompressed'; readonly release: ReleaseDocument }
  /** The registry has another content, and says since when and why. */
  | { readonly kind: 'superseded'; readonly release: ReleaseDocument; readonly message: string }
  /** The registry has another content, and does not say so. */
  | { readonly kind: 'changed'; readonly release: ReleaseDocument }
  | { readonly kind: 'gone' };

export function pinState(pin: LockedPack, document: PackDocument): PinState {
  const release = document.releases.find(({ version }) => version === pin.version);
  if (release === undefined) return { kind: 'gone' };
  if (release.artifact.contentSha256 === pin.contentSha256) {
    return { kind: release.artifact.sha256 === pin.sha256 ? 'same' : 'recompressed', release };
  }
  const superseded = release.supersedes?.find(({ contentSha256 }) => contentSha256 === pin.contentSha256);
  return superseded === undefined
    ? { kind: 'changed', release }
    : { kind: 'superseded', release, message: superseded.message };
}
