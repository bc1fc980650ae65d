import { compareText } from '../../model/compare-text.ts';
import { compareVersions } from '../../model/version.ts';
import { isMapping, propertyOf } from '../../model/json-value.ts';
import type { ListPacks } from '../listed-packs.ts';
import type { Statuses } from '../load-statuses.ts';
import { statusOf } from '../release-status.ts';
import type { IdentifiedPack } from './identified-packs.ts';
import type { StatusChange } from './registry-diff.ts';

/** What is said of releases, and which there are. */
export interface StatusSide {
  readonly statuses: Statuses;
  readonly packs: readonly IdentifiedPack[];
}

/**
 * Releases whose status is another one than before, by name, highest version first. Only packs of which something else
 * is said now, and releases that are new or changed, are looked at.
 */
export async function statusChanges(before: StatusSide, after: StatusSide, list: ListPacks): Promise<StatusChange[]> {
  const [old, now] = [await statedReleases(before, after, list), await statedReleases(after, before, list)];
  const changes = [...new Set([...old.keys(), ...now.keys()])].flatMap((key): StatusChange[] => {
    const [one, other] = [old.get(key), now.get(key)];
    // What is gone has no status any more.
    if (other === undefined || JSON.stringify(one?.status) === JSON.stringify(other.status)) return [];
    const { name, version, status } = other;
    return [
      {
        name,
        version,
        ...(one?.status !== undefined && { before: one.status }),
        ...(status !== undefined && { after: status }),
      },
    ];
  });
  return changes.toSorted((a, b) => compareText(a.name, b.name) || compareVersions(b.version, a.version));
}

type Stated = Pick<StatusChange, 'name' | 'version'> & { readonly status: StatusChange['after'] };

async function statedReleases(side: StatusSide, other: StatusSide, list: ListPacks): Promise<Map<string, Stated>> {
  const elsewhere = new Map(other.packs.map(({ directory, tree }) => [directory, tree]));
  const packs = side.packs.filter(
    ({ name, directory, tree }) => isSaidAnew(side.statuses, other.statuses, name) || elsewhere.get(directory) !== tree,
  );
  const annotations = new Map(
    (await list(packs)).map(({ directory, manifest }) => [directory, propertyOf(manifest.value, 'annotations')]),
  );
  return new Map(
    packs.map(({ directory, name, version }) => {
      const found = annotations.get(directory);
      const own = isMapping(found) ? (found as Readonly<Record<string, string>>) : {};
      // Of a file that cannot be read stays what was said before.
      const said = isBroken(side.statuses, name) ? other.statuses : side.statuses;
      const status = statusOf({ version, annotations: own }, said.statuses.get(name));
      return [JSON.stringify([name, version]), { name, version, status }];
    }),
  );
}

function isSaidAnew(one: Statuses, other: Statuses, name: string): boolean {
  if (isBroken(one, name) || isBroken(other, name)) return false;
  return one.statuses.get(name)?.hash !== other.statuses.get(name)?.hash;
}

function isBroken({ broken, unusable }: Statuses, name: string): boolean {
  return unusable === true || broken.has(name);
}
