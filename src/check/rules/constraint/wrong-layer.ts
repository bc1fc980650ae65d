import type { Finding } from '../../../model/finding.ts';
import { findingOf } from '../../../pack/finding-of.ts';
import { propertyOf } from '../../../model/json-value.ts';
import { listedDependencies } from '../../dependencies.ts';
import type { LintRegistry } from '../../lint-registry.ts';
import { listedReleases, manifestFile } from '../../listed-releases.ts';

/** Dependencies on packs of the repository that are in another layer, in every version. */
export function* wrongLayer(registry: LintRegistry): Generator<Finding> {
  const releases = listedReleases(registry);
  for (const { directory, manifest } of registry.packs) {
    for (const { packName, value, path } of listedDependencies(manifest.value)) {
      const layer = propertyOf(value, 'layer');
      const layers = (releases.get(packName) ?? []).flatMap((release) => release.layer ?? []);
      const [actual] = layers;
      if (typeof layer !== 'string' || actual === undefined || layers.includes(layer)) continue;
      const place = manifest.place([...path, 'layer']);
      yield findingOf('constraint/wrong-layer', manifestFile(directory), { packName, layer, actual }, { place });
    }
  }
}
