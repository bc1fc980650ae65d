/** The layers of a cluster profile, lowest first. A pack belongs to exactly one. */
export const LAYERS = ['kernel', 'os', 'k8s', 'cni', 'csi', 'addon'] as const;

export type Layer = (typeof LAYERS)[number];
