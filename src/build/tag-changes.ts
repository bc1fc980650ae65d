import type { PackDocument } from '../model/documents.ts';
import type { ReleaseStatus } from '../model/status.ts';
import { compareTags } from '../model/tags.ts';
import { compareVersions, isPrerelease, parseVersion } from '../model/version.ts';

/** A tag that names a lower version than before, or none any more. */
export interface TagChange {
  readonly pack: string;
  readonly tag: string;
  readonly from: string;
  /** Absent where the tag is gone. */
  readonly to?: string;
  /**
   * What became of the version it named: no longer in the registry (`removed`), a state other than active, now a
   * prerelease beside releases (`prerelease`), in another group (`group`), or nothing that shows (`lower`).
   */
  readonly reason: 'removed' | ReleaseStatus['state'] | 'prerelease' | 'group' | 'lower';
}

/** What of a pack's document tags are about. */
export type TaggedPack = Pick<PackDocument, 'name' | 'tags' | 'releases'>;

/** The tags of a pack that go back from one registry to the next, `latest` first; all of them where the pack is gone. */
export function tagChanges(before: TaggedPack, after: TaggedPack | undefined): TagChange[] {
  const now = new Map(Object.entries(after?.tags ?? {}));
  return Object.entries(before.tags)
    .toSorted(([a], [b]) => compareTags(a, b))
    .flatMap(([tag, from]) => {
      const to = now.get(tag);
      if (to !== undefined && compareVersions(to, from) >= 0) return [];
      const reason = reasonFor(from, to, before, after);
      return [{ pack: before.name, tag, from, ...(to !== undefined && { to }), reason }];
    });
}

/** A change of a tag in words, such as `latest of nginx goes back from 1.3.0 to 1.2.9, because 1.3.0 is yanked`. */
export function tagChangeText({ pack, tag, from, to, reason }: TagChange): string {
  const what = to === undefined ? `is gone, which was ${from}` : `goes back from ${from} to ${to}`;
  return `${tag} of ${pack} ${what}, because ${REASONS[reason](from, to)}`;
}

const REASONS: Readonly<Record<TagChange['reason'], (from: string, to: string | undefined) => string>> = {
  removed: (from) => `${from} is gone`,
  deprecated: (from) => `${from} is deprecated`,
  disabled: (from) => `${from} is disabled`,
  yanked: (from) => `${from} is yanked`,
  prerelease: (from) => `${from} is a prerelease`,
  group: (from) => `${from} is in another group`,
  lower: (from, to) => (to === undefined ? `nothing names ${from} so any more` : `${to} is taken for the highest now`),
};

function reasonFor(
  from: string,
  to: string | undefined,
  before: TaggedPack,
  after: TaggedPack | undefined,
): TagChange['reason'] {
  const release = after?.releases.find(({ version }) => version === from);
  if (release === undefined) return 'removed';
  if (release.status !== undefined) return release.status.state;
  if (isPrerelease(parseVersion(from)) && to !== undefined && !isPrerelease(parseVersion(to))) return 'prerelease';
  return release.group === before.releases.find(({ version }) => version === from)?.group ? 'lower' : 'group';
}
