/** What the findings of each rule of this group carry. */
export interface ConstraintRules {
  'constraint/min-above-max': { packName: string; minVersion: string; maxVersion: string };
  /** `path` is as written, `missing` the first part of it that is not there. */
  'constraint/param-ref': { key: string; path: string; missing: string; suggestion?: string };
  'constraint/unknown-dependency': { packName: string; suggestion?: string };
  /** `actual` is the layer that the pack has in the repository. */
  'constraint/wrong-layer': { packName: string; layer: string; actual: string };
}
