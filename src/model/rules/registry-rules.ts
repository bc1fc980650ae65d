/** What the findings of each rule of this group carry. */
export interface RegistryRules {
  'registry/duplicate-release': { name: string; version: string; other: string };
  'registry/nested-pack': { directory: string; inside: string };
  'registry/not-a-directory': { path: string; what: 'a symbolic link' | 'a submodule' };
  'registry/pack-file-case': { found: string };
}
