import type { PackManifest } from '../model/pack-manifest.ts';
import type { ReleaseFacts } from '../model/registry.ts';
import { pathInPack } from '../pack/pack-path.ts';
import type { Pack } from '../pack/pack.ts';

/** What the index says of a pack that passed its schema. */
export function releaseFacts(pack: Pack, manifest: PackManifest): ReleaseFacts {
  const { name, version, layer, displayName, constraints } = manifest;
  const { cloudTypes = manifest.cloudType === undefined ? [] : [manifest.cloudType], annotations = {} } = manifest;
  return {
    name,
    version,
    layer,
    displayName,
    ...present('addonType', manifest.addonType),
    ...present('group', manifest.group),
    cloudTypes,
    annotations,
    images: pack.images,
    charts: pack.charts,
    manifests: pathsOf(manifest.kubeManifests),
    ansibleRoles: pathsOf(manifest.ansibleRoles),
    dependencies: constraints?.dependencies ?? [],
    resources: constraints?.resources ?? [],
  };
}

/** A key with its value, less blanks around it; no key at all when nothing is left. Existing packs have `" "` for none. */
function present<Key extends string>(key: Key, value: string | undefined): { readonly [K in Key]?: string } {
  const text = value?.trim();
  return text === undefined || text === '' ? {} : ({ [key]: text } as { readonly [K in Key]?: string });
}

function pathsOf(paths: readonly string[] = []): string[] {
  return paths.map((path) => pathInPack(path) ?? path);
}
