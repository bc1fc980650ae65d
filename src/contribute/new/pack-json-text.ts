import type { Layer } from '../../model/layer.ts';

/** What `pack.json` of a new pack says. */
export interface PackJson {
  readonly name: string;
  readonly version: string;
  readonly displayName: string;
  readonly layer: Layer;
  readonly addonType?: string;
  readonly cloudTypes: readonly string[];
  readonly charts: readonly string[];
  readonly kubeManifests: readonly string[];
  readonly ansibleRoles: readonly string[];
  readonly annotations: Readonly<Record<string, string>>;
}

/** The text of `pack.json`, with keys in the order in which packs of this field have them. Empty lists are left out. */
export function packJsonText(pack: PackJson): string {
  const { addonType, annotations, cloudTypes, displayName, charts, kubeManifests, ansibleRoles, layer, name, version } =
    pack;
  const ordered = {
    ...(addonType !== undefined && { addonType }),
    annotations,
    cloudTypes,
    displayName,
    ...(charts.length > 0 && { charts }),
    ...(kubeManifests.length > 0 && { kubeManifests }),
    ...(ansibleRoles.length > 0 && { ansibleRoles }),
    layer,
    name,
    version,
  };
  return `${JSON.stringify(ordered, null, 2)}\n`;
}
