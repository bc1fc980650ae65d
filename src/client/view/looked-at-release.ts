import { compareVersions } from '../../model/version.ts';
import type { ReleaseDocument } from '../../model/documents.ts';
import type { PackReference } from '../reference.ts';
import { chooseRelease } from '../choose-release.ts';
import type { PackDocument } from '../../model/documents.ts';

/**
 * The release that somebody wants to look at: also one that is disabled or yanked, where it is named exactly, or where a
 * pack has no other. Throws `no-version`.
 */
export function lookedAtRelease(document: PackDocument, reference: PackReference): ReleaseDocument {
  const { selector = 'latest', tag = 'latest', sha256 } = reference;
  const named = selector !== 'latest' || tag !== 'latest' || sha256 !== undefined;
  if (named) return chooseRelease(document, reference, { allowYanked: true });
  const latest = Object.hasOwn(document.tags, 'latest') ? document.tags['latest'] : undefined;
  const highest = document.releases.toSorted((a, b) => compareVersions(b.version, a.version));
  return document.releases.find(({ version }) => version === latest) ?? (highest[0] as ReleaseDocument);
}
