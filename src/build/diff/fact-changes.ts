import { isDeepStrictEqual } from 'node:util';

import { compareText } from '../../model/compare-text.ts';
import type { Dependency } from '../../model/pack-manifest.ts';
import type { ReleaseChart, ReleaseFacts } from '../../model/registry.ts';
import { firstOf } from './part.ts';
import type { ChartChange, ChartVersion, DependencyChange, ListDiff, Part } from './registry-diff.ts';

/** How many changes of a kind are kept. */
const MOST = 500;

/** Images that are listed on one side only. */
export function imageChanges(before: readonly string[], after: readonly string[]): ListDiff<string> {
  const [old, now] = [new Set(before), new Set(after)];
  const only = (images: Set<string>, others: Set<string>): Part<string> =>
    firstOf([...images].filter((image) => !others.has(image)).toSorted(compareText), MOST);
  return { total: now.size, added: only(now, old), removed: only(old, now) };
}

/** Charts that are new, gone or of another version. */
export function chartChanges(before: ReleaseFacts['charts'], after: ReleaseFacts['charts']): Part<ChartChange> {
  return changesBetween(named(before, chartName, versionOf), named(after, chartName, versionOf), (name, sides) => ({
    name,
    ...sides,
  }));
}

/** Dependencies on packs that are new, gone or say something else. */
export function dependencyChanges(before: readonly Dependency[], after: readonly Dependency[]): Part<DependencyChange> {
  return changesBetween(named(before, packOf, wanted), named(after, packOf, wanted), (packName, sides) => ({
    packName,
    ...sides,
  }));
}

interface Named<Value> {
  readonly name: string;
  readonly value: Value;
}

/** By name, and where several have one by their order too. */
function named<Item, Value>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  valueOf: (item: Item) => Value,
): Map<string, Named<Value>> {
  const counts = new Map<string, number>();
  return new Map(
    items.map((item) => {
      const name = nameOf(item);
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      return [JSON.stringify([name, count]), { name, value: valueOf(item) }];
    }),
  );
}

function changesBetween<Value, Change>(
  before: ReadonlyMap<string, Named<Value>>,
  after: ReadonlyMap<string, Named<Value>>,
  changeOf: (name: string, sides: { readonly before?: Value; readonly after?: Value }) => Change,
): Part<Change> {
  const keys = [...new Set([...before.keys(), ...after.keys()])].toSorted(compareText);
  const changes = keys.flatMap((key) => {
    const [old, now] = [before.get(key), after.get(key)];
    if (isDeepStrictEqual(old, now)) return [];
    const sides = { ...(old !== undefined && { before: old.value }), ...(now !== undefined && { after: now.value }) };
    return [changeOf(now?.name ?? old?.name ?? '', sides)];
  });
  return firstOf(changes, MOST);
}

function chartName({ name, path }: ReleaseChart): string {
  return name ?? path;
}

function versionOf({ version, appVersion }: ReleaseChart): ChartVersion {
  return { ...(version !== undefined && { version }), ...(appVersion !== undefined && { appVersion }) };
}

function packOf({ packName }: Dependency): string {
  return packName;
}

/** What a dependency asks for, without keys that nothing reads. */
function wanted({ packName, layer, type, minVersion, maxVersion }: Dependency): Dependency {
  return {
    packName,
    layer,
    type,
    ...(minVersion !== undefined && { minVersion }),
    ...(maxVersion !== undefined && { maxVersion }),
  };
}
