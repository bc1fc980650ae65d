/** What the findings of each rule of this group carry. */
export interface RegistryRules {
  'registry/duplicate-release': { name: string; version: string; other: string };
  'registry/nested-pack': { directory: string; inside: string };
  'registry/not-a-directory': { path: string; what: 'a symbolic link' | 'a submodule' };
  'registry/pack-file-case': { found: string };
  /** `current` is what the pack is called in `version`, its highest. */
  'registry/display-name-drift': { displayName: string; current: string; version: string };
  'registry/display-name-shared': { displayName: string; other: string };
  'registry/name-too-similar': { name: string; other: string };
  /** `changes` are the first of them, as `changed values.yaml`; `more` is how many others there are. */
  'registry/changed-release': { name: string; version: string; since: string; changes: string[]; more: number };
  'registry/removed-release': { name: string; version: string; since: string };
  /**
   * `published` says where, `changes` are the first of them, as `changed values.yaml`, and `more` is how many others there
   * are. `next` is the next free version. Where the two cannot be compared, `reason` says why.
   */
  'registry/published-release': {
    name: string;
    version: string;
    published: string;
    changes: string[];
    more: number;
    next: string;
    reason?: string;
  };
}
