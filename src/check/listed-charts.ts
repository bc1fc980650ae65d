import { stringsAt } from '../model/json-value.ts';
import { pathInPack } from '../pack/pack-path.ts';
import type { Pack } from '../pack/pack.ts';

/** A chart that `pack.json` lists, as it is written there. */
export interface ListedChart {
  readonly index: number;
  /** From the pack's directory, normalised; undefined when it leads out of the pack. */
  readonly path: string | undefined;
}

/** The charts that `pack.json` lists, whether they are there or not. */
export function listedCharts({ manifest }: Pack): ListedChart[] {
  return stringsAt(manifest?.value, 'charts').map((path, index) => ({ index, path: pathInPack(path) }));
}

/** Where `pack.json` lists each chart, by its path in the pack; the first place where it stands more than once. */
export function listedAt(pack: Pack): ReadonlyMap<string, number> {
  return new Map(
    listedCharts(pack)
      .toReversed()
      .flatMap(({ index, path }): [string, number][] => (path === undefined ? [] : [[path, index]])),
  );
}
