import type { Layer } from './layer.ts';

/** `pack.json` after it passed `schemas/pack.schema.json`. Keys it does not name are kept but not read. */
export interface PackManifest {
  readonly name: string;
  readonly version: string;
  readonly displayName: string;
  readonly layer: Layer;
  readonly cloudTypes?: readonly string[];
  readonly cloudType?: string;
  readonly addonType?: string;
  readonly addonSubType?: string;
  readonly group?: string;
  readonly eol?: string;
  readonly charts?: readonly string[];
  readonly kubeManifests?: readonly string[];
  readonly ansibleRoles?: readonly string[];
  readonly annotations?: Readonly<Record<string, string>>;
  readonly constraints?: {
    readonly dependencies?: readonly Dependency[];
    readonly resources?: readonly ResourceConstraint[];
  };
}

export interface Dependency {
  readonly packName: string;
  readonly layer: Layer;
  readonly type: 'required' | 'optional' | 'notSupported' | 'upgrade';
  /** Inclusive; empty means unchecked. */
  readonly minVersion?: string;
  /** Inclusive; empty means unchecked. */
  readonly maxVersion?: string;
}

export interface ResourceConstraint {
  /** cpu in millicores, memory in MiB, diskSize in GB. */
  readonly type: 'cpu' | 'memory' | 'diskSize';
  readonly minLimit?: number | string;
  readonly components?: readonly {
    readonly scheduleType?: 'all' | 'master' | 'control-plane' | 'worker';
    readonly resourceRequestParamRef?: string;
    readonly replicaCountParamRef?: string;
  }[];
}
