/** The values of `addonType` that catalogs group packs by. */
export const ADDON_TYPES: readonly string[] = [
  'ai',
  'app services',
  'authentication',
  'ingress',
  'load balancer',
  'logging',
  'monitoring',
  'network',
  'registry',
  'security',
  'servicemesh',
  'storage',
  'system app',
];
